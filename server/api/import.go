package api

import (
	"net/http"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/sitefile"
)

func importRoutes() []route {
	return []route{{
		method: http.MethodPost, path: "/sites/:site/import", scope: consent.ScopeEdit, action: "api.draft.import", name: "importFile",
		summary: "Read a file into the draft that If-Match names, as the page does: a site file (YAML or JSON), an inventory (JSON), a table (CSV), or the Open Cookie Database (CSV). What is wrong is told at once with its line, and then nothing is saved",
		query:   []parameter{{"language", "of words", object{"type": "string", "enum": figureLanguages, "default": consent.English}}},
		matched: true, body: Import{}, answers: map[int]any{http.StatusOK: Imported{}}, refused: ofMatch, handle: (*request).importPost,
	}}
}

// Import is a file that is to be read in.
type Import struct {
	Content string `json:"content"`
	Scope   string `json:"scope,omitempty" about:"what is taken of a site file: all, or services with their categories; left out, all of one's own and services of another site's"`
	Check   bool   `json:"check,omitempty" about:"tell what it would change, and save nothing"`
}

// Imported is what a file makes of the draft.
type Imported struct {
	Saved      bool           `json:"saved"`
	Changed    bool           `json:"changed"    about:"the file says something else than the draft"`
	Scope      string         `json:"scope"      about:"what is taken of a site file: all or services; empty for another kind of file"`
	From       string         `json:"from"       about:"the other site that the file is of; empty for none"`
	Changes    []string       `json:"changes"    about:"of the inventory, in words"`
	Fields     []ChangedThing `json:"fields" about:"what changes of things that stay in the inventory, field by field"`
	MoreFields int            `json:"more_fields" about:"things whose fields are not listed"`
	Settings   []ChangedThing `json:"settings"   about:"changes of the site itself, in words"`
	Warnings   []ImportLine   `json:"warnings"`
	Blocked    []BlockedKind  `json:"blocked"    about:"what keeps the draft from being published once this is saved, by kind"`
	Blocks     int            `json:"blocks"     about:"how many such faults there are"`
	Signed     []SignedReason `json:"signed"     about:"signed reasons that the draft does not have: whoever signed them may have assessed another site, so see whether they hold here"`
	SignedMore int            `json:"signed_more" about:"signed reasons that are not listed"`
	More       int            `json:"more"       about:"warnings that are not listed"`
	Aside      []ImportLine   `json:"aside"      about:"rows that are not taken, with the reason; what they all lack is told once"`
	AsideRows  int            `json:"aside_rows" about:"how many are not taken"`
}

// ImportLine is something about a line of a file.
type ImportLine struct {
	Line    int    `json:"line" about:"0 for the whole file"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// SignedReason says who has signed that a cookie is necessary, and on which day.
type SignedReason struct {
	Service  consent.ServiceKey `json:"service"`
	Cookie   string             `json:"cookie"`
	Reviewer string             `json:"reviewer" about:"a role"`
	Reviewed string             `json:"reviewed" about:"YYYY-MM-DD"`
}

// BlockedKind is faults of one kind that keep a draft from being published.
type BlockedKind struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Repair  string `json:"repair"`
	Times   int    `json:"times"`
}

// ImportQuery is what is to be read, into which draft and in which words it is told.
type ImportQuery struct {
	Site           consent.SiteEntry
	Language       consent.Language
	Draft          *consent.Draft
	Content, Scope string
}

// ImportMade is the draft that a file makes, or what is wrong with the file.
type ImportMade struct {
	Draft *consent.Draft
	Wrong []ImportLine
	More  int // what is wrong beyond that
	Said  Imported
}

func (r *request) importPost() (*answer, error) {
	lang, err := r.languageAsked()
	if err != nil {
		return nil, err
	}
	draft, revision, err := r.draftSeen()
	if err != nil {
		return nil, err
	}
	var said Import
	if err := r.read(&said); err != nil {
		return nil, err
	}
	if said.Scope != "" && said.Scope != "all" && said.Scope != "services" {
		var faults consent.Problems
		errField(&faults, "scope", "bad_choice", "Nothing can be taken so.", "Write all or services, or leave it out.")
		return nil, errFaults("Nothing was saved.", faults)
	}
	made, err := r.Import(r.ctx, ImportQuery{*r.site, lang, draft, said.Content, said.Scope})
	if err != nil {
		return nil, err
	}
	if len(made.Wrong) > 0 {
		return nil, errLines(made.Wrong, made.More)
	}
	given := made.Said
	given.Changed = !sitefile.Same(draft, made.Draft)
	if given.Changed && !said.Check {
		if err := r.replaceDraft(made.Draft, revision); err != nil {
			return nil, err
		}
		given.Saved = true
		revision++
	}
	return &answer{body: given, tag: revisionTag(revision)}, nil
}

func errLines(wrong []ImportLine, more int) error {
	faults := make(consent.Problems, len(wrong))
	for i, each := range wrong {
		faults[i] = consent.Problem{
			Path: "content", Line: each.Line, Severity: consent.Fault, Code: each.Code, Message: each.Message, Repair: "Correct this in the file, and send it again.",
		}
	}
	return errFaultsOf("The file cannot be read in, so nothing was saved.", faults, more)
}
