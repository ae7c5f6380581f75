package api

import (
	"net/http"
	"slices"

	"github.com/samtykke/samtykke/consent"
)

// Charts are those that can be asked for.
var Charts = []string{"days", "categories", "languages", "notices", "methods", "delays", "placeholders", "visits"}

// figureLanguages are those that names come in.
var figureLanguages = []consent.Language{consent.Bokmaal, consent.Nynorsk, consent.English}

// RefusalsChart is how FiguresQuery asks for the refusals that are only counted.
const RefusalsChart = "refusals"

func figuresRoutes() []route {
	day := object{"type": "string", "format": "date"}
	query := []parameter{
		{"from", "first day, UTC", day},
		{"to", "last day, UTC", day},
		{"language", "of names", object{"type": "string", "enum": figureLanguages, "default": consent.English}},
	}
	return []route{{
		method: http.MethodGet, path: "/sites/:site/figures/:chart", scope: consent.ScopeLog, name: "getFigures",
		summary: "The numbers of a chart. None is about fewer than five people, and none can be worked out by comparing: days are counted together once, mostly to the end of a month, and a table is of those that were complete within the range; of others there is no number, and one that was given never changes",
		query:   query,
		answers: map[int]any{http.StatusOK: Figures{}}, handle: (*request).figuresGet,
	}, {
		method: http.MethodGet, path: "/sites/:site/refusals", scope: consent.ScopeLog, name: "listRefusals",
		summary: "How many said no to everything first, where the site keeps only a number of that: a row for all days that are counted together, on a busy site each day. The chart of methods says the same of the same days. By notice and language, or of the days that are not counted yet, there is nothing",
		query:   query,
		answers: map[int]any{http.StatusOK: Figures{}}, handle: (*request).refusalsGet,
	}}
}

// FiguresQuery is what is to be counted.
type FiguresQuery struct {
	Chart, From, To string
	Language        consent.Language
}

// Figures is a table of numbers.
type Figures struct {
	Chart   string       `json:"chart"`
	From    string       `json:"from"`
	To      string       `json:"to"`
	Covers  *FiguresDays `json:"covers"  about:"the days that the numbers are about, which can begin before the range and end earlier; null when nothing is complete"`
	Hidden  bool         `json:"hidden"  about:"no numbers were complete within the range: there were too few decisions, or the days are not counted yet"`
	Columns []string     `json:"columns"`
	Rows    []FiguresRow `json:"rows"`
}

// FiguresDays are days on end, UTC.
type FiguresDays struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// FiguresRow is a row: of days, or of what its name says.
type FiguresRow struct {
	Name   string  `json:"name"`
	From   *string `json:"from"   about:"first day of the row, in the chart of days and of refusals"`
	To     *string `json:"to"`
	Counts []int   `json:"counts" null:"true" about:"by column; null for a row that is about too few people, or of refusals that are counted with others"`
	Least  bool    `json:"least"  about:"there are at least so many: more are counted with what they are not told apart from"`
}

func (r *request) figuresGet() (*answer, error) {
	chart := r.c.Params("chart")
	if !slices.Contains(Charts, chart) {
		return nil, errUnknown()
	}
	return r.figures(chart)
}

func (r *request) refusalsGet() (*answer, error) { return r.figures(RefusalsChart) }

// figures counts a chart by the fields of the address.
func (r *request) figures(chart string) (*answer, error) {
	ask := FiguresQuery{Chart: chart, From: r.c.Query("from"), To: r.c.Query("to")}
	var err error
	if ask.Language, err = r.languageAsked(); err != nil {
		return nil, err
	}
	given, err := r.Figures(r.ctx, *r.site, ask)
	return &answer{body: given}, err
}

// FieldFault is what is wrong with a field of an address, for what is counted
// elsewhere.
type FieldFault struct{ Field, Message, Repair string }

// WrongFields makes an error of what is wrong with fields.
func WrongFields(wrong ...FieldFault) error {
	var faults consent.Problems
	for _, each := range wrong {
		errField(&faults, each.Field, "bad_day", each.Message, each.Repair)
	}
	return errFaults("The address asks for what there cannot be.", faults)
}
