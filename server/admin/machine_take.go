package admin

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/sitefile"
)

// Taken is the draft that what was taken over of a catalogue makes.
type Taken struct {
	Draft    *consent.Draft
	Changes  []string         // in words
	Problems consent.Problems // that the draft has got by it
}

// TakeCookie gives the draft with a cookie that the catalogue suggests for a service of
// it, as the form of a new cookie is saved that was filled from the catalogue.
func (m Machine) TakeCookie(ctx context.Context, draft *consent.Draft, key consent.ServiceKey, lang consent.Language, e *consent.CatalogueEntry) (*Taken, error) {
	return m.take(ctx, draft, func(rd *reader) {
		s := rd.draft.Service(key)
		rd.form = newCookieValues()
		rd.fillCookie(rd.draft, s, rd.form, lang, e)
		var c consent.Cookie
		rd.readCookie(s, &c)
		s.Cookies = append(s.Cookies, c)
	})
}

// TakeService gives the draft with a service that the catalogue suggests by these
// entries, without its cookies, as the form of a new service is saved.
func (m Machine) TakeService(ctx context.Context, draft *consent.Draft, entries []consent.CatalogueEntry) (*Taken, error) {
	return m.take(ctx, draft, func(rd *reader) {
		rd.form = newServiceValues(rd.draft)
		fillService(rd.draft, rd.form, entries)
		rd.readNewService(consent.ServiceKey(rd.field("key")))
	})
}

// take saves nothing. What the page would not save is refused: Invalid (code
// "not_taken").
func (m Machine) take(ctx context.Context, draft *consent.Draft, fill func(*reader)) (*Taken, error) {
	r := m.request(ctx)
	rd := &reader{request: r, draft: draft.Copy(), wrong: map[string]string{}}
	fill(rd)
	taken := &Taken{Draft: rd.draft, Changes: r.changesBetween(draft, rd.draft), Problems: sitefile.NewProblems(draft, rd.draft.ValidateOn(r.today()), r.today(), "")}
	wrong := slices.Sorted(maps.Values(rd.wrong))
	for i := range taken.Problems {
		if p := &taken.Problems[i]; p.Refused() && len(rd.wrong) == 0 {
			wrong = append(wrong, r.problemText(p).Text)
		}
	}
	if len(wrong) > 0 {
		return nil, consent.Errorf(consent.Invalid, "not_taken", "%s", strings.Join(wrong, " "))
	}
	return taken, nil
}
