package consent

import "context"

// MaxRecipients is how many addresses an Organisation may have told.
const MaxRecipients = 20

// Recipients are who gets messages about an Organisation by e-mail, besides those
// whom the settings of the host name.
type Recipients struct {
	Organisation OrganisationID
	Language     Language // bokmål, nynorsk or English
	Addresses    []string // in order, each once
}

// RecipientStore keeps who is told.
type RecipientStore interface {
	// Recipients gives those of every Organisation, also of one that has none.
	Recipients(ctx context.Context) ([]Recipients, error)
	// SetRecipients puts a list and its language in place of the old ones.
	SetRecipients(ctx context.Context, recipients *Recipients) error
}
