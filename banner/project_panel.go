package banner

import (
	"fmt"
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
	Sections  []panelSection       `json:"sections"`
	Contacts  []panelContact       `json:"contacts"`
	Links     links                `json:"links"`
	Texts     map[string]string    `json:"texts"`
}

// panelSection is a Category, or (without a key) the services that are gone.
type panelSection struct {
	Key      consent.CategoryKey `json:"key,omitempty"`
	Name     string              `json:"name"`
	Purpose  string              `json:"purpose"`
	Services []panelService      `json:"services"`
}

// panelService is a Service with those of its cookies that are in the section.
type panelService struct {
	Key     consent.ServiceKey `json:"key"`
	Name    string             `json:"name"`
	Purpose string             `json:"purpose"`
	InPlace bool               `json:"place,omitempty"`
	// Who are the companies, each a text and perhaps the address of its policy.
	Who [][]string `json:"who"`
	// Cookies are rows of name, note, purpose, lifetime and storage.
	Cookies [][5]string `json:"cookies"`
}

type panelContact struct {
	Title string   `json:"title"`
	Lines []string `json:"lines"`
	// Links are pairs of text and address.
	Links [][2]string `json:"links"`
}

// panelProgram gives the panel of one language: the whole inventory in words.
func panelProgram(notice *consent.Notice, lang consent.Language) (program, error) {
	projected, err := projectPanel(notice, lang)
	return program{
		entry: "panel.ts", format: module,
		modules: map[string]any{"panel": projected},
		style:   look(notice.Draft.Site.Look),
	}, err
}

// projectPanel gives what the panel of a language needs of a Notice.
func projectPanel(notice *consent.Notice, lang consent.Language) (*panelNotice, error) {
	draft := &notice.Draft
	texts, err := fixedTexts(lang, "panel.", draft.Site.Wording)
	if err != nil {
		return nil, err
	}
	p := panelReader{draft: draft, lang: lang, texts: texts}
	panel := &panelNotice{
		Number: notice.Number, Published: notice.Published.UTC().Format(time.RFC3339), Heading: draft.Site.Heading,
		Sections: p.sections(), Contacts: p.contacts(), Texts: texts,
		Links: links{Declaration: p.text(draft.Site.Declaration), Privacy: p.text(draft.Site.Privacy)},
	}
	name := "samtykke-" + string(draft.Site.Key)
	texts["own_text"] = strings.NewReplacer(
		"{name}", name, "{organisation}", draft.Organisation.Name,
		"{validity}", draft.Site.Validity.Words(lang), "{retention}", draft.Site.Retention.Words(lang),
	).Replace(texts["own_text"])
	for _, used := range []string{"missing", "transfer", "prefix", "regex", "controller", "dpo", "authority", "off", "off_text"} {
		delete(texts, used) // said by now, where they apply
	}
	return panel, nil
}

// panelReader reads a Draft in one language.
type panelReader struct {
	draft *consent.Draft
	lang  consent.Language
	texts map[string]string
}

func (p *panelReader) text(text consent.Text) string {
	words, _ := text.In(p.lang, p.draft.Site.Languages...)
	return words
}

// sections gives the categories in the site's order, then what is switched off.
// A service stands in every category that it has cookies in or asks for.
func (p *panelReader) sections() []panelSection {
	var sections []panelSection
	for i := range p.draft.Categories {
		category := &p.draft.Categories[i]
		section := panelSection{Key: category.Key, Name: p.text(category.Name), Purpose: p.text(category.Purpose)}
		for j := range p.draft.Services {
			if service := &p.draft.Services[j]; service.Basis != consent.BasisSwitchedOff {
				p.add(&section, service, category.Key)
			}
		}
		if len(section.Services) > 0 {
			sections = append(sections, section)
		}
	}
	off := panelSection{Name: p.texts["off"], Purpose: p.texts["off_text"]}
	for j := range p.draft.Services {
		if service := &p.draft.Services[j]; service.Basis == consent.BasisSwitchedOff {
			p.add(&off, service, "")
		}
	}
	if len(off.Services) > 0 {
		sections = append(sections, off)
	}
	return sections
}

// add puts a service into a section with its cookies of that category; an empty
// category takes all of them.
func (p *panelReader) add(section *panelSection, service *consent.Service, category consent.CategoryKey) {
	asked := false
	for _, ref := range service.Refs() {
		of, _ := ref.Split()
		asked = asked || of == category
	}
	view := panelService{
		Key: service.Key, Name: p.text(service.Name), Purpose: p.text(service.Purpose),
		InPlace: asked && service.Ask == consent.AskInPlace, Cookies: [][5]string{},
	}
	for i := range service.Cookies {
		cookie := &service.Cookies[i]
		if category == "" || cookie.CategoryIn(service) == category {
			view.Cookies = append(view.Cookies, p.row(cookie))
		}
	}
	if !asked && len(view.Cookies) == 0 {
		return
	}
	for _, provider := range append([]consent.Provider{service.Provider}, service.Recipients...) {
		view.Who = append(view.Who, p.company(&provider))
	}
	section.Services = append(section.Services, view)
}

func (p *panelReader) row(cookie *consent.Cookie) [5]string {
	var notes []string
	if cookie.Pattern.Match != consent.MatchExact {
		notes = append(notes, p.texts[string(cookie.Pattern.Match)])
	}
	if cookie.Status != consent.StatusActive {
		notes = append(notes, cookie.Status.Words(p.lang))
	}
	return [5]string{
		cookie.Pattern.Name, strings.Join(notes, ", "), p.text(cookie.Purpose),
		strings.Join(cookie.Lifetime.Words(p.lang), " "),
		cookie.Kind.Words(p.lang) + ", " + cookie.Party.Words(p.lang),
	}
}

// company tells who receives data, where, in which role, and of a transfer.
func (p *panelReader) company(provider *consent.Provider) []string {
	var said []string
	if provider.Name == "" {
		said = append(said, p.texts["missing"], p.text(provider.Missing))
	} else {
		names := []string{provider.Name}
		for _, code := range provider.Country {
			names = append(names, consent.CountryName(code, p.lang))
		}
		said = append(said, fmt.Sprintf("%s (%s).", strings.Join(names, ", "), provider.Role.Words(p.lang)))
	}
	if transfer := provider.Transfer; transfer != nil {
		said = append(said, strings.NewReplacer(
			"{country}", consent.CountryName(transfer.Country, p.lang), "{basis}", transfer.Basis.Words(p.lang),
		).Replace(p.texts["transfer"]))
	}
	company := []string{strings.TrimSpace(strings.Join(said, " "))}
	if provider.Policy != "" {
		company = append(company, provider.Policy)
	}
	return company
}

// contacts gives the three blocks in the order in which to use them.
func (p *panelReader) contacts() []panelContact {
	block := func(key string, contact consent.Contact) panelContact {
		view := panelContact{Title: p.texts[key], Lines: []string{p.text(contact.Name)}, Links: [][2]string{}}
		for _, line := range []string{contact.Phone, contact.Address} {
			if line != "" {
				view.Lines = append(view.Lines, line)
			}
		}
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
