package web

import "github.com/samtykke/samtykke/consent"

// RecordSchema names the form of a RecordPage as JSON. Fields may be added; none
// changes its meaning.
const RecordSchema = "processing-record/1"

// RecordPage is a site's record of processing activities (GDPR art. 30(1)), as a
// page and, with the same content, as JSON.
type RecordPage struct {
	Document
	Draft      bool                 `json:"draft"`                 // made from what is not published
	Notice     consent.NoticeNumber `json:"notice,omitempty"`      // that it is made from
	Published  string               `json:"published,omitempty"`   // RFC 3339, UTC
	Hash       string               `json:"notice_hash,omitempty"` // SHA-256
	Source     string               `json:"source"`
	Count      string               `json:"-"`
	Common     []RecordItem         `json:"common"` // of every activity: controller and data protection officer
	Activities []RecordActivity     `json:"activities"`
	Off        []Wording            `json:"switched_off"` // services that process nothing any more
	Missing    int                  `json:"missing"`      // texts that say that something is missing
}

// Render gives the page as HTML (UTF-8).
func (p *RecordPage) Render() ([]byte, error) { return render("record.html", p) }

// RecordActivity is one processing activity.
type RecordActivity struct {
	Kind     string             `json:"kind"` // service, or log for the log of Decisions
	Service  consent.ServiceKey `json:"service,omitempty"`
	ID       string             `json:"-"` // of the element
	Name     Wording            `json:"name"`
	Category *Wording           `json:"category,omitempty"` // of a service
	Items    []RecordItem       `json:"items"`
}

// RecordItem is one thing that the record must hold.
type RecordItem struct {
	Item    string       `json:"item"`    // stable: purposes, recipients and so on
	Article string       `json:"article"` // of the GDPR
	Title   string       `json:"title"`
	Label   string       `json:"-"` // the title with its letter in art. 30(1)
	Texts   []RecordText `json:"texts"`
}

// RecordText is a sentence of the record. Missing says that it tells of something
// that the record must hold and the Notice does not say.
type RecordText struct {
	AnswerText
	Missing bool `json:"missing,omitempty"`
}

// itemsBlock is what the part of the template gets that lists items.
type itemsBlock struct {
	Words Words
	Items []RecordItem
}
