package consent

import "context"

// Act is who does what for which reason: the circumstances of a change that an
// administrator makes. It travels with the change, and is stored in the same
// transaction.
type Act struct {
	Account      AccountID      // 0 for the program itself, or a command on the machine
	Organisation OrganisationID // whose trail it is written to
	Site         SiteKey        // "" when it is about none
	Action       string         // such as "draft.save"; stable
	Object       string         // what it is about within the Site, such as the key of a service
	Reason       string         // what the person gave as the reason
}

// actKey is where a context carries an Act.
type actKey struct{}

// WithAct gives a context in which a change is this Act.
func WithAct(ctx context.Context, act Act) context.Context {
	return context.WithValue(ctx, actKey{}, act)
}

// ActOf gives the Act that a change is.
func ActOf(ctx context.Context) (Act, bool) {
	act, told := ctx.Value(actKey{}).(Act)
	return act, told
}
