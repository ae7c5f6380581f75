package admin

import (
	"context"
	"net/url"
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

// catalogueFor reads a catalogue as the page does, for programs and commands, in English.
func (a *Admin) catalogueFor(ctx context.Context, ask api.CatalogueQuery) (*consent.Catalogue, error) {
	r := &request{
		Admin: a, ctx: ctx, form: url.Values{"language": {string(ask.Language)}},
		organisation: &consent.Organisation{ID: ask.Organisation}, account: &consent.Account{ID: ask.Importer},
	}
	r.speak(consent.English)
	made, fault := r.readCatalogue(strings.TrimPrefix(ask.Content, byteOrderMark))
	if fault != "" {
		return made, consent.Errorf(consent.Invalid, api.BadCatalogue, "%s", fault)
	}
	return made, nil
}

// refusedFor tells of the rows that were not taken, as the page does.
func (a *Admin) refusedFor(c *consent.Catalogue) []api.ImportLine {
	r := &request{Admin: a}
	r.speak(consent.English)
	var shown cataloguePage
	shown.refuse(r, c)
	return apiLines(shown.Refused)
}
