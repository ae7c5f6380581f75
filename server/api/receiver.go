package api

import (
	"context"
	"strings"

	"github.com/samtykke/samtykke/server/export"
)

// receiver is the program, which receives a file as long as its key works and whoever made
// it may do what the route's scope stands for. It outlives the request.
func (r *request) receiver() *export.Receiver {
	api, secret, scope := r.API, strings.Clone(r.secret()), r.scope
	return &export.Receiver{Conn: r.c.Context().Conn(), May: func(ctx context.Context) error {
		again := &request{API: api, ctx: ctx}
		var err error
		again.key, again.maker, err = api.holder(ctx, secret)
		switch {
		case err != nil:
			return err
		case again.key == nil:
			return errUnknownKey()
		}
		return again.permitted(scope)
	}}
}
