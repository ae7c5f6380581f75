package banner

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// panelNotice is what a panel needs of a Notice, in the words of one language.
// Its fields become the exports of the module "samtykke:panel".
type panelNotice struct {
	Number    consent.NoticeNumber `json:"number"`
	Published string               `json:"published"`
	Heading   int                  `json:"heading"`
	Storages  []string             `json:"storages"`
	Companies []panelCompany       `json:"companies"`
	Services  []panelService       `json:"services"`
	Sections  []panelSection       `json:"sections"`
	Contacts  []panelContact       `json:"contacts"`
	Links     links                `json:"links"`
}

// panelCompany is what is said of a company, and perhaps the address of its
// privacy policy. Each is told once.
type panelCompany []string

type panelService struct {
	Key     consent.ServiceKey `json:"key"`
	Name    string             `json:"name"`
	Purpose string             `json:"purpose,omitempty"`
	Who     []int              `json:"who"` // places in Companies
}

// panelSection is a Category, the part of one that is asked for in place, or
// (without a key) the services that are gone.
type panelSection struct {
	Key     consent.CategoryKey `json:"key,omitempty"`
	Name    string              `json:"name"`
	Purpose string              `json:"purpose"`
	Box     bool                `json:"box,omitempty"` // one for all of its services
	Has     []panelEntry        `json:"has"`
}

// told is 0 for a section with something to choose, else 1.
func (s panelSection) told() int {
	if slices.ContainsFunc(s.Has, func(e panelEntry) bool { return e.asked }) {
		return 0
	}
	return 1
}

// panelEntry is a service's place in Services, and its rows in the section.
type panelEntry struct {
	service int
	rows    []panelRow
	asked   bool
}

// panelRow is a cookie.
type panelRow struct {
	name, note, purpose, lifetime string
	storage                       int // place in Storages
	// lent is the language of the purpose, where it is not that of the panel.
	lent consent.Language
}

// MarshalJSON writes the row as a list.
func (r panelRow) MarshalJSON() ([]byte, error) {
	list := []any{r.name, r.note, r.purpose, r.lifetime, r.storage}
	if r.lent != "" {
		list = append(list, r.lent)
	}
	return json.Marshal(list)
}

// MarshalJSON writes the entry as a list.
func (e panelEntry) MarshalJSON() ([]byte, error) {
	list := []any{e.service, e.rows}
	if e.asked {
		list = append(list, 1)
	}
	return json.Marshal(list)
}

type panelContact struct {
	Title string `json:"title"`
	Lines string `json:"lines"`
	// Links are pairs of text and address.
	Links [][2]string `json:"links"`
}

// panelProgram gives the panel of one language: the whole inventory in words.
func panelProgram(notice *consent.Notice, said *consent.Translation, lang consent.Language) program {
	draft := &notice.Draft
	texts := maps.Clone(said.Panel)
	if draft.Site.Refusals == consent.RefusalsCount {
		texts["none"] += " " + texts["own_counted"]
		texts["own_text"] += " " + texts["own_counted"] // an exception to what it says is logged
	}
	delete(texts, "own_counted")
	// The first name is that of the cookie, the second that of the storage.
	texts["own_text"] = strings.Replace(texts["own_text"], "{name}", strings.Join(draft.Site.OwnCookies(), ", "), 1)
	texts["own_text"] = strings.NewReplacer(
		"{name}", draft.Site.Key.AnswerCookie(), "{organisation}", said.Isolate(draft.Organisation.Name),
		"{validity}", said.Lifetime(draft.Site.Validity), "{retention}", said.Lifetime(draft.Site.Retention),
	).Replace(texts["own_text"])
	return program{
		entry: "panel.ts", format: module,
		modules: map[string]any{"panel": projectPanel(notice, said, lang, texts), "say": texts},
		defines: map[string]string{"DIR": strconv.Quote(direction(&draft.Site, lang))},
		style:   panelLook(draft.Site.Look) + codeLook(lang),
		finish:  ownColours(draft.Site.Look, "dialog,.top,dialog .buttons") + darkAccent(draft.Site.Look),
	}
}

