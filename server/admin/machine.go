package admin

import (
	"context"
	"io"
	"net/url"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
	"github.com/samtykke/samtykke/server/export"
)

// Machine reads and says for commands on the machine, in English, what the pages read and
// say. Who gives a command has logged in nowhere and has no role.
type Machine struct {
	Store consent.Store
	Clock func() time.Time
}

func (m Machine) admin() *Admin { return &Admin{Options: Options{Store: m.Store, Clock: m.Clock}} }

func (m Machine) request(ctx context.Context) *request {
	r := &request{Admin: m.admin(), ctx: ctx, form: url.Values{}}
	r.speak(consent.English)
	return r
}

// Import reads a file into a draft, as the page does. Nothing is saved.
func (m Machine) Import(ctx context.Context, ask api.ImportQuery) (*api.ImportMade, error) {
	return m.admin().importFor(ctx, ask)
}

// Say tells in words what two drafts of a site say otherwise, as the page for publishing
// does, and of how many things not.
func (m Machine) Say(ctx context.Context, site consent.SiteEntry, before, after *consent.Draft) ([]api.ChangedThing, int, error) {
	return m.admin().sayChanges(ctx, site, consent.English, before, after)
}

// Catalogue reads a file in the format of the Open Cookie Database, as the page does, in
// the name of an account. It gives the first rows that were not taken, too. The error is
// Invalid (code "bad_catalogue") when nothing can be taken.
func (m Machine) Catalogue(ctx context.Context, organisation consent.OrganisationID, importer consent.AccountID, lang consent.Language, content string) (*consent.Catalogue, []api.ImportLine, error) {
	made, err := m.admin().catalogueFor(ctx, api.CatalogueQuery{Organisation: organisation, Importer: importer, Language: lang, Content: content})
	return made, m.admin().refusedFor(made), err
}

// Sharing does what the pages do with services that several sites have.
func (m Machine) Sharing() api.Sharing { return sharing{m.admin()} }

// TrailCSV writes acts as the file of the page has them, newest first.
func (m Machine) TrailCSV(ctx context.Context, out io.Writer, query consent.TrailQuery) error {
	r := m.request(ctx)
	names, err := r.names(query.Organisation)
	if err != nil {
		return err
	}
	query.Limit = actsAtOnce
	return (&trailExporting{request: r, query: query, names: names, separator: export.Comma}).write(out)
}

// TrailAbout says in words what acts of a trail were about, each account by its address.
func (m Machine) TrailAbout(ctx context.Context, organisation consent.OrganisationID, acts []consent.ActEntry, emails map[consent.AccountID]string) ([]string, error) {
	r := m.request(ctx)
	names, err := r.names(organisation)
	if err != nil {
		return nil, err
	}
	for id, email := range emails {
		names.told[id], names.here[id] = email, true
	}
	about := make([]string, len(acts))
	for i := range acts {
		about[i] = r.objectWords(&acts[i].Act, names)
	}
	return about, nil
}

// WriteDraft writes a draft as a file, in one of the forms of the page: site.yaml,
// inventory.json, inventory.csv or open-cookie-database.csv.
func WriteDraft(to io.Writer, draft *consent.Draft, file string) error {
	return draftFiles[file].write(to, draft)
}
