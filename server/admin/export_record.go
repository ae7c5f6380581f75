package admin

import (
	"bytes"

	"github.com/samtykke/samtykke/server/api"
	"github.com/samtykke/samtykke/server/export"
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
	media, known := api.PageKinds[kind]
	if !known {
		return errNoPage()
	}
	separator, err := r.separator(kind == "csv")
	if err != nil {
		return err
	}
	var body bytes.Buffer
	if err := processing.Write(export.Separated(&body, separator), page, kind); err != nil {
		return err
	}
	return r.file(name, media, body.Bytes())
}
