package admin

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"github.com/samtykke/samtykke/consent"
)

const (
	// strangersLimit is how much is read of somebody who is not logged in, in bytes: a
	// long form whose login has ended, and not what only fills the memory.
	strangersLimit = 256 << 10
	// longBodies is how many requests with longer bodies one person may begin to send
	// within bodyTime: so much lies in the memory of those that never end.
	longBodies = 8
	// bodyTime is how long a request may take to come.
	bodyTime = 20 * time.Second
	// chunked is the length of a body whose head does not say it; of none it is less.
	chunked = -1
)

// admit says how much is read of a request whose head has come: before that nothing
// else of it lies in the memory.
func (a *Admin) admit(head *fasthttp.RequestHeader) fasthttp.RequestConfig {
	if length := head.ContentLength(); length <= strangersLimit && length != chunked {
		return fasthttp.RequestConfig{}
	}
	if who := a.sender(head); who != 0 && a.long.wait(ownDeed{account: who}) == 0 {
		return fasthttp.RequestConfig{}
	}
	return fasthttp.RequestConfig{MaxRequestBodySize: strangersLimit}
}

// sender gives whose login or key a request comes with, or who was logged in a moment
// ago and may have written much; 0 for nobody.
func (a *Admin) sender(head *fasthttp.RequestHeader) consent.AccountID {
	ctx := context.Background()
	if secret, found := strings.CutPrefix(string(head.Peek(fiber.HeaderAuthorization)), "Bearer "); found {
		return a.api.Maker(ctx, secret)
	}
	_, account, err := a.holder(ctx, string(head.Cookie(loginCookie)))
	if account != nil {
		return account.ID
	}
	if err != nil {
		return 0
	}
	last, err := a.last(ctx, string(head.Cookie(lastCookie)))
	if err != nil {
		return 0
	}
	return last
}

// overLong says whether a body was not read because of what its sender has sent just
// before, and not because of its length.
func (a *Admin) overLong(c *fiber.Ctx, err error) bool {
	var outer *fiber.Error
	if !errors.As(err, &outer) || outer.Code != http.StatusRequestEntityTooLarge {
		return false
	}
	head := &c.Request().Header
	who := a.sender(head)
	return who != 0 && head.ContentLength() <= bodyLimit && a.long.full(ownDeed{account: who})
}
