// Package answer makes the answer to a data subject who asks what is known of
// them (GDPR art. 15): a copy of the Decisions, what each Notice said, and the
// information of art. 15(1)(a) to (h) and 15(2). It takes from the Notices what
// they know, and knows no store.
package answer

import (
	"slices"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

// Material is what an answer is made of.
type Material struct {
	Entries []consent.Entry // of one visitor on one Site, oldest first; at least one
	// Notices are all that the Decisions refer to.
	Notices map[consent.NoticeNumber]*consent.Notice
	// Current is the newest Notice: its contacts and retention apply now.
	Current *consent.Notice
	// Bundles are the hashes of the main files; one may be missing.
	Bundles map[consent.BundleID]consent.Hash
	// Places are where the Decisions stand in the ledger; one may be missing.
	Places map[consent.DecisionID]consent.Proof
	// Proofs are their receipts (C2SP tlog-proof); one may be missing.
	Proofs map[consent.DecisionID]string
	// Restrictions are when and why the frozen Decisions were frozen; one may be
	// missing.
	Restrictions map[consent.DecisionID]consent.Restriction
	// Base is the external address of the server, "" when it is not known: then
	// the answer has no links to it.
	Base string
	// Language is the one that the answer is wanted in, "" for the Site's first.
	Language consent.Language
	Now      time.Time
}

// edition makes one answer.
type edition struct {
	web.Reader
	Material
	draft   *consent.Draft                  // of the current Notice
	missing map[string][]consent.ServiceKey // what the Notices do not state, by item
}

// stamp is RFC 3339 to the millisecond.
const stamp = "2006-01-02T15:04:05.000Z07:00"

// Page makes the answer.
func Page(m Material) *web.AnswerPage {
	draft := &m.Current.Draft
	if m.Language == "" {
		m.Language = draft.Site.Languages[0]
	}
	words, lang := web.AnswerWordsIn(m.Language)
	e := &edition{Reader: web.Reader{Lang: lang, Words: words, Offered: draft.Site.Languages}, Material: m, draft: draft, missing: make(map[string][]consent.ServiceKey)}
	page := &web.AnswerPage{
		Document: e.Document(web.AnswerSchema, "answer_heading", "answer_lede", draft, m.Now),
		Scope:    words.Fill("answer_scope", "date", words.Exact(m.Now)),
		Privacy:  e.text(draft.Site.Privacy), Rights: e.text(draft.Site.Rights),
		Count: e.count(), Decisions: e.decisions(), Notices: e.notices(), Items: e.items(),
		RightsList: e.rights(), Contacts: e.Contacts(draft), Ledger: e.ledger(),
	}
	page.Missing = e.missing
	return page
}

// lacks notes that a Notice does not state something of a service.
func (e *edition) lacks(item string, service *consent.Service) {
	if !slices.Contains(e.missing[item], service.Key) {
		e.missing[item] = append(e.missing[item], service.Key)
	}
}

// text gives a text without its language.
func (e *edition) text(text consent.Text) string { return e.Wording(text).Text }

func (e *edition) count() string {
	if len(e.Entries) == 1 {
		return e.Words["answer_count_one"]
	}
	return e.Words.Fill("answer_count_other", "count", len(e.Entries))
}
