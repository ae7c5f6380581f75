package consent

import (
	"context"
	"errors"
)

// Pass is what lets somebody in who changes something: one of the two.
type Pass struct {
	Login LoginID
	Key   APIKeyID
}

// passKey is where a context carries a Pass.
type passKey struct{}

// WithPass gives a context in which a store changes nothing any more once the Pass has
// ended, also for a request that was on its way by then: it is Forbidden (PassEnded). It is
// no Conflict, which a caller takes for the work of others, and tries again or tells of.
func WithPass(ctx context.Context, pass Pass) context.Context {
	return context.WithValue(ctx, passKey{}, pass)
}

// WithoutPass gives a context in which something is stored whether or not a Pass has
// ended: it has happened.
func WithoutPass(ctx context.Context) context.Context { return WithPass(ctx, Pass{}) }

// PassOf gives the Pass that a context carries, the zero value for none.
func PassOf(ctx context.Context) Pass {
	pass, _ := ctx.Value(passKey{}).(Pass)
	return pass
}

const passEnded = "pass_ended"

// ErrPassEnded refuses a change.
func ErrPassEnded() error {
	return Errorf(Forbidden, passEnded, "The login, or the key, was ended meanwhile. Nothing was changed.")
}

// PassEnded says whether a change was refused because a Pass has ended.
func PassEnded(err error) bool {
	var own *Error
	return errors.As(err, &own) && own.Code == passEnded
}
