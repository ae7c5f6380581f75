package web

import (
	"time"

	"github.com/samtykke/samtykke/consent"
)

// Document is what every document about a Site begins with, as a page and as
// JSON.
type Document struct {
	Schema       string           `json:"schema_version"`
	Lang         consent.Language `json:"language"`
	Words        Words            `json:"-"`
	Heading      string           `json:"-"`
	Made         string           `json:"made"` // RFC 3339, UTC
	Site         consent.SiteKey  `json:"site"`
	SiteName     Wording          `json:"site_name"`
	Organisation string           `json:"organisation"`
	Lede         string           `json:"about"`
}

// Document begins one. Heading and lede are the keys of its words.
func (r *Reader) Document(schema, heading, lede string, draft *consent.Draft, made time.Time) Document {
	name := r.Wording(draft.Site.Name)
	return Document{
		Schema: schema, Lang: r.Lang, Words: r.Words, Heading: r.Words[heading], Made: made.UTC().Format(time.RFC3339),
		Site: draft.Site.Key, SiteName: name, Organisation: draft.Organisation.Name,
		Lede: r.Words.Fill(lede, "organisation", draft.Organisation.Name, "site", name.Text),
	}
}
