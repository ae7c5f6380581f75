package api

import (
	"errors"
	"net/http"
	"slices"
	"strconv"

	"github.com/samtykke/samtykke/consent"
)

// previewFiles are the files of a script that can be asked for, the one that pages load
// first.
var previewFiles = []string{"script", "panel", "mine", "place", "rest"}

func previewRoutes() []route {
	return []route{{
		method: http.MethodGet, path: "/sites/:site/draft/preview", scope: consent.ScopeRead, name: "previewDraft",
		summary: "What visitors would get if the draft was published now: the banner with its texts in every language, or the panel of one language. Nothing is published. The moment of publishing is part of the bytes, so pages never get just these",
		query: []parameter{
			{"file", "script: what the script tag loads; panel: the second layer; mine: what is a visitor's own in it; place: what stands in place of videos and the like; rest: what the panel loads last", object{"type": "string", "enum": previewFiles, "default": previewFiles[0]}},
			{"language", "of all but the script, one of the site; the first when it is left out", object{"type": "string"}},
		},
		files: []string{"text/javascript"}, tagged: true, handle: (*request).previewGet,
	}}
}

// previewGet gives a file of the Bundle that publishing the draft would make.
func (r *request) previewGet() (*answer, error) {
	file, err := r.oneOf("file", previewFiles...)
	if err != nil {
		return nil, err
	}
	bundle, draft, revision, err := r.Preview(r.ctx, *r.site)
	if err != nil {
		return nil, r.unbuilt(err)
	}
	name := consent.MainFile
	lang := consent.Language(r.c.Query("language", string(draft.Site.Languages[0])))
	if !slices.Contains(draft.Site.Languages, lang) {
		var faults consent.Problems
		errField(&faults, "language", "bad_choice", "The site does not come in this language.", "Write one of its languages, or leave it out.")
		return nil, errFaults("The address asks for what there cannot be.", faults)
	}
	if file != previewFiles[0] {
		name = file + "." + string(lang) + ".js"
	}
	body, there := bundle.Files[name]
	if !there {
		return nil, errUnknown()
	}
	tag := revisionTag(revision) + "-" + strconv.Itoa(int(bundle.Notice)) + "-" + consent.HashOf(body).String()[:16]
	return &answer{body: body, tag: tag, kind: "text/javascript; charset=utf-8", file: string(r.site.Key) + "-draft-" + name}, nil
}

// unbuilt says why a draft makes no banner.
func (r *request) unbuilt(err error) error {
	var faults consent.Problems
	switch {
	case errors.As(err, &faults):
		return errFaults("The draft has faults, so it makes no banner.", faults.Faults())
	case isCode(err, "bundle_failed"):
		r.Log.WarnContext(r.ctx, "draft cannot be built", "site", r.site.Key, "error", err)
		return consent.Errorf(consent.Invalid, "unbuildable", "No banner can be built of the draft. The log of the server says why.")
	}
	return err
}