// mineProgram gives what the panel of one language shows of a visitor who has
// chosen. The texts are the panel's.
func mineProgram(said *consent.Translation, lang consent.Language) program {
	return program{
		entry: "mine.ts", format: module, modules: map[string]any{"say": said.Panel},
		defines: map[string]string{"DIR": strconv.Quote(lang.Direction())},
	}
}

// projectPanel gives what the panel of a language needs of a Notice.
func projectPanel(notice *consent.Notice, said *consent.Translation, lang consent.Language, texts map[string]string) *panelNotice {
	draft := &notice.Draft
	p := panelReader{draft: draft, said: said, lang: lang, texts: texts}
	panel := &panelNotice{
		Number: notice.Number, Published: notice.Published.UTC().Format(time.RFC3339), Heading: draft.Site.Heading,
		Sections: p.sections(), Contacts: p.contacts(),
		Links: links{Declaration: p.text(draft.Site.Declaration), Privacy: p.text(draft.Site.Privacy)},
	}
	// Gathered on the way.
	panel.Services, panel.Companies, panel.Storages = p.services, p.companies, p.storages
	return panel
}

// panelReader reads a Draft in one language.
type panelReader struct {
	draft     *consent.Draft
	said      *consent.Translation
	lang      consent.Language
	texts     map[string]string
	services  []panelService
	companies []panelCompany
	storages  []string
}

func (p *panelReader) text(text consent.Text) string {
	words, _ := text.In(p.lang, p.draft.Site.Languages...)
	return words
}

// service gives the place of a service in the shared list. The companies that
// receive data by consent are not told of where it is necessary, and neither is
// the purpose of what asks: its necessary cookies have their own.
func (p *panelReader) service(service *consent.Service, category consent.CategoryKey) int {
	view := panelService{
		Key: service.Key, Name: p.text(service.Name), Purpose: p.text(service.Purpose),
		Who: p.who(service),
	}
	if category == consent.Necessary && service.Basis != consent.BasisNecessary {
		view.Who, view.Purpose = view.Who[:1], ""
	}
	same := func(known panelService) bool {
		return known.Key == view.Key && known.Purpose == view.Purpose && slices.Equal(known.Who, view.Who)
	}
	place := slices.IndexFunc(p.services, same)
	if place < 0 {
		place = len(p.services)
		p.services = append(p.services, view)
	}
	return place
}

// sections gives the categories in the site's order: first those with something
// to choose, then what is only told, last what is switched off.
// A service stands in every category that it has cookies in or is asked for in.
// Where the banner asks for a category, what is asked for in place has a section
// of its own: a yes to the one is no yes to the other.
func (p *panelReader) sections() []panelSection {
	sections := []panelSection{}
	for i := range p.draft.Categories {
		sections = append(sections, p.category(&p.draft.Categories[i])...)
	}
	slices.SortStableFunc(sections, func(a, b panelSection) int { return a.told() - b.told() })
	off := panelSection{Name: p.texts["off"], Purpose: p.texts["off_text"]}
	for i := range p.draft.Services {
		if service := &p.draft.Services[i]; service.Basis == consent.BasisSwitchedOff {
			off.Has = append(off.Has, panelEntry{service: p.service(service, ""), rows: p.rows(service, "")})
		}
	}
	if len(off.Has) > 0 {
		sections = append(sections, off)
	}
	return sections
}

func (p *panelReader) category(category *consent.Category) []panelSection {
	name, purpose := p.text(category.Name), p.text(category.Purpose)
	all := panelSection{Key: category.Key, Name: name, Purpose: purpose}
	place := panelSection{Key: category.Key, Name: name + p.said.After(p.texts["place"]), Purpose: p.texts["place_text"], Box: true}
	for i := range p.draft.Services {
		service := &p.draft.Services[i]
		rows := p.rows(service, category.Key)
		asked := slices.Contains(service.Refs(), consent.Ref(category.Key, service.Key))
		switch {
		case service.Basis == consent.BasisSwitchedOff || !asked && len(rows) == 0:
		case asked && service.Ask == consent.AskInPlace:
			place.Has = append(place.Has, panelEntry{p.service(service, category.Key), rows, true})
		default:
			asked = asked && service.Ask == consent.AskBanner
			all.Box = all.Box || asked
			all.Has = append(all.Has, panelEntry{p.service(service, category.Key), rows, asked})
		}
	}
	switch {
	case category.Key == consent.Necessary:
		all.Purpose += " " + p.texts["necessary"]
	case len(all.Has) == 0 && len(place.Has) > 0:
		place.Name, place.Purpose = name, purpose+" "+place.Purpose
	}
	place.Box = place.Box && !all.Box
	return slices.DeleteFunc([]panelSection{all, place}, func(s panelSection) bool { return len(s.Has) == 0 })
}

