package admin

import (
	"errors"
	"strings"

	"github.com/valyala/fasthttp"

	"github.com/samtykke/samtykke/server/api"
)

// longHead is the code of a request that is too long before its body.
const longHead = "long_head"

// forPrograms has a request whose head is too long to be read answered as what it is for:
// nothing is known of it but how it begins, which stands in the error alone.
func forPrograms(next func(*fasthttp.RequestCtx, error)) func(*fasthttp.RequestCtx, error) {
	return func(ctx *fasthttp.RequestCtx, err error) {
		var long *fasthttp.ErrSmallBuffer
		if errors.As(err, &long) && api.Owns(pathIn(long.Error())) {
			ctx.Request.SetRequestURI(api.Base)
		}
		next(ctx, err)
	}
}

// pathIn gives the path of the request line that an error quotes.
func pathIn(told string) string {
	_, line, _ := strings.Cut(told, `contents: "`)
	_, address, _ := strings.Cut(line, " ")
	if end := strings.IndexAny(address, "? \\\""); end >= 0 {
		address = address[:end]
	}
	return address
}
