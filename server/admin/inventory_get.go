package admin

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

const (
	// pageServices is how many services a page of the inventory shows.
	pageServices = 100
	// pageCookies is how many cookies of one service it shows; the rest are on the
	// service's own page.
	pageCookies = 25
	// fewCookies are shown at once; more are folded under their services.
	fewCookies = 12
)

// inventoryPage is the inventory of a draft: a page of what was searched for.
type inventoryPage struct {
	Base       string
	Query      inventoryQuery
	Categories []choice
	Statuses   []choice
	Groups     []inventoryGroup
	Found      int // services that fit
	Total      int // of the draft
	From, To   int
	Earlier    string
	Later      string
	MayEdit    bool
	Sisters    bool // the organisation has other sites
	Unfolded   bool // the cookies of every service are shown at once
}

// First is the number of the first service that is shown.
func (p inventoryPage) First() int { return p.From + 1 }

// inventoryQuery is what is searched for.
type inventoryQuery struct {
	Text     string
	Category string
	Status   string
	Problems bool
	Review   bool // what is to be looked at now
	Page     int

	reviews *consent.Reviews
	today   consent.Day
}

// inventoryGroup is a category with services.
type inventoryGroup struct {
	Name     web.Wording
	Services []serviceRow
}

// serviceRow is a service in the inventory.
type serviceRow struct {
	URL              string
	Name             web.Wording
	Provider         string
	Basis            string
	Ask              string
	Faults, Warnings int
	Review           *reviewTag
	Cookies          []cookieRow
	Count            int // of all its cookies
	More             int // cookies that are not shown
}

// cookieRow is a cookie in a table.
type cookieRow struct {
	URL              string
	Name             string
	Service          string // what it belongs to
	Match            string // "" for an exact name
	Kind             string
	Category         string // where it is not the service's
	Purpose          web.Wording
	Lifetimes        []lifetimeLine
	Status           string
	StatusKey        consent.Status
	Faults, Warnings int
}

// lifetimeLine is one of the three lifetimes of a cookie.
type lifetimeLine struct {
	Label string
	Words string
	Drift bool // says something else than what is declared
}

// inventoryGet shows the inventory.
func (r *request) inventoryGet() error {
	kept, err := r.keptDraft()
	if err != nil {
		return err
	}
	draft, problems := kept.draft, kept.problems()
	query := inventoryQuery{
		Text: brief(strings.TrimSpace(r.c.Query("q"))), Category: r.c.Query("category"), Status: r.c.Query("status"), Problems: r.c.Query("problems") != "",
		Review: r.c.Query("review") != "", today: consent.DayOf(r.Clock()),
	}
	if query.reviews, err = consent.ReviewsOf(r.ctx, r.Store, r.site.Key); err != nil {
		return err
	}
	query.Page, _ = strconv.Atoi(r.c.Query("page"))
	shown := inventoryPage{Base: r.sitePath(""), Query: query, Total: len(draft.Services), MayEdit: r.may(consent.MayEdit)}
	if shown.MayEdit {
		if shown.Sisters, err = r.hasSisters(); err != nil {
			return err
		}
	}
	for _, key := range categoryKeys(draft) {
		shown.Categories = append(shown.Categories, choice{key, r.categoryName(draft, consent.CategoryKey(key)), key == query.Category})
	}
	for _, status := range statuses {
		shown.Statuses = append(shown.Statuses, choice{status, consent.Status(status).Words(r.lang), status == query.Status})
	}
	found := query.find(draft, problems)
	shown.Found = len(found)
	last := max(0, (len(found)-1)/pageServices)
	number := min(max(query.Page-1, 0), last)
	shown.From, shown.To = number*pageServices, min((number+1)*pageServices, len(found))
	if number > 0 {
		shown.Earlier = query.address(number)
	}
	if number < last {
		shown.Later = query.address(number + 2)
	}
	shown.Groups = r.inventoryGroups(draft, problems, &query, found[shown.From:shown.To])
	shown.Unfolded = query.narrows() || shown.cookies() <= fewCookies
	return r.show(page{name: "inventory.html", title: "inventory_title", data: shown})
}

