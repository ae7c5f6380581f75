package export

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// ldContext says what the names mean. It stands in every line, so that nobody has
// to fetch it. The names are those of the Data Privacy Vocabulary 2 and of its guide
// to ISO/IEC TS 27560; what that has no name for is ours.
const ldContext = `{"dpv":"https://w3id.org/dpv#","eu-gdpr":"https://w3id.org/dpv/legal/eu/gdpr#",` +
	`"dct":"http://purl.org/dc/terms/","skos":"http://www.w3.org/2004/02/skos/core#",` +
	`"xsd":"http://www.w3.org/2001/XMLSchema#","samtykke":"urn:samtykke:terms:",` +
	`"dct:created":{"@type":"xsd:dateTime"},"dct:issued":{"@type":"xsd:dateTime"},"dct:valid":{"@type":"xsd:dateTime"},` +
	`"dpv:isIndicatedAtTime":{"@type":"xsd:dateTime"},"dpv:hasDuration":{"@type":"xsd:duration"},` +
	`"dct:creator":{"@type":"@id"},"dpv:hasNotice":{"@type":"@id"},"dpv:isAfter":{"@type":"@id"},` +
	`"dpv:isIndicatedBy":{"@type":"@id"},"dpv:hasLegalBasis":{"@type":"@id"},"dpv:hasRight":{"@type":"@id"},"skos:broader":{"@type":"@id"},` +
	`"skos:prefLabel":{"@container":"@language"},"skos:definition":{"@container":"@language"},` +
	`"dpv:hasName":{"@container":"@language"},"samtykke:address":{"@container":"@language"}}`

// ldRecord is a decision: the record of ISO/IEC TS 27560. Everything that is the
// same for all who saw a notice is in the notice's line, to which it refers.
type ldRecord struct {
	Context    json.RawMessage  `json:"@context"`
	ID         string           `json:"@id"`
	Type       string           `json:"@type"`
	Schema     string           `json:"dct:conformsTo"`
	Identifier string           `json:"dpv:hasIdentifier"`
	Created    string           `json:"dct:created"`
	Creator    string           `json:"dct:creator"`
	Language   consent.Language `json:"dct:language"`
	Subject    *ldSubject       `json:"dpv:hasDataSubject,omitempty"` // absent when a refusal is counted only
	Notice     string           `json:"dpv:hasNotice"`
	NoticeHash string           `json:"samtykke:noticeHash"`
	Bundle     consent.BundleID `json:"samtykke:bundle"`
	BundleHash string           `json:"samtykke:bundleHash"`
	Site       consent.SiteKey  `json:"samtykke:site"`
	Hosts      []string         `json:"samtykke:scopeHosts"`
	Event      string           `json:"samtykke:eventType"`
	Status     ldStatus         `json:"dpv:hasConsentStatus"`
	Processes  []ldAnswer       `json:"dpv:hasProcess"`
	Previous   *string          `json:"dpv:isAfter"`
	Signals    map[string]bool  `json:"samtykke:signals"`
	Skew       int64            `json:"samtykke:skewSeconds"`
	Frozen     bool             `json:"samtykke:frozen"`        // kept, not to be used
	Right      string           `json:"dpv:hasRight,omitempty"` // restriction (GDPR art. 18), of what is frozen
}

type ldSubject struct {
	Type       string `json:"@type"`
	Identifier string `json:"dpv:hasIdentifier"` // visitor key, base64url
}

// ldStatus is the event: what was decided, when, by whom and how.
type ldStatus struct {
	Type   []string       `json:"@type"`
	State  consent.State  `json:"samtykke:state"`
	Time   string         `json:"dpv:isIndicatedAtTime"`
	By     string         `json:"dpv:isIndicatedBy"`
	Method consent.Method `json:"dpv:hasIndicationMethod"`
	Layer  consent.Layer  `json:"samtykke:layer"`
	Valid  *string        `json:"dct:valid"` // until; null for one showing only
}

// ldAnswer is the answer to one question: a category, or a service of one.
type ldAnswer struct {
	Type    string    `json:"@type"`
	Purpose ldPurpose `json:"dpv:hasPurpose"`
	Status  ldVerdict `json:"dpv:hasConsentStatus"`
	Basis   string    `json:"dpv:hasLegalBasis"`
	Granted bool      `json:"samtykke:granted"`
}

type ldPurpose struct {
	ID  string `json:"@id"`
	Key string `json:"dct:identifier"`
}

type ldVerdict struct {
	Type []string `json:"@type"`
}

// LD writes lines of JSON-LD: a notice before the first decision that
// refers to it, and the decisions.
type LD struct {
	lines   *json.Encoder
	written map[consent.NoticeNumber]bool
}

