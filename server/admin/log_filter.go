package admin

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/logfilter"
)

// logFilter is what a person is looking for in the log, as written.
type logFilter struct {
	logfilter.Filter
	Faults misfits
}

// readFilter reads it from the address, or from a form.
func readFilter(get func(name string) string) logFilter {
	return logFilter{Filter: logfilter.Read(get)}
}

// inAddress reads a filter from the address.
func (r *request) inAddress() logFilter {
	return readFilter(func(name string) string { return r.c.Query(name) })
}

// query makes a query of it, and notes what is wrong.
func (f *logFilter) query(r *request) consent.LogQuery {
	query, faults := f.Query(r.site.Key)
	for _, fault := range faults {
		f.Faults = append(f.Faults, misfit{Field: fault.Field, Text: r.say("log_fault_" + string(fault.Flaw))})
	}
	return query
}

// daysAlone notes what does not go with a public file (export.PublicTakes).
func (f *logFilter) daysAlone(r *request) {
	others := f.BesidesDays()
	for _, field := range []string{"category", "method", "language", "notice"} {
		if others.Has(field) {
			f.Faults = append(f.Faults, misfit{Field: field, Text: r.say("log_fault_public")})
		}
	}
}

// filterForm is the filter with what there is to choose from.
type filterForm struct {
	logFilter
	Categories, Methods, Languages, Notices []logChoice
}

// form offers what the site has now, and what was chosen.
func (f logFilter) form(r *request, draft *consent.Draft) (filterForm, error) {
	form := filterForm{logFilter: f}
	offer := func(list *[]logChoice, chosen, value, text string) {
		*list = append(*list, logChoice{value, text, value == chosen})
	}
	for i := range draft.Categories {
		if key := draft.Categories[i].Key; draft.Categories[i].Key != consent.Necessary {
			offer(&form.Categories, f.Category, string(key), r.categoryNamed(draft, key).Text)
		}
	}
	for _, method := range consent.Methods {
		offer(&form.Methods, f.Method, string(method), r.namedInLog(string(method)))
	}
	for _, lang := range draft.Site.Languages {
		offer(&form.Languages, f.Language, string(lang), r.languageLabel(lang))
	}
	notices, err := r.Store.Notices(r.ctx, r.site.Key)
	if err != nil {
		return form, err
	}
	for _, notice := range notices {
		offer(&form.Notices, f.Notice, strconv.Itoa(int(notice.Number)), noticeName(r, notice.Number))
	}
	for list, chosen := range map[*[]logChoice]string{&form.Categories: f.Category, &form.Methods: f.Method, &form.Languages: f.Language, &form.Notices: f.Notice} {
		if chosen != "" && !slices.ContainsFunc(*list, func(c logChoice) bool { return c.Chosen }) {
			offer(list, chosen, chosen, chosen) // what the site had once
		}
	}
	return form, nil
}

// words tells what an export takes out of the log, for the audit trail.
func (f *logFilter) words(form string) string {
	return strings.TrimSpace("form=" + form + " " + f.Words())
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
