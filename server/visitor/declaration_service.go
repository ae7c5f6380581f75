package visitor

import (
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

// service gives what is said of a service under one category, without cookies.
func (e *edition) service(service *consent.Service, category consent.CategoryKey) web.Service {
	view := web.Service{
		ID: "service-" + string(category) + "-" + string(service.Key), Key: service.Key,
		Name:     e.wording(service.Name),
		Provider: e.reader().Company(&service.Provider),
		Basis:    e.basis(service, category), Asked: e.where(service, category),
		Caption: e.words.Fill("table", "service", e.text(service.Name)),
	}
	if beside(service, category) {
		return view // what it is for, and who receives what, is told under the category that rests on consent
	}
	view.Purpose, view.Warning = e.wording(service.Purpose), e.wording(service.Warning)
	for i := range service.Recipients {
		view.Receivers = append(view.Receivers, e.reader().Company(&service.Recipients[i]))
	}
	for _, data := range service.DataCategories {
		view.Data = append(view.Data, e.wording(data))
	}
	if service.Retention != "" {
		view.Kept = []string{service.Retention.Words(e.lang)}
	}
	view.Locations = e.reader().Countries(service.Locations)
	return view
}

// beside says that a category is only where a service of consent keeps what is
// necessary for something else: what is said of the service as a whole is not
// true of that.
func beside(service *consent.Service, category consent.CategoryKey) bool {
	return category == consent.Necessary && service.Basis != consent.BasisNecessary
}

func (e *edition) cookie(cookie *consent.Cookie) web.Cookie {
	view := web.Cookie{
		Name: cookie.Pattern.Name, Match: e.match(&cookie.Pattern),
		Purpose: e.wording(cookie.Purpose), Lifetime: cookie.Lifetime.Words(e.lang),
		Kind: capital(cookie.Kind.Words(e.lang)), Party: cookie.Party.Words(e.lang), Locked: cookie.HTTPOnly,
		Status: capital(cookie.Status.Words(e.lang)), Code: cookie.Status,
	}
	if others := spellings(&cookie.Pattern); len(others) > 0 {
		view.Also = e.words.Fill("also_written", "names", strings.Join(others, ", "))
	}
	if cookie.SetBy != "" {
		view.SetBy = e.words.Fill("set_by", "company", cookie.SetBy)
	}
	view.Exemption = e.reader().Exemption(cookie.Exemption, e.draft.Site.Languages[0])
	return view
}
