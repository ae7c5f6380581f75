package answer

import (
	"reflect"
	"slices"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

// items gives the information of GDPR art. 15(1)(a) to (d), (g) and (h) and 15(2):
// of the log itself, and of the services that have acted.
func (e *edition) items() []web.AnswerItem {
	w := e.Words
	keeper, _ := e.LogRecipient(e.draft)
	transfers, _ := e.LogTransfers(e.draft)
	return []web.AnswerItem{
		e.item("purposes", "15(1)(a)", e.purposes, w["log_purpose"], w["log_basis"]),
		e.item("data_categories", "15(1)(b)", e.data, w["log_data"], w["log_never_label"]+": "+w["log_never"]),
		e.item("recipients", "15(1)(c)", e.recipients, w["log_recipients"], keeper),
		e.item("transfers", "15(1)(c), 15(2)", e.transfers, transfers...),
		e.item("storage", "15(1)(d)", e.storage, w.Fill("answer_log_storage", "retention", e.draft.Site.Retention.Words(e.Lang))),
		e.item("source", "15(1)(g)", e.source, w["answer_log_source"]),
		e.item("automated_decisions", "15(1)(h)", e.automated, w["answer_log_automated"]),
	}
}

// acting is a service that worked for the visitor: without consent, because it
// was granted, or only in what it needs to work at all.
type acting struct {
	draft   *consent.Draft
	service *consent.Service
	granted bool
	asked   map[consent.CategoryKey]bool // what was granted of it
}

// stores says whether it may have stored the cookie.
func (a acting) stores(c *consent.Cookie) bool {
	category := c.CategoryIn(a.service)
	return category == consent.Necessary || a.service.Basis == consent.BasisNecessary || a.asked[category]
}

// consented says whether it worked because the visitor granted it.
func (a acting) consented() bool { return a.granted && a.service.Basis != consent.BasisNecessary }

func (e *edition) item(key, article string, say func(acting) []web.AnswerText, log ...string) web.AnswerItem {
	item := web.AnswerItem{Item: key, Article: article, Title: e.Words["answer_"+key], Log: log, Services: []web.AnswerLine{}}
	for _, each := range e.acted() {
		line := web.AnswerLine{Service: each.service.Key, Name: e.Wording(each.service.Name), Texts: say(each)}
		if !slices.ContainsFunc(item.Services, func(said web.AnswerLine) bool { return reflect.DeepEqual(said, line) }) {
			item.Services = append(item.Services, line)
		}
	}
	item.Groups = groups(item.Services)
	return item
}

// groups puts services together of which the same is said, so that people read
// it once.
func groups(lines []web.AnswerLine) []web.AnswerGroup {
	var all []web.AnswerGroup
	for _, line := range lines {
		at := slices.IndexFunc(all, func(g web.AnswerGroup) bool { return reflect.DeepEqual(g.Texts, line.Texts) })
		if at < 0 {
			all, at = append(all, web.AnswerGroup{Texts: line.Texts}), len(all)
		}
		if !slices.Contains(all[at].Names, line.Name) {
			all[at].Names = append(all[at].Names, line.Name)
		}
	}
	return all
}

// acted gives the services of every Notice that a Decision refers to, the newest
// first. Those that were neither necessary nor granted have received nothing.
func (e *edition) acted() []acting {
	var all []acting
	numbers := make([]consent.NoticeNumber, 0, len(e.Notices))
	for number := range e.Notices {
		numbers = append(numbers, number)
	}
	slices.Sort(numbers)
	slices.Reverse(numbers)
	for _, number := range numbers {
		draft := &e.Notices[number].Draft
		for i := range draft.Services {
			service := &draft.Services[i]
			asked := e.granted(number, service)
			granted := len(asked) > 0 || service.Basis == consent.BasisNecessary
			if service.Basis != consent.BasisSwitchedOff && (granted || storesAnyway(service)) {
				all = append(all, acting{draft, service, granted, asked})
			}
		}
	}
	return all
}

// granted gives the categories of the service's that a Decision under a Notice
// grants.
func (e *edition) granted(number consent.NoticeNumber, service *consent.Service) map[consent.CategoryKey]bool {
	all := make(map[consent.CategoryKey]bool)
	for _, ref := range service.Refs() {
		category, _ := ref.Split()
		if slices.ContainsFunc(e.Entries, func(entry consent.Entry) bool {
			return entry.Notice == number && grants(entry.Choice, category, service)
		}) {
			all[category] = true
		}
	}
	return all
}

func grants(choice consent.Choice, category consent.CategoryKey, service *consent.Service) bool {
	if service.Ask == consent.AskInPlace {
		return choice.GrantsInPlace(category, service.Key)
	}
	return choice.Grants(category, service.Key)
}

// storesAnyway says whether some of the service works without consent.
func storesAnyway(service *consent.Service) bool {
	return slices.ContainsFunc(service.Cookies, func(c consent.Cookie) bool { return c.CategoryIn(service) == consent.Necessary })
}
