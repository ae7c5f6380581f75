package admin

import (
	"bytes"
	"encoding/json"

	"github.com/samtykke/samtykke/server/processing"
)

// recordFile gives the record of processing activities (GDPR art. 30), made of the
// notice in force, in the language of the person.
func (r *request) recordFile(kind string) error {
	notice, err := r.Store.Notice(r.ctx, r.site.Key, r.site.Notice)
	if err != nil {
		return orNoPage(err)
	}
	page := processing.Page(processing.Material{Language: r.lang, Now: r.Clock().UTC(), Draft: &notice.Draft, Entry: notice.Entry()})
	name := string(r.site.Key) + "-art-30." + kind
	var body bytes.Buffer
	switch kind {
	case "html":
		text, err := page.Render()
		if err != nil {
			return err
		}
		return r.file(name, "text/html; charset=utf-8", text)
	case "csv":
		if err := processing.WriteRows(&body, page); err != nil {
			return err
		}
		return r.file(name, "text/csv; charset=utf-8", body.Bytes())
	case "json":
		if err := json.NewEncoder(&body).Encode(page); err != nil {
			return err
		}
		return r.file(name, "application/json", body.Bytes())
	default:
		return errNoPage()
	}
}
