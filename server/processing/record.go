// Package processing makes a site's record of processing activities (GDPR art.
// 30(1)): each service of the inventory, and the log of Decisions. It takes what
// a Notice says, and says what is missing in it. It knows no store.
package processing

import (
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

// Material is what a record is made of.
type Material struct {
	Draft *consent.Draft
	// Entry is the Notice that Draft was published as; zero when it was not.
	Entry consent.NoticeEntry
	// Language is the one that the record is wanted in, "" for the Site's first.
	Language consent.Language
	Now      time.Time
}

// edition makes one record.
type edition struct {
	web.Reader
	draft *consent.Draft
}

// Page makes the record.
func Page(m Material) *web.RecordPage {
	draft := m.Draft
	if m.Language == "" {
		m.Language = draft.Site.Languages[0]
	}
	words, lang := web.RecordWordsIn(m.Language)
	e := &edition{Reader: web.Reader{Lang: lang, Words: words, Offered: draft.Site.Languages}, draft: draft}
	made := words.Clock(m.Now)
	page := &web.RecordPage{
		Document: e.Document(web.RecordSchema, "record_heading", "record_lede", draft, m.Now),
		Common:   e.common(), Activities: e.activities(), Off: e.off(),
	}
	if m.Entry.Number == 0 {
		page.Draft, page.Source = true, words.Fill("record_source_draft", "made", made)
	} else {
		page.Notice, page.Hash, page.Published = m.Entry.Number, m.Entry.Hash.String(), m.Entry.Published.UTC().Format(time.RFC3339)
		page.Source = words.Fill("record_source", "number", page.Notice, "published", words.Clock(m.Entry.Published), "made", made)
	}
	page.Missing = missing(page.Common)
	for i := range page.Activities {
		page.Missing += missing(page.Activities[i].Items)
	}
	page.Count = words.Fill("record_count", "count", page.Missing)
	return page
}

func missing(items []web.RecordItem) int {
	count := 0
	for _, item := range items {
		for _, text := range item.Texts {
			if text.Missing {
				count++
			}
		}
	}
	return count
}

func (e *edition) activities() []web.RecordActivity {
	all := make([]web.RecordActivity, 0, 1+len(e.draft.Services))
	for _, category := range e.draft.Categories {
		for i := range e.draft.Services {
			if service := &e.draft.Services[i]; service.Category == category.Key && service.Basis != consent.BasisSwitchedOff {
				all = append(all, e.service(service, &category))
			}
		}
	}
	return append(all, e.log())
}

// off names the services that process nothing any more.
func (e *edition) off() []web.Wording {
	all := []web.Wording{}
	for i := range e.draft.Services {
		if service := &e.draft.Services[i]; service.Basis == consent.BasisSwitchedOff {
			all = append(all, e.Wording(service.Name))
		}
	}
	return all
}

// common gives what art. 30(1)(a) asks for and no activity changes.
func (e *edition) common() []web.RecordItem {
	contacts := e.Contacts(e.draft)
	controller := append([]web.RecordText{plain(e.draft.Organisation.Name)}, e.contact(&contacts[0])...)
	return []web.RecordItem{
		e.item("controller", "30(1)(a)", e.Words["controller"], controller),
		e.item("dpo", "30(1)(a)", e.Words["dpo"], e.contact(&contacts[1])),
	}
}

// contact tells how a role is reached.
func (e *edition) contact(contact *web.Contact) []web.RecordText {
	all := []web.RecordText{said(contact.Name)}
	if contact.Name.Text == "" {
		all[0] = e.missing("record_no_name")
	}
	if contact.Number != "" {
		all = append(all, plain(e.Words.Fill("record_number", "number", contact.Number)))
	}
	ways := e.channels(contact.Channels())
	if len(ways) == 0 {
		ways = append(ways, e.missing("record_no_contact"))
	}
	return append(all, ways...)
}

// channels tells how somebody is reached, or nothing.
func (e *edition) channels(c consent.Channels) []web.RecordText {
	var all []web.RecordText
	for _, way := range []struct{ label, text string }{
		{"email", c.Email}, {"phone", c.Phone}, {"address", c.Address},
	} {
		if way.text != "" {
			all = append(all, plain(e.Words[way.label]+": "+way.text))
		}
	}
	if c.URL != "" {
		text := plain(e.Words["website"] + ":")
		text.URL = c.URL
		all = append(all, text)
	}
	return all
}
