package web

import "github.com/samtykke/samtykke/consent"

// AnswerSchema names the form of an AnswerPage as JSON. Fields may be added;
// none changes its meaning.
const AnswerSchema = "access-answer/1"

// AnswerPage is the answer to a data subject who asks what is known of them
// (GDPR art. 15), as a page and, with the same content, as JSON.
type AnswerPage struct {
	Document
	Scope      string           `json:"scope"`
	Privacy    string           `json:"privacy_statement,omitempty"` // address
	Rights     string           `json:"rights_page,omitempty"`       // address
	Count      string           `json:"-"`
	Decisions  []AnswerDecision `json:"decisions"`
	Notices    []AnswerNotice   `json:"notices"`
	Items      []AnswerItem     `json:"items"`
	RightsList []AnswerRight    `json:"rights"`
	Contacts   []Contact        `json:"contacts"`
	Ledger     AnswerLedger     `json:"ledger"`
	// Missing are the services of which the Notices do not state something, by item.
	Missing map[string][]consent.ServiceKey `json:"-"`
}

// Render gives the page as HTML (UTF-8).
func (p *AnswerPage) Render() ([]byte, error) { return render("answer.html", p) }

// AnswerDecision is a copy of one Decision: all that is stored about it.
type AnswerDecision struct {
	ID         string           `json:"id"`
	Heading    string           `json:"-"`
	Time       string           `json:"time"` // RFC 3339, UTC, milliseconds
	State      consent.State    `json:"state"`
	Method     consent.Method   `json:"method"`
	Layer      consent.Layer    `json:"layer"`
	Language   consent.Language `json:"language"`
	Choice     consent.Choice   `json:"choice"`
	Answers    []AnswerChoice   `json:"answers"` // the choice in words
	Previous   *string          `json:"previous"`
	GPC        bool             `json:"gpc"`
	Skew       int64            `json:"skew_seconds"`
	Visitor    *string          `json:"visitor"` // digest of the key, base64url
	ValidUntil *string          `json:"valid_until"`
	Deleted    *string          `json:"deleted"` // when its retention ends; null while it is frozen
	Frozen     bool             `json:"frozen"`  // restricted (GDPR art. 18)
	// FrozenSince and FrozenReason are null when it is not frozen, or nobody knows.
	FrozenSince  *string                    `json:"frozen_since"`
	FrozenReason *consent.RestrictionReason `json:"frozen_reason"`
	Notice       consent.NoticeNumber       `json:"notice"`
	NoticeHash   string                     `json:"notice_hash"`
	Bundle       consent.BundleID           `json:"bundle"`
	BundleHash   string                     `json:"bundle_hash"`
	Origin       string                     `json:"ledger"` // names the tree
	Index        int64                      `json:"index"`  // of its leaf
	Proof        string                     `json:"proof"`  // C2SP tlog-proof, "" when it is missing
	Facts        []AnswerFact               `json:"-"`      // the same in words
}

// AnswerChoice is the answer about one category or service.
type AnswerChoice struct {
	Key     string  `json:"key"` // category, or category/service
	Name    Wording `json:"name"`
	Granted bool    `json:"granted"`
}

// AnswerFact is one line about a Decision. Code is what is compared sign by sign.
type AnswerFact struct {
	Label string
	Text  string
	Code  string
}

// AnswerNotice is what the visitor was told.
type AnswerNotice struct {
	Number     consent.NoticeNumber `json:"number"`
	Published  string               `json:"published"` // RFC 3339, UTC
	Hash       string               `json:"hash"`
	Heading    string               `json:"-"`
	Permalink  string               `json:"permalink,omitempty"`
	Categories []AnswerCategory     `json:"categories"`
}

// AnswerCategory is a Category of a Notice with its Services.
type AnswerCategory struct {
	Key      consent.CategoryKey `json:"key"`
	Name     Wording             `json:"name"`
	Purpose  Wording             `json:"purpose"`
	Services []AnswerService     `json:"services"`
}

// AnswerService is a Service of a Notice in short.
type AnswerService struct {
	Key       consent.ServiceKey `json:"key"`
	Name      Wording            `json:"name"`
	Purpose   Wording            `json:"purpose"`
	Companies []AnswerText       `json:"companies"`
	Basis     string             `json:"basis"`
	Device    string             `json:"on_device"` // names and lifetimes
}

// AnswerItem is one thing that the data subject has a right to know.
type AnswerItem struct {
	Item     string       `json:"item"`    // stable: purposes, data_categories and so on
	Article  string       `json:"article"` // of the GDPR
	Title    string       `json:"title"`
	Log      []string     `json:"log"`      // of the log of Decisions
	Services []AnswerLine `json:"services"` // of the services that work without consent, or were granted
	// Groups are the same services, those together of which the same is said.
	Groups []AnswerGroup `json:"-"`
}

// AnswerGroup is what is said of some services alike.
type AnswerGroup struct {
	Names []Wording
	Texts []AnswerText
}

// AnswerLine is what is said of one service.
type AnswerLine struct {
	Service consent.ServiceKey `json:"service"`
	Name    Wording            `json:"name"`
	Texts   []AnswerText       `json:"texts"`
}

// AnswerText is a sentence, with the address that it speaks of when there is one.
type AnswerText struct {
	Wording
	URL string `json:"url,omitempty"`
}

// AnswerRight is one right of the data subject.
type AnswerRight struct {
	Right string `json:"right"` // stable
	Title string `json:"title"`
	Text  string `json:"text"`
}

// AnswerLedger is what makes the copy checkable.
type AnswerLedger struct {
	Trees    []AnswerTree `json:"trees"`
	Verifier string       `json:"verifier,omitempty"` // address
	Keys     string       `json:"keys,omitempty"`     // address
}

// AnswerTree is a tree in which Decisions of the answer stand.
type AnswerTree struct {
	Origin     string `json:"origin"`
	Heading    string `json:"-"`
	Checkpoint string `json:"checkpoint"` // signed note (C2SP tlog-checkpoint)
}