// cookies counts those of a page.
func (p *inventoryPage) cookies() (count int) {
	for _, group := range p.Groups {
		for i := range group.Services {
			count += len(group.Services[i].Cookies)
		}
	}
	return count
}

// narrows says whether something is searched for.
func (q *inventoryQuery) narrows() bool {
	return q.Text != "" || q.Category != "" || q.Status != "" || q.Problems || q.Review
}

// address gives the address of another page of the same search.
func (q *inventoryQuery) address(number int) string {
	v := url.Values{"page": {strconv.Itoa(number)}}
	for name, value := range map[string]string{"q": q.Text, "category": q.Category, "status": q.Status} {
		if value != "" {
			v.Set(name, value)
		}
	}
	if q.Problems {
		v.Set("problems", "on")
	}
	if q.Review {
		v.Set("review", "on")
	}
	return "?" + v.Encode()
}

// find gives the indexes of the services that fit, in the order of their
// categories.
func (q *inventoryQuery) find(d *consent.Draft, problems draftProblems) []int {
	var found []int
	names := partNames(d.Services, serviceKey)
	words := strings.Fields(strings.ToLower(q.Text))
	for i := range d.Services {
		s := &d.Services[i]
		if q.Problems && !problems.flawed(names[i], s) {
			continue
		}
		if q.Review && !q.reviews.Of(s.Key).Pressing(q.today) {
			continue
		}
		if q.Category != "" && !inCategory(s, consent.CategoryKey(q.Category)) || q.Status != "" && !hasStatus(s, consent.Status(q.Status)) {
			continue
		}
		if holdsAll(s, words) {
			found = append(found, i)
		}
	}
	order := map[consent.CategoryKey]int{}
	for i := range d.Categories {
		order[d.Categories[i].Key] = i - len(d.Categories) // before those that are not there
	}
	slices.SortStableFunc(found, func(a, b int) int { return order[d.Services[a].Category] - order[d.Services[b].Category] })
	return found
}

// flawed says whether a service or one of its cookies has a problem.
func (p draftProblems) flawed(name string, s *consent.Service) bool {
	if len(p.of[servicePath(name)]) > 0 {
		return true
	}
	return slices.ContainsFunc(partNames(s.Cookies, cookieName), func(cookie string) bool { return len(p.of[cookiePath(name, cookie)]) > 0 })
}

func inCategory(s *consent.Service, key consent.CategoryKey) bool {
	return s.Category == key || slices.ContainsFunc(s.Cookies, func(c consent.Cookie) bool { return c.Category == key })
}

func hasStatus(s *consent.Service, status consent.Status) bool {
	return slices.ContainsFunc(s.Cookies, func(c consent.Cookie) bool { return c.Status == status })
}

// holdsAll says whether each word stands somewhere in a service or its cookies.
func holdsAll(s *consent.Service, words []string) bool {
	return !slices.ContainsFunc(words, func(word string) bool { return !serviceHolds(s, word) })
}

func serviceHolds(s *consent.Service, word string) bool {
	here := func(text string) bool { return holds(text, word) }
	in := func(text consent.Text) bool {
		for _, each := range text {
			if here(each) {
				return true
			}
		}
		return false
	}
	return here(string(s.Key)) || here(s.Provider.Name) || slices.ContainsFunc(s.Hosts, here) || in(s.Name) || in(s.Purpose) ||
		slices.ContainsFunc(s.Recipients, func(p consent.Provider) bool { return here(p.Name) }) ||
		slices.ContainsFunc(s.Cookies, func(c consent.Cookie) bool {
			return here(c.Pattern.Name) || here(c.SetBy) || slices.ContainsFunc(c.Pattern.Aliases, here) || in(c.Purpose)
		})
}

