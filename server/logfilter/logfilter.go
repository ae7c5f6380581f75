// Package logfilter reads what somebody looks for in the log of a site: the fields
// of a form, of an address, or of a program's question.
package logfilter

import (
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/samtykke/samtykke/consent"
)

// longest is more than any field takes.
const longest = 100

// longestNotice is how many digits the number of a notice has at most.
const longestNotice = 10

var languageTag = regexp.MustCompile(`^[A-Za-z0-9-]{2,35}$`)

// Filter is what somebody looks for, as written. Days are Norway's.
type Filter struct {
	From, To, Category, Method, Language, Notice, Receipt string
}

// Flaw is what is wrong with a field.
type Flaw string

// The flaws.
const (
	BadDay     Flaw = "day"     // no day
	BadDays    Flaw = "days"    // the last day is before the first
	BadChoice  Flaw = "choice"  // nothing that there can be
	BadReceipt Flaw = "receipt" // no number of a receipt
)

// Fault is a field with what is wrong with it.
type Fault struct {
	Field string
	Flaw  Flaw
}

// Read reads a filter field by field. A sign stands for what is no UTF-8, which no field
// takes: left out, the rest would ask for more than somebody has written.
func Read(get func(name string) string) Filter {
	field := func(name string) string {
		text := strings.TrimSpace(strings.ToValidUTF8(get(name), string(utf8.RuneError)))
		return text[:min(len(text), longest)]
	}
	return Filter{
		From: field("from"), To: field("to"), Category: field("category"), Method: field("method"),
		Language: field("language"), Notice: field("notice"), Receipt: field("receipt"),
	}
}

// Values gives the filter for an address, without what it does not say.
func (f *Filter) Values() url.Values {
	values := url.Values{}
	for name, value := range map[string]string{
		"from": f.From, "to": f.To, "category": f.Category, "method": f.Method, "language": f.Language, "notice": f.Notice, "receipt": f.Receipt,
	} {
		if value != "" {
			values.Set(name, value)
		}
	}
	return values
}

// BesidesDays gives what it says beside the days, which is all that goes with a public
// file (export.PublicTakes).
func (f *Filter) BesidesDays() url.Values {
	values := f.Values()
	values.Del("from")
	values.Del("to")
	return values
}

// Any says whether it asks for anything.
func (f *Filter) Any() bool { return len(f.Values()) > 0 }

// Words tells what is asked for, for the audit trail.
func (f *Filter) Words() string {
	values := f.Values()
	parts := make([]string, 0, len(values))
	for _, name := range slices.Sorted(maps.Keys(values)) {
		parts = append(parts, name+"="+values.Get(name))
	}
	return strings.Join(parts, " ")
}

// Query makes a query of it, and tells everything that is wrong.
func (f *Filter) Query(site consent.SiteKey) (consent.LogQuery, []Fault) {
	query := consent.LogQuery{Site: site, Category: consent.CategoryKey(f.Category), Method: consent.Method(f.Method), Language: consent.Language(f.Language)}
	var faults []Fault
	query.From, query.To, faults = Days(f.From, f.To)
	wrong := func(field string, flaw Flaw) { faults = append(faults, Fault{field, flaw}) }
	if f.Category != "" && !query.Category.Valid() {
		wrong("category", BadChoice)
	}
	if f.Method != "" && !slices.Contains(consent.Methods, query.Method) {
		wrong("method", BadChoice)
	}
	if f.Language != "" && !languageTag.MatchString(f.Language) {
		wrong("language", BadChoice)
	}
	if f.Notice != "" {
		number, err := strconv.ParseUint(f.Notice, 10, 31)
		if err != nil || number == 0 || len(f.Notice) > longestNotice { // of zeros before it
			wrong("notice", BadChoice)
		}
		query.Notice = consent.NoticeNumber(number)
	}
	if f.Receipt != "" {
		id, err := consent.ParseDecisionID(strings.ToLower(f.Receipt))
		if err != nil {
			wrong("receipt", BadReceipt)
		}
		query.ID = id
	}
	return query, faults
}

// Days reads a first and a last day, both whole and as Norway has them: the moments
// from which on, and before which. One that is not said is zero.
func Days(first, last string) (start, end time.Time, faults []Fault) {
	wrong := func(field string, flaw Flaw) { faults = append(faults, Fault{field, flaw}) }
	from, to := day("from", first, wrong), day("to", last, wrong)
	if from != 0 {
		start = from.Start()
	}
	if to != 0 {
		end = (to + 1).Start()
	}
	if from != 0 && to != 0 && to < from {
		wrong("to", BadDays)
	}
	return start, end, faults
}

func day(field, text string, wrong func(string, Flaw)) consent.Day {
	if text == "" {
		return 0
	}
	day, err := consent.ParseDay(text)
	if err != nil {
		wrong(field, BadDay)
		return 0
	}
	return day
}
