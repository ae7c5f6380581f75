package provider

import (
	"context"
	"errors"

	"github.com/coreos/go-oidc/v3/oidc"
)

// keys are what the provider signs with. That they could not be had is another thing
// than a signature that is not theirs; the verifier tells both alike.
type keys struct{ oidc.KeySet }

// missing is where a context keeps why the keys could not be had.
type missing struct{ err error }

type missingKey struct{}

// noticing gives a context that keeps why the keys could not be had, if they cannot.
func noticing(ctx context.Context) (context.Context, *missing) {
	why := &missing{}
	return context.WithValue(ctx, missingKey{}, why), why
}

// VerifySignature implements oidc.KeySet. Its error wraps another when the keys were
// asked for in vain, and only then.
func (k keys) VerifySignature(ctx context.Context, token string) ([]byte, error) {
	payload, err := k.KeySet.VerifySignature(ctx, token)
	if why, kept := ctx.Value(missingKey{}).(*missing); kept && errors.Unwrap(err) != nil {
		why.err = err
	}
	return payload, err
}