// NewLD makes one; the lines of some notices may be written already.
func NewLD(out io.Writer, written []consent.NoticeNumber) *LD {
	x := &LD{lines: NewJSON(out).lines, written: map[consent.NoticeNumber]bool{}}
	for _, number := range written {
		x.written[number] = true
	}
	return x
}

// Begin has nothing to write.
func (x *LD) Begin() error { return nil }

// Put writes a decision, and its notice before the first that refers to it.
func (x *LD) Put(entry *consent.Entry, shared *Circumstance) error {
	if !x.written[entry.Notice] {
		if err := x.lines.Encode(newLDNotice(shared.Notice)); err != nil {
			return err
		}
		x.written[entry.Notice] = true
	}
	return x.lines.Encode(newLDRecord(entry, shared))
}

// Finish has nothing to write.
func (x *LD) Finish() error { return nil }

func newLDRecord(entry *consent.Entry, shared *Circumstance) *ldRecord {
	draft := &shared.Notice.Draft
	made := shared.Record(entry)
	out := &ldRecord{
		Context: json.RawMessage(ldContext), ID: "urn:uuid:" + made.ID, Type: "dpv:ConsentRecord", Schema: RecordSchema, Identifier: made.ID,
		Created: made.Time, Creator: controllerID(draft), Language: entry.Language,
		Notice: noticeID(draft, entry.Notice), NoticeHash: made.NoticeHash, Bundle: made.Bundle, BundleHash: made.BundleHash,
		Site: made.Site, Hosts: made.Hosts, Event: made.Event,
		Status: ldStatus{
			Type: []string{stateTerm(entry.State), "dpv:ExpressedConsent"}, State: entry.State, Time: made.Time,
			By: entityTerm(entry.Method), Method: entry.Method, Layer: entry.Layer, Valid: made.ValidUntil,
		},
		Processes: ldAnswers(entry),
		Signals:   map[string]bool{"gpc": entry.GPC}, Skew: int64(entry.Skew / time.Second), Frozen: entry.Frozen,
	}
	if entry.Frozen {
		out.Right = "eu-gdpr:A18"
	}
	if entry.Visitor != (consent.VisitorKey{}) {
		out.Subject = &ldSubject{"dpv:DataSubject", base64.RawURLEncoding.EncodeToString(entry.Visitor[:])}
	}
	if made.Previous != nil {
		previous := "urn:uuid:" + *made.Previous
		out.Previous = &previous
	}
	return out
}

// ldAnswers gives every answer, categories before services.
func ldAnswers(entry *consent.Entry) []ldAnswer {
	answers := make([]ldAnswer, 0, len(entry.Choice.Categories)+len(entry.Choice.Services))
	add := func(key string, granted bool) {
		term := "dpv:ConsentGiven"
		if !granted {
			term = "dpv:ConsentRefused"
			if entry.State == consent.StateWithdrawn || entry.State == consent.StateExpired {
				term = stateTerm(entry.State)
			}
		}
		answers = append(answers, ldAnswer{
			Type: "dpv:Process", Purpose: ldPurpose{purposeID(entry.Site, entry.Notice, key), key},
			Status: ldVerdict{[]string{term}}, Basis: "eu-gdpr:A6-1-a", Granted: granted,
		})
	}
	for _, key := range sortedKeys(entry.Choice.Categories) {
		add(string(key), entry.Choice.Categories[key])
	}
	for _, ref := range sortedKeys(entry.Choice.Services) {
		add(string(ref), entry.Choice.Services[ref])
	}
	return answers
}

// stateTerm gives the vocabulary's word. It has none for a part: those answers say
// for themselves what they are.
func stateTerm(state consent.State) string {
	switch state {
	case consent.StateGiven:
		return "dpv:ConsentGiven"
	case consent.StateRefused:
		return "dpv:ConsentRefused"
	case consent.StateWithdrawn:
		return "dpv:ConsentWithdrawn"
	case consent.StateExpired:
		return "dpv:ConsentExpired"
	default:
		return "dpv:ConsentStatus"
	}
}

func entityTerm(method consent.Method) string {
	if Entity(method) == "system" {
		return "dpv:DataController"
	}
	return "dpv:DataSubject"
}

func noticeID(draft *consent.Draft, number consent.NoticeNumber) string {
	return fmt.Sprintf("urn:samtykke:%s:notice:%d", draft.Site.Key, number)
}

func purposeID(site consent.SiteKey, number consent.NoticeNumber, key string) string {
	return fmt.Sprintf("urn:samtykke:%s:notice:%d:%s", site, number, key)
}

func controllerID(draft *consent.Draft) string {
	return "urn:samtykke:organisation:" + string(draft.Organisation.ID)
}
