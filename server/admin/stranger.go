package admin

import (
	"context"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// strangersLimit is how much is read of somebody who is not logged in, in bytes: a
// long form whose login has ended, and not what only fills the memory.
const strangersLimit = 256 << 10

// admit says how much is read of a request whose head has come: before that nothing
// else of it lies in the memory.
func (a *Admin) admit(head *fasthttp.RequestHeader) fasthttp.RequestConfig {
	length := head.ContentLength() // negative when the head does not say
	if length >= 0 && length <= strangersLimit || a.knows(head) {
		return fasthttp.RequestConfig{}
	}
	return fasthttp.RequestConfig{MaxRequestBodySize: strangersLimit}
}

// knows says whether a request comes with a login or a key that holds, or from who was
// logged in a moment ago and may have written much.
func (a *Admin) knows(head *fasthttp.RequestHeader) bool {
	ctx := context.Background()
	if secret, found := strings.CutPrefix(string(head.Peek(fiber.HeaderAuthorization)), "Bearer "); found {
		return a.api.Knows(ctx, secret)
	}
	_, account, err := a.holder(ctx, string(head.Cookie(loginCookie)))
	if err != nil || account != nil {
		return err == nil
	}
	last, err := a.last(ctx, string(head.Cookie(lastCookie)))
	return err == nil && last != 0
}
