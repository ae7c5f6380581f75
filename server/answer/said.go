package answer

import (
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

// What is said of one service about each item. Of a service that was not granted,
// only what it needs to work at all is told.

func (e *edition) purposes(a acting) []web.AnswerText {
	var all []web.AnswerText
	if a.granted {
		all = append(all, web.AnswerText{Wording: e.Wording(a.service.Purpose)}, plain(e.Words.Fill("answer_basis_of", "basis", e.basis(a.service))))
	}
	if a.service.Basis == consent.BasisNecessary {
		return all
	}
	for i := range a.service.Cookies {
		if cookie := &a.service.Cookies[i]; cookie.CategoryIn(a.service) == consent.Necessary {
			all = append(all, web.AnswerText{Wording: e.Wording(cookie.Purpose)})
		}
	}
	return append(all, e.bases(a.service)...)
}

// bases gives the basis of what a service stores whatever is answered; and of what
// it should not store any more, which has none.
func (e *edition) bases(service *consent.Service) []web.AnswerText {
	var all []web.AnswerText
	if names := web.CookieNames(service, needed(service)); names != "" {
		all = append(all, plain(e.Words.Fill("answer_basis_for", "names", names, "basis", e.Words["basis_necessary"])))
	}
	if names := web.CookieNames(service, left(service)); names != "" {
		all = append(all, plain(e.Words.Fill("answer_basis_for", "names", names, "basis", e.Words["answer_basis_left"])))
	}
	return all
}

func (e *edition) data(a acting) []web.AnswerText {
	if !a.granted {
		return e.beside(a.service)
	}
	var all []web.AnswerText
	for _, text := range a.service.DataCategories {
		all = append(all, web.AnswerText{Wording: e.Wording(text)})
	}
	if len(all) == 0 {
		e.lacks("data_categories", a.service)
		all = append(all, plain(e.Words["answer_data_unstated"]))
	}
	return all
}

// beside gives what a service stores that was not granted.
func (e *edition) beside(service *consent.Service) []web.AnswerText {
	var all []web.AnswerText
	if list := e.Device(service, needed(service)); list != "" {
		all = append(all, plain(e.Words.Fill("answer_beside_data", "names", list)))
	}
	if list := e.Device(service, left(service)); list != "" {
		all = append(all, plain(e.Words.Fill("answer_left_data", "names", list)))
	}
	return all
}

func (e *edition) recipients(a acting) []web.AnswerText {
	companies := a.companies()
	all := make([]web.AnswerText, len(companies))
	for i, company := range companies {
		if company.Name == "" {
			e.lacks("recipients", a.service)
		}
		all[i] = e.CompanyLine(company)
	}
	return all
}

func (e *edition) transfers(a acting) []web.AnswerText {
	var all []web.AnswerText
	for _, company := range a.companies() {
		if line := e.TransferLine(company); line != "" {
			all = append(all, plain(line))
		}
	}
	if len(all) == 0 {
		all = append(all, plain(e.Words["answer_transfers_none"]))
	}
	return all
}

func (e *edition) storage(a acting) []web.AnswerText {
	var all []web.AnswerText
	if a.granted {
		kept := e.Words["answer_kept_unstated"]
		if a.service.Retention != "" {
			kept = e.Words.Fill("answer_kept", "retention", a.service.Retention.Words(e.Lang))
		} else {
			e.lacks("storage", a.service)
		}
		all = append(all, plain(kept))
	}
	if list := e.Device(a.service, a.stores); list != "" {
		all = append(all, plain(e.Words.Fill("answer_kept_device", "list", list)))
	}
	return all
}

func (e *edition) source(acting) []web.AnswerText {
	return []web.AnswerText{plain(e.Words["answer_service_source"])}
}

// automated tells of profiling where the service is there for marketing: that is
// the category's meaning in every Notice.
func (e *edition) automated(a acting) []web.AnswerText {
	category := a.draft.Category(consent.Marketing)
	if !a.granted || a.service.Category != consent.Marketing || category == nil {
		return []web.AnswerText{plain(e.Words["answer_automated_none"])}
	}
	return []web.AnswerText{plain(e.Words.Fill("answer_profiling", "purpose", e.text(category.Purpose)))}
}

// needed tells which cookies a service stores whatever is answered.
func needed(service *consent.Service) func(*consent.Cookie) bool {
	return func(c *consent.Cookie) bool { return c.CategoryIn(service) == consent.Necessary && !c.Gone() }
}

// left tells which cookies it should not store any more, and may store whatever is
// answered where it does.
func left(service *consent.Service) func(*consent.Cookie) bool {
	return func(c *consent.Cookie) bool { return c.CategoryIn(service) == consent.Necessary && c.Gone() }
}

func plain(text string) web.AnswerText { return web.AnswerText{Wording: web.Wording{Text: text}} }
