package api

import (
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/export"
)

// draftForms are the forms in which a draft is taken out, the usual one first, each with
// the name of the file of the page and its kind.
var draftForms = []struct{ name, file, kind string }{
	{"csv", "inventory.csv", "text/csv; charset=utf-8"},
	{"json", "inventory.json", "application/json"},
	{"yaml", "site.yaml", "application/yaml; charset=utf-8"},
	{"open", "open-cookie-database.csv", "text/csv; charset=utf-8"},
}

// draftFormNames are what they are called in an address.
func draftFormNames() []string {
	names := make([]string, len(draftForms))
	for i := range draftForms {
		names[i] = draftForms[i].name
	}
	return names
}

func draftFileRoutes() []route {
	names := draftFormNames()
	return []route{{
		method: http.MethodGet, path: "/sites/:site/draft/export", scope: consent.ScopeRead, name: "exportDraft",
		summary: "The inventory of the draft as a file of the page, or the whole draft. POST import reads csv, json and yaml back to the same, with the ETag of this in If-Match",
		query: []parameter{
			{"form", "csv and json: the whole inventory; yaml: the whole draft as a site file; open: what the Open Cookie Database has columns for", object{"type": "string", "enum": names, "default": names[0]}},
			separatorField,
		},
		files: []string{"text/csv", "application/json", "application/yaml"}, tagged: true, handle: (*request).draftFileGet,
	}}
}

func (r *request) draftFileGet() (*answer, error) {
	names := draftFormNames()
	chosen, err := r.oneOf("form", names...)
	if err != nil {
		return nil, err
	}
	form := draftForms[slices.Index(names, chosen)]
	separator, err := r.separator(strings.HasSuffix(form.file, ".csv"))
	if err != nil {
		return nil, err
	}
	draft, revision, err := r.Store.DraftAt(r.ctx, r.site.Key)
	if err != nil {
		return nil, err
	}
	body, err := r.Files.Of(r.ctx, draft, revision, form.file+" "+separator, func(to io.Writer, d *consent.Draft) error {
		return r.WriteDraft(export.Separated(to, separator), d, form.file)
	})
	return &answer{body: body, tag: revisionTag(revision), kind: form.kind, file: string(r.site.Key) + "-" + form.file}, err
}