// inventoryGroups gives the services of a page under their categories.
func (r *request) inventoryGroups(d *consent.Draft, problems draftProblems, query *inventoryQuery, found []int) []inventoryGroup {
	var groups []inventoryGroup
	addresses, names := addressNames(d.Services, serviceKey), partNames(d.Services, serviceKey)
	var last consent.CategoryKey
	for n, i := range found {
		s := &d.Services[i]
		if n == 0 || s.Category != last {
			group := inventoryGroup{Name: web.Wording{Text: brief(string(s.Category))}}
			if c := d.Category(s.Category); c != nil {
				group.Name = briefly(r.in(c.Name), string(c.Key))
			} else if s.Category == "" {
				group.Name.Text = r.say("inventory_no_category")
			}
			groups, last = append(groups, group), s.Category
		}
		row := serviceRow{
			URL: r.sitePath("/services/" + addresses[i]), Name: briefly(r.in(s.Name), string(s.Key)), Provider: brief(s.Provider.Name),
			Basis: brief(s.Basis.Words(r.lang)), Ask: r.askShort(s),
			Review: tagOf(query.reviews.Of(s.Key), query.today),
		}
		row.Faults, row.Warnings = problems.count(servicePath(names[i]))
		row.Cookies = r.cookieRows(d, problems, addresses[i], s, servicePath(names[i]))
		for _, c := range row.Cookies { // those are folded away
			row.Faults, row.Warnings = row.Faults+c.Faults, row.Warnings+c.Warnings
		}
		row.Count = len(row.Cookies)
		if query.Status != "" {
			row.Cookies = slices.DeleteFunc(row.Cookies, func(c cookieRow) bool { return c.StatusKey != consent.Status(query.Status) })
		}
		if len(row.Cookies) > pageCookies {
			row.More = len(row.Cookies) - pageCookies
			row.Cookies = row.Cookies[:pageCookies]
		}
		groups[len(groups)-1].Services = append(groups[len(groups)-1].Services, row)
	}
	return groups
}

// askShort says where a service is asked for, in a word or two.
func (r *request) askShort(s *consent.Service) string {
	switch s.Ask {
	case consent.AskBanner, consent.AskInPlace, consent.AskNever:
		return r.say("inventory_ask_" + strings.ReplaceAll(string(s.Ask), " ", "_"))
	}
	return ""
}

// cookieRows gives the cookies of a service as tables show them.
func (r *request) cookieRows(d *consent.Draft, problems draftProblems, service string, s *consent.Service, path string) []cookieRow {
	rows := make([]cookieRow, len(s.Cookies))
	addresses, names := addressNames(s.Cookies, cookieName), partNames(s.Cookies, cookieName)
	for i := range s.Cookies {
		c := &s.Cookies[i]
		row := cookieRow{
			URL: r.sitePath("/services/" + service + "/cookies/" + addresses[i]), Name: brief(c.Pattern.Name), Service: r.serviceName(s),
			Purpose: briefly(r.in(c.Purpose), ""), Lifetimes: r.lifetimeLines(c.Lifetime), Status: brief(c.Status.Words(r.lang)), StatusKey: c.Status,
		}
		if c.Kind != consent.KindCookie { // most are
			row.Kind = brief(c.Kind.Words(r.lang))
		}
		if c.Pattern.Match == consent.MatchPrefix || c.Pattern.Match == consent.MatchRegex {
			row.Match = r.say("inventory_match_" + string(c.Pattern.Match))
		}
		if c.Category != "" && c.Category != s.Category {
			row.Category = r.categoryName(d, c.Category)
		}
		row.Faults, row.Warnings = problems.count(path + ".cookies." + names[i])
		rows[i] = row
	}
	return rows
}

// lifetimeLines gives the lifetimes of a cookie side by side. The first is what is
// declared.
func (r *request) lifetimeLines(l consent.Lifetimes) []lifetimeLine {
	all := []lifetimeLine{{r.say("inventory_declared"), brief(l.Declared.Words(r.lang)), false}}
	for _, other := range []struct {
		label string
		l     consent.Lifetime
	}{{"inventory_vendor", l.Vendor}, {"inventory_observed", l.Observed}} {
		switch other.l {
		case "":
		case l.Declared:
			all = append(all, lifetimeLine{r.say(other.label), r.say("inventory_same"), false})
		default:
			all = append(all, lifetimeLine{r.say(other.label), brief(other.l.Words(r.lang)), l.Declared != "" && other.l.Compare(l.Declared) != 0})
		}
	}
	return all
}
