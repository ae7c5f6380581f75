package admin

import (
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// maxFilter is more than any field of a filter takes.
const maxFilter = 100

var languageTag = regexp.MustCompile(`^[A-Za-z0-9-]{2,35}$`)

// logFilter is what a person is looking for in the log, as written.
type logFilter struct {
	From, To, Category, Method, Language, Notice, Receipt string
	Faults                                                misfits
}

// readFilter reads it from the address, or from a form.
func readFilter(get func(name string) string) logFilter {
	field := func(name string) string {
		text := strings.TrimSpace(strings.ToValidUTF8(get(name), ""))
		return text[:min(len(text), maxFilter)]
	}
	return logFilter{
		From: field("from"), To: field("to"), Category: field("category"), Method: field("method"),
		Language: field("language"), Notice: field("notice"), Receipt: field("receipt"),
	}
}

// inAddress reads a filter from the address.
func (r *request) inAddress() logFilter {
	return readFilter(func(name string) string { return r.c.Query(name) })
}

// values gives the filter for an address, without what it does not say.
func (f *logFilter) values() url.Values {
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

// Any says whether it asks for anything.
func (f *logFilter) Any() bool { return len(f.values()) > 0 }

// query makes a query of it, and notes what is wrong. Days are Norway's.
func (f *logFilter) query(r *request) consent.LogQuery {
	wrong := func(field, key string) {
		f.Faults = append(f.Faults, misfit{Field: field, Text: r.say(key)})
	}
	query := consent.LogQuery{Site: r.site.Key, Category: consent.CategoryKey(f.Category), Method: consent.Method(f.Method), Language: consent.Language(f.Language)}
	from, to := f.day("from", f.From, wrong), f.day("to", f.To, wrong)
	if from != 0 {
		query.From = from.Start()
	}
	if to != 0 {
		query.To = (to + 1).Start()
	}
	if from != 0 && to != 0 && to < from {
		wrong("to", "log_fault_days")
	}
	if f.Category != "" && !query.Category.Valid() {
		wrong("category", "log_fault_choice")
	}
	if f.Method != "" && !slices.Contains(consent.Methods, query.Method) {
		wrong("method", "log_fault_choice")
	}
	if f.Language != "" && !languageTag.MatchString(f.Language) {
		wrong("language", "log_fault_choice")
	}
	if f.Notice != "" {
		number, err := strconv.ParseUint(f.Notice, 10, 31)
		if err != nil || number == 0 {
			wrong("notice", "log_fault_choice")
		}
		query.Notice = consent.NoticeNumber(number)
	}
	if f.Receipt != "" {
		id, err := consent.ParseDecisionID(strings.ToLower(f.Receipt))
		if err != nil {
			wrong("receipt", "log_fault_receipt")
		}
		query.ID = id
	}
	return query
}

func (f *logFilter) day(field, text string, wrong func(field, key string)) consent.Day {
	if text == "" {
		return 0
	}
	day, err := consent.ParseDay(text)
	if err != nil {
		wrong(field, "log_fault_day")
		return 0
	}
	return day
}

// filterForm is the filter with what there is to choose from.
type filterForm struct {
	logFilter
	Categories, Methods, Languages, Notices []choice
}

// form offers what the site has now, and what was chosen.
func (f logFilter) form(r *request, draft *consent.Draft) (filterForm, error) {
	form := filterForm{logFilter: f}
	offer := func(list *[]choice, chosen, value, text string) {
		*list = append(*list, choice{value, text, value == chosen})
	}
	for i := range draft.Categories {
		if key := draft.Categories[i].Key; draft.Categories[i].Key != consent.Necessary {
			offer(&form.Categories, f.Category, string(key), r.categoryName(draft, key).Text)
		}
	}
	for _, method := range consent.Methods {
		offer(&form.Methods, f.Method, string(method), r.named(string(method)))
	}
	for _, lang := range draft.Site.Languages {
		offer(&form.Languages, f.Language, string(lang), r.language(lang))
	}
	notices, err := r.Store.Notices(r.ctx, r.site.Key)
	if err != nil {
		return form, err
	}
	for _, notice := range notices {
		offer(&form.Notices, f.Notice, strconv.Itoa(int(notice.Number)), noticeName(r, notice.Number))
	}
	for list, chosen := range map[*[]choice]string{&form.Categories: f.Category, &form.Methods: f.Method, &form.Languages: f.Language, &form.Notices: f.Notice} {
		if chosen != "" && !slices.ContainsFunc(*list, func(c choice) bool { return c.Chosen }) {
			offer(list, chosen, chosen, chosen) // what the site had once
		}
	}
	return form, nil
}

// words tells what an export takes out of the log, for the audit trail.
func (f *logFilter) words(form string) string {
	values := f.values()
	parts := append(make([]string, 0, len(values)+1), "form="+form)
	for _, name := range slices.Sorted(maps.Keys(values)) {
		parts = append(parts, name+"="+values.Get(name))
	}
	return strings.Join(parts, " ")
}

// categoriesOf gives every category that a choice is about, in order.
func categoriesOf(choice consent.Choice) []consent.CategoryKey {
	all := map[consent.CategoryKey]bool{}
	for key := range choice.Categories {
		all[key] = true
	}
	for ref := range choice.Services {
		key, _ := ref.Split()
		all[key] = true
	}
	return slices.Sorted(maps.Keys(all))
}
