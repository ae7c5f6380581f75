package visitor

import (
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

// page gives the declaration as a page.
func (e *edition) page(opts PageOptions) *web.DeclarationPage {
	site := &e.draft.Site
	page := &web.DeclarationPage{
		Lang: e.lang, Words: e.words, Lent: e.lent(),
		Site: e.wording(site.Name), SiteURL: e.withdrawal(), Rights: e.text(site.Rights),
		Lede:      e.words.Fill("lede", "site", e.text(site.Name)),
		Languages: e.languageLinks(), Facts: e.facts(opts),
		Groups: e.groups(), Off: e.switchedOff(),
		Own: e.own(), Log: e.log(opts),
		Contacts: e.reader().Contacts(e.draft), Terms: e.terms(),
	}
	if opts.Permalink {
		page.Fixed = e.words.Fill("lede_fixed", "number", e.notice.Number, "date", e.words.Clock(e.notice.Published))
		page.Current = "../../cookies?lang=" + string(e.asked)
	}
	return page
}

// withdrawal gives the address where consent is taken back.
func (e *edition) withdrawal() string {
	if at := e.text(e.draft.Site.Withdrawal); at != "" {
		return at
	}
	return siteAddress(e.draft.Site.Origins)
}

// siteAddress gives an address of the site to send a visitor back to: the first
// origin that is no wildcard.
func siteAddress(origins []string) string {
	for _, origin := range origins {
		if !strings.Contains(origin, "*") {
			return origin
		}
	}
	return ""
}

func (e *edition) languageLinks() []web.LanguageLink {
	links := make([]web.LanguageLink, 0, len(e.draft.Site.Languages))
	for _, lang := range e.draft.Site.Languages {
		links = append(links, web.LanguageLink{Lang: lang, Name: lang.Name(), URL: "?lang=" + string(lang), Current: lang == e.asked})
	}
	return links
}

// facts gives what identifies the page. Its links are relative, and hold on the
// current page and on the permalink.
func (e *edition) facts(opts PageOptions) web.Facts {
	query := "?lang=" + string(e.asked)
	facts := web.Facts{
		Number:    int(e.notice.Number),
		Published: e.published(), Clock: e.words.Clock(e.notice.Published),
		Hash: e.notice.Hash.String(), Permalink: e.place() + query, Address: e.permalink(opts.Base),
		JSON: "cookies.json" + query, CSV: "cookies.csv" + query,
		Privacy: e.text(e.draft.Site.Privacy),
	}
	if opts.Permalink {
		facts.Permalink = "cookies" + query
	}
	return facts
}

// groups gives the categories in the site's order, each with its services.
func (e *edition) groups() []web.Group {
	groups := make([]web.Group, len(e.draft.Categories))
	place := make(map[consent.CategoryKey]*web.Group, len(groups))
	for i := range e.draft.Categories {
		category := &e.draft.Categories[i]
		groups[i] = web.Group{
			ID: "group-" + string(category.Key), Name: e.wording(category.Name),
			Purpose: e.wording(category.Purpose), Basis: e.basisOf(category.Key),
		}
		place[category.Key] = &groups[i]
	}
	for _, row := range inventory(e.draft) {
		if group := place[row.category]; group != nil && row.service.Basis != consent.BasisSwitchedOff {
			e.add(&group.Services, row)
		}
	}
	for i := range groups {
		groups[i].Entries = e.count(groups[i].Services)
	}
	return groups
}

// switchedOff gives the services that are gone, whatever category they had.
func (e *edition) switchedOff() []web.Service {
	var services []web.Service
	for _, row := range inventory(e.draft) {
		if row.service.Basis == consent.BasisSwitchedOff {
			e.add(&services, row)
		}
	}
	return services
}

// add puts a row under its service, which is the last one or a new one.
func (e *edition) add(services *[]web.Service, row declared) {
	last := len(*services) - 1
	if last < 0 || (*services)[last].Key != row.service.Key {
		*services = append(*services, e.service(row.service, row.category))
		last++
	}
	(*services)[last].Cookies = append((*services)[last].Cookies, e.cookie(row.cookie))
}

func (e *edition) count(services []web.Service) string {
	entries := 0
	for _, service := range services {
		entries += len(service.Cookies)
	}
	if entries == 1 {
		return e.words["entry_one"]
	}
	return e.words.Fill("entry_other", "count", entries)
}

// own gives what the consent solution itself keeps on the device.
func (e *edition) own() []web.Own {
	site := &e.draft.Site
	own := []web.Own{}
	for _, name := range site.OwnCookies() {
		own = append(own, web.Own{
			Name: name, Kind: consent.KindCookie.Words(e.lang), Purpose: e.words["own_cookie"],
			Lifetime: site.Validity.Words(e.lang),
		})
	}
	return append(own, web.Own{
		Name: site.Key.AnswerCookie(), Kind: consent.KindLocal.Words(e.lang), Purpose: e.words["own_local"],
		Lifetime: e.words["own_local_lifetime"],
	})
}

// log gives the entry of the consent log, which is a processing of its own. Its links
// hold under whatever path a proxy has put the page.
func (e *edition) log(opts PageOptions) web.ConsentLog {
	up := ""
	if opts.Permalink {
		up = "../../"
	}
	log := web.ConsentLog{
		Text:       e.words.Fill("log_text", "organisation", e.draft.Organisation.Name),
		Retention:  e.words.Fill("log_retention", "retention", e.draft.Site.Retention.Words(e.lang)),
		Recipients: e.words["log_recipients"],
		Kept:       e.reader().LogKeeping(e.draft),
		Verifier:   up + "../verify.html#" + string(e.lang),
		Keys:       up + "log/keys",
	}
	if e.draft.Site.Refusals == consent.RefusalsCount {
		log.Counted = e.words["log_counted"]
	}
	return log
}

// terms gives the glossary, with those statuses that the page uses.
func (e *edition) terms() []web.Term {
	used := map[consent.Status]bool{}
	for _, row := range inventory(e.draft) {
		used[row.cookie.Status] = true
	}
	var terms []web.Term
	for _, status := range []consent.Status{consent.StatusVerify, consent.StatusObsolete, consent.StatusResidual} {
		if used[status] {
			terms = append(terms, web.Term{Word: capital(status.Words(e.lang)), Text: e.words["term_"+string(status)+"_text"]})
		}
	}
	for _, key := range []string{"cookie", "party", "personal", "processing", "subject", "controller", "processor"} {
		terms = append(terms, web.Term{Word: e.words["term_"+key], Text: e.words["term_"+key+"_text"]})
	}
	return terms
}
