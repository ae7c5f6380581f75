package answer

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

// notices tells what the visitor was told, the oldest first.
func (e *edition) notices() []web.AnswerNotice {
	all := make([]web.AnswerNotice, 0, len(e.Notices))
	for _, number := range slices.Sorted(maps.Keys(e.Notices)) {
		notice := e.Notices[number]
		out := web.AnswerNotice{
			Number: number, Published: notice.Published.UTC().Format(time.RFC3339), Hash: notice.Hash.String(),
			Heading:    e.Words.Fill("answer_notice", "number", number, "date", e.Words.Exact(notice.Published)),
			Categories: e.categories(&notice.Draft),
		}
		if e.Base != "" {
			out.Permalink = fmt.Sprintf("%s/%s/notices/%d/cookies?lang=%s", e.Base, e.draft.Site.Key, number, e.Lang)
		}
		all = append(all, out)
	}
	return all
}

func (e *edition) categories(draft *consent.Draft) []web.AnswerCategory {
	all := make([]web.AnswerCategory, len(draft.Categories))
	for i := range draft.Categories {
		category := &draft.Categories[i]
		all[i] = web.AnswerCategory{
			Key: category.Key, Name: e.Wording(category.Name), Purpose: e.Wording(category.Purpose), Services: []web.AnswerService{},
		}
		for j := range draft.Services {
			if service := &draft.Services[j]; service.Category == category.Key {
				all[i].Services = append(all[i].Services, e.service(service))
			}
		}
	}
	return all
}

func (e *edition) service(service *consent.Service) web.AnswerService {
	basis := []string{e.basis(service)}
	if service.Basis == consent.BasisConsent {
		for _, of := range e.bases(service) {
			basis = append(basis, of.Text)
		}
	}
	return web.AnswerService{
		Key: service.Key, Name: e.Wording(service.Name), Purpose: e.Wording(service.Purpose),
		Companies: e.Companies(service), Basis: strings.Join(basis, " "), Device: e.Device(service, nil),
	}
}

func (e *edition) basis(service *consent.Service) string {
	switch service.Basis {
	case consent.BasisSwitchedOff:
		return e.Words["basis_off"]
	case consent.BasisNecessary:
		return e.Words["basis_necessary"]
	default:
		return e.Words["basis_consent"]
	}
}
