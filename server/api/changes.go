package api

import (
	"net/http"
	"slices"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/publishing"
)

// changesRoutes are about what publishing the draft would do.
func changesRoutes() []route {
	const path = "/sites/:site/draft"
	return []route{
		{
			method: http.MethodGet, path: path + "/problems", scope: consent.ScopeRead, name: "checkDraft",
			summary: "What is wrong with the draft, with places and codes that stay the same. With a fault it cannot be published",
			answers: map[int]any{http.StatusOK: Checked{}}, handle: (*request).problemsGet,
		},
		{
			method: http.MethodGet, path: path + "/changes", scope: consent.ScopeRead, name: "compareDraft",
			summary: "What publishing the draft would change, in words and field by field, and who would be asked again",
			query:   []parameter{{"language", "of words", object{"type": "string", "enum": figureLanguages, "default": consent.English}}},
			answers: map[int]any{http.StatusOK: Changes{}}, handle: (*request).changesGet,
		},
	}
}

// Checked is what is wrong with a draft.
type Checked struct {
	Sound    bool              `json:"sound"    about:"there are no faults"`
	Faults   []consent.Problem `json:"faults"   about:"they keep it from being published"`
	Warnings []consent.Problem `json:"warnings" about:"to look at; they keep nothing"`
	More     int               `json:"more"     about:"faults and warnings that are not listed"`
}

func (r *request) problemsGet() (*answer, error) {
	draft, revision, err := r.Store.DraftAt(r.ctx, r.site.Key)
	if err != nil {
		return nil, err
	}
	signed, err := r.signatures()
	if err != nil {
		return nil, err
	}
	said := Checked{Faults: []consent.Problem{}, Warnings: []consent.Problem{}}
	for _, p := range draft.ValidateAfter(signed, r.today()) {
		list := &said.Faults
		if p.Severity == consent.Warning {
			list = &said.Warnings
		}
		if len(*list) == mostFaults {
			said.More++
			continue
		}
		*list = append(*list, p)
	}
	said.Sound = len(said.Faults) == 0
	return &answer{body: said, tag: revisionTag(revision)}, nil
}

// Changes are what publishing a draft would change.
type Changes struct {
	Draft       string                `json:"draft"       about:"ETag of the draft, without its quotes"`
	Notice      *consent.NoticeNumber `json:"notice"      about:"in force; null when nothing is published"`
	Changed     bool                  `json:"changed"     about:"publishing would make another notice"`
	Things      []ChangedThing        `json:"things"      about:"in words; when nothing is published the services, with what pages will load from"`
	MoreThings  int                   `json:"more_things" about:"that are not listed"`
	Differences []Difference          `json:"differences" about:"field by field; none when nothing is published"`
	More        int                   `json:"more"        about:"differences that are not listed"`
	Asked       AskedOf               `json:"asked"`
	Reworded    []Reworded            `json:"reworded"    about:"purposes by whose words alone visitors are asked again"`
	Retold      []Reworded            `json:"retold"      about:"purposes that say something else in some of the languages, for which nobody is asked; with the revision to write when the meaning is another"`
	Shortened   *Shortened            `json:"shortened"   about:"what goes because decisions are kept for a shorter time; null when nothing goes by it"`
}

// ChangedThing is a thing that changed, such as a service.
type ChangedThing struct {
	Thing string         `json:"thing"`
	Lines []ChangedField `json:"lines"`
	Again string         `json:"again" about:"who is asked again because of it; empty for nobody"`
}

// ChangedField says in words what is new of a thing: in a sentence, or as a field with
// what it was and is.
type ChangedField struct {
	Sentence string  `json:"sentence"`
	Field    string  `json:"field"`
	Old      *string `json:"old" about:"null for what was not there"`
	New      *string `json:"new" about:"null for what is gone"`
}

// Difference is one field that differs.
type Difference struct {
	Change consent.Change `json:"change"`
	Path   []string       `json:"path"          about:"as in the site file; services, categories and cookies by their names"`
	Old    any            `json:"old,omitempty"`
	New    any            `json:"new,omitempty"`
}

// AskedOf is what visitors notice, by category or category/service.
type AskedOf struct {
	Again     []string         `json:"again"      about:"who has answered is asked again"`
	First     []string         `json:"first"      about:"nobody was asked about it before"`
	NoMore    []string         `json:"no_more"`
	OlderThan consent.Lifetime `json:"older_than" about:"older answers end; empty when none do"`
}

// Reworded is a purpose that was worded anew.
type Reworded struct {
	Place    string `json:"place"`
	Revision int    `json:"purpose_revision" about:"to write so that nobody is asked again, or of what was retold so that all are"`
}

// Shortened is what goes because evidence is kept for a shorter time.
type Shortened struct {
	From   consent.Lifetime `json:"from"`
	To     consent.Lifetime `json:"to"`
	Gone   *int             `json:"removed" about:"decisions that are older; null for a key without the scope log"`
	Frozen *int             `json:"frozen"  about:"as old, and stay; null for a key without the scope log"`
}

func (r *request) changesGet() (*answer, error) {
	lang, err := r.languageAsked()
	if err != nil {
		return nil, err
	}
	found, err := publishing.Compare(r.ctx, r.Store, r.site.Key, r.Clock())
	if err != nil {
		return nil, err
	}
	said := newChanges(found)
	if s := found.Shortened; s != nil && r.readsLog() {
		said.Shortened.Gone, said.Shortened.Frozen = &s.Gone, &s.Frozen
	}
	if said.Things, said.MoreThings, err = r.Say(r.ctx, *r.site, lang, found.Known(), &found.Settled); err != nil {
		return nil, err
	}
	if found.Before == nil {
		return &answer{body: said}, nil
	}
	said.Notice = &found.Before.Number
	all, err := found.Differences()
	said.More = max(0, len(all)-mostFaults)
	for _, d := range all[:len(all)-said.More] {
		said.Differences = append(said.Differences, Difference(d))
	}
	return &answer{body: said}, err
}

func newChanges(found *publishing.Comparison) *Changes {
	said := &Changes{
		Draft: revisionTag(found.Revision), Changed: found.Changed, Things: []ChangedThing{}, Differences: []Difference{}, Reworded: []Reworded{}, Retold: []Reworded{},
		Asked: AskedOf{found.Asked.Again, found.Asked.First, found.Asked.NoMore, found.Asked.OlderThan},
	}
	for _, each := range found.Reworded {
		said.Reworded = append(said.Reworded, Reworded{each.Place, each.Revision})
	}
	for _, each := range found.Retold {
		said.Retold = append(said.Retold, Reworded{each.Place, each.Revision})
	}
	if s := found.Shortened; s != nil {
		said.Shortened = &Shortened{From: s.From, To: s.To}
	}
	return said
}

// readsLog says whether the key may read the log, and so be told how many decisions
// there are of a kind now.
func (r *request) readsLog() bool {
	return r.key.Has(consent.ScopeLog) && r.maker.Allows(r.key.Organisation, consent.ScopeLog)
}

// languageAsked reads which language words shall come in.
func (r *request) languageAsked() (consent.Language, error) {
	lang := consent.Language(r.c.Query("language", string(consent.English)))
	if slices.Contains(figureLanguages, lang) {
		return lang, nil
	}
	var faults consent.Problems
	errField(&faults, "language", "bad_choice", "Words do not come in this language.", "Write nb, nn or en.")
	return "", errFaults("The address asks for what there cannot be.", faults)
}
