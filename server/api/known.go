package api

import (
	"slices"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/logfilter"
)

// errUnknownTo tells which fields of a filter name what the site does not have and never
// had: an empty list would be taken for an answer. What an earlier notice had is known,
// as decisions may be about it.
func (r *request) errUnknownTo(faults *consent.Problems, query *consent.LogQuery) error {
	wrong := func(field string) {
		if !slices.ContainsFunc(*faults, func(p consent.Problem) bool { return p.Path == field }) {
			errFlaws(faults, []logfilter.Fault{{Field: field, Flaw: logfilter.BadChoice}})
		}
	}
	if query.Notice > 0 {
		_, err := r.Store.Notice(r.ctx, r.site.Key, query.Notice)
		if consent.KindOf(err) == consent.NotFound {
			wrong("notice")
		} else if err != nil {
			return err
		}
	}
	if query.Category != "" {
		known, err := r.everHad(func(d *consent.Draft) bool { return d.Category(query.Category) != nil })
		if err != nil {
			return err
		}
		if !known {
			wrong("category")
		}
	}
	if query.Language != "" {
		known, err := r.everHad(func(d *consent.Draft) bool { return slices.Contains(d.Site.Languages, query.Language) })
		if err != nil {
			return err
		}
		if !known {
			wrong("language")
		}
	}
	return nil
}

// everHad says whether the draft or any notice of the site has something, the newest
// first.
func (r *request) everHad(has func(*consent.Draft) bool) (bool, error) {
	draft, err := r.Store.Draft(r.ctx, r.site.Key)
	if err != nil || has(draft) {
		return err == nil, err
	}
	for number := r.site.Notice; number > 0; number-- {
		notice, err := r.Store.Notice(r.ctx, r.site.Key, number)
		if consent.KindOf(err) == consent.NotFound {
			continue
		}
		if err != nil || has(&notice.Draft) {
			return err == nil, err
		}
	}
	return false, nil
}