// rows gives the cookies of a service in a category, or all in the empty one.
func (p *panelReader) rows(service *consent.Service, category consent.CategoryKey) []panelRow {
	rows := []panelRow{}
	for i := range service.Cookies {
		if cookie := &service.Cookies[i]; category == "" || cookie.CategoryIn(service) == category {
			rows = append(rows, p.row(cookie))
		}
	}
	return rows
}

func (p *panelReader) row(cookie *consent.Cookie) panelRow {
	var notes strings.Builder
	if cookie.Pattern.Match != consent.MatchExact {
		notes.WriteString(p.said.After(p.texts[string(cookie.Pattern.Match)]))
	}
	if cookie.Status != consent.StatusActive {
		notes.WriteString(" (" + p.said.Status(cookie.Status) + ")")
	}
	storage := p.said.Line(p.said.Kind(cookie.Kind), p.said.Party(cookie.Party))
	if !slices.Contains(p.storages, storage) {
		p.storages = append(p.storages, storage)
	}
	purpose, lent := cookie.Purpose.In(p.lang, p.draft.Site.Languages...)
	if lent == p.lang {
		lent = ""
	}
	return panelRow{
		name: cookie.Pattern.Name, note: notes.String(), purpose: purpose, lent: lent,
		lifetime: strings.Join(p.said.Lifetimes(cookie.Lifetime), " "),
		storage:  slices.Index(p.storages, storage),
	}
}

// who gives the companies behind a service by their places in the shared list.
func (p *panelReader) who(service *consent.Service) []int {
	providers := append([]consent.Provider{service.Provider}, service.Recipients...)
	places := make([]int, 0, len(providers))
	for _, provider := range providers {
		company := p.company(&provider)
		place := slices.IndexFunc(p.companies, func(known panelCompany) bool { return slices.Equal(known, company) })
		if place < 0 {
			place = len(p.companies)
			p.companies = append(p.companies, company)
		}
		places = append(places, place)
	}
	return places
}

// company tells who receives data, where, in which role, and of a transfer.
func (p *panelReader) company(provider *consent.Provider) panelCompany {
	said := p.texts["missing"] + " " + p.text(provider.Missing)
	if provider.Name != "" {
		names := make([]string, 0, 1+len(provider.Country))
		names = append(names, provider.Name)
		for _, code := range provider.Country {
			names = append(names, consent.CountryName(code, p.lang))
		}
		said = p.said.Line(names...) + " (" + p.said.Role(provider.Role) + ")."
	}
	if transfer := provider.Transfer; transfer != nil {
		said += " " + strings.NewReplacer(
			"{country}", consent.CountryName(transfer.Country, p.lang), "{basis}", p.said.Ground(transfer.Basis),
		).Replace(p.texts["transfer"])
	}
	if provider.Policy == "" {
		return panelCompany{said}
	}
	return panelCompany{said, provider.Policy}
}

// contacts gives the three blocks in the order in which to use them.
func (p *panelReader) contacts() []panelContact {
	block := func(key string, contact consent.Contact) panelContact {
		lines := slices.DeleteFunc([]string{p.text(contact.Name), contact.Phone, contact.Address}, func(line string) bool { return line == "" })
		view := panelContact{Title: p.texts[key], Lines: ": " + p.said.Line(lines...), Links: [][2]string{}}
		if contact.Email != "" {
			view.Links = append(view.Links, [2]string{contact.Email, "mailto:" + contact.Email})
		}
		if contact.URL != "" {
			view.Links = append(view.Links, [2]string{contact.URL, contact.URL})
		}
		return view
	}
	contacts := &p.draft.Contacts
	return []panelContact{
		block("controller", contacts.Controller), block("dpo", contacts.DPO), block("authority", contacts.Authority),
	}
}
