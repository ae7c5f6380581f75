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
			Heading:    e.Words.Fill("answer_notice", "number", number, "date", e.Words.Clock(notice.Published)),
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
	return web.AnswerService{
		Key: service.Key, Name: e.Wording(service.Name), Purpose: e.Wording(service.Purpose),
		Companies: e.companies(service), Basis: e.basis(service), Device: e.device(service, nil),
	}
}

// companies tells of the provider and the other recipients, one line each.
func (e *edition) companies(service *consent.Service) []web.AnswerText {
	all := make([]web.AnswerText, 1, 1+len(service.Recipients))
	all[0] = e.company(&service.Provider)
	for i := range service.Recipients {
		all = append(all, e.company(&service.Recipients[i]))
	}
	return all
}

func (e *edition) company(provider *consent.Provider) web.AnswerText {
	company := e.Company(provider)
	text := company.Name
	if text == "" {
		text = e.Words["provider_missing"]
	}
	if company.Country != "" {
		text += ", " + company.Country
	}
	if company.Role != "" {
		text += " (" + company.Role + ")"
	}
	if company.Missing.Text != "" {
		text += ". " + company.Missing.Text
	}
	return web.AnswerText{Wording: web.Wording{Text: text}, URL: company.Policy}
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

// device lists what a service keeps on the device, each with how long.
func (e *edition) device(service *consent.Service, which func(*consent.Cookie) bool) string {
	var all []string
	for i := range service.Cookies {
		cookie := &service.Cookies[i]
		if which == nil || which(cookie) {
			all = append(all, cookie.Pattern.Name+" ("+e.lifetime(cookie.Lifetime)+")")
		}
	}
	return strings.Join(all, "; ")
}

// lifetime gives the lifetimes that differ, each with whose word it is.
func (e *edition) lifetime(l consent.Lifetimes) string {
	var all []string
	if l.Declared != "" || l.Vendor == "" && l.Observed == "" {
		all = append(all, l.Declared.Words(e.Lang))
	}
	if l.Vendor != "" && l.Vendor.Compare(l.Declared) != 0 {
		all = append(all, e.Words.Fill("answer_vendor", "lifetime", l.Vendor.Words(e.Lang)))
	}
	if l.Observed != "" && l.Observed.Compare(l.Declared) != 0 {
		all = append(all, e.Words.Fill("answer_observed", "lifetime", l.Observed.Words(e.Lang)))
	}
	return strings.Join(all, ", ")
}
