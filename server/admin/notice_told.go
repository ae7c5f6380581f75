package admin

import (
	"fmt"
	"strconv"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

// mostCookies is how many cookies of one service the page of a notice lists.
const mostCookies = 50

// noticeTold is what a Notice tells of, a page of its services at a time.
type noticeTold struct {
	Categories     []noticeCategory
	From, To, All  int    // the services that are listed, from 1
	Earlier, Later string // addresses
}

// Paged says that there are more than are listed.
func (t noticeTold) Paged() bool { return t.Earlier != "" || t.Later != "" }

// noticeCategory is a category with what is in it.
type noticeCategory struct {
	Name, Purpose web.Wording
	Services      []noticeService
}

type noticeService struct {
	Name, Purpose web.Wording
	Provider      web.Wording
	Cookies       []noticeCookie
	Count         int // of all its cookies
	More          int // cookies that are not listed
	Reasons       int // of the cookies that need no consent
}

// noticeCookie is a cookie as the Notice declares it.
type noticeCookie struct {
	Name      string
	Notes     []string // how the name matches, what it is and its category, where they are not what most are
	Lifetime  []string // one sentence, or the lifetimes that differ
	Exemption *web.Exemption
}

// languagesOf lists the languages that visitors can choose.
func (r *request) languagesOf(draft *consent.Draft) string {
	names := make([]string, len(draft.Site.Languages))
	for i, lang := range draft.Site.Languages {
		names[i] = r.language(lang)
	}
	return capitalised(r.sentence(names))
}

// toldOf lists what a Notice tells of, by category.
func (r *request) toldOf(draft *consent.Draft, base string) noticeTold {
	of := map[consent.CategoryKey][]*consent.Service{}
	for i := range draft.Services {
		s := &draft.Services[i]
		of[s.Category] = append(of[s.Category], s)
	}
	told := noticeTold{All: len(draft.Services)}
	first := r.pageOf(&told, base)
	at := 0
	list := func(c noticeCategory, key consent.CategoryKey) {
		for _, s := range of[key] {
			if at++; at > first && at <= told.To {
				c.Services = append(c.Services, r.toldService(draft, s))
			}
		}
		if len(c.Services) > 0 || len(of[key]) == 0 && at >= first && at <= told.To {
			told.Categories = append(told.Categories, c)
		}
	}
	if draft.Category(consent.Necessary) == nil {
		list(noticeCategory{Name: web.Wording{Text: r.say("category_necessary")}}, consent.Necessary)
	}
	for i := range draft.Categories {
		c := &draft.Categories[i]
		list(noticeCategory{Name: r.in(c.Name), Purpose: r.in(c.Purpose)}, c.Key)
	}
	return told
}

// pageOf finds which services the page lists, and gives how many come before them.
func (r *request) pageOf(told *noticeTold, base string) int {
	asked, _ := strconv.Atoi(r.c.Query("page"))
	last := max(0, (told.All-1)/pageServices)
	number := min(max(asked-1, 0), last)
	first := number * pageServices
	told.From, told.To = first+1, min(first+pageServices, told.All)
	address := func(number int) string { return fmt.Sprintf("%s?page=%d#told", base, number) }
	if number > 0 {
		told.Earlier = address(number)
	}
	if number < last {
		told.Later = address(number + 2)
	}
	return first
}

// toldService gives a service with its cookies.
func (r *request) toldService(draft *consent.Draft, s *consent.Service) noticeService {
	words, _ := web.WordsIn(r.lang)
	reader := web.Reader{Lang: r.lang, Words: words, Offered: draft.Site.Languages}
	row := noticeService{Name: r.in(s.Name), Purpose: r.in(s.Purpose), Provider: r.providerName(s), Count: len(s.Cookies)}
	for i := range s.Cookies {
		c := &s.Cookies[i]
		if c.Exemption != nil {
			row.Reasons++
		}
		if i >= mostCookies {
			row.More++
			continue
		}
		row.Cookies = append(row.Cookies, noticeCookie{
			Name: shortText(c.Pattern.Name), Notes: r.cookieNotes(draft, s, c),
			Lifetime: c.Lifetime.Words(r.lang), Exemption: reader.Exemption(c.Exemption, draft.Site.Languages[0]),
		})
	}
	return row
}

// cookieNotes tells what is special about a cookie.
func (r *request) cookieNotes(draft *consent.Draft, s *consent.Service, c *consent.Cookie) []string {
	var notes []string
	if c.Pattern.Match == consent.MatchPrefix || c.Pattern.Match == consent.MatchRegex {
		notes = append(notes, r.say("inventory_match_"+string(c.Pattern.Match)))
	}
	if c.Kind != consent.KindCookie {
		notes = append(notes, c.Kind.Words(r.lang))
	}
	if in := c.CategoryIn(s); in != s.Category {
		notes = append(notes, r.categoryName(draft, in))
	}
	return notes
}

// providerName gives the company behind a Service, or why it is not named.
func (r *request) providerName(s *consent.Service) web.Wording {
	if s.Provider.Name == "" {
		return r.in(s.Provider.Missing)
	}
	return web.Wording{Text: shortText(s.Provider.Name)}
}
