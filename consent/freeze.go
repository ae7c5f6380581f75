package consent

import (
	"encoding/json"
	"time"

	"github.com/gowebpki/jcs"
)

// noticeSchema names the form of a Notice's JSON. A later form gets another
// name; this one can be read for as long as a Decision refers to it.
const noticeSchema = "notice/1"

// published is a Notice as its JSON has it.
type published struct {
	Schema    string       `json:"schema"`
	Number    NoticeNumber `json:"number"`
	Published string       `json:"published"` // RFC 3339, UTC, whole seconds
	Draft     Draft        `json:"draft"`
}

// Freeze makes a Draft into the Notice of that number: canonical JSON (RFC
// 8785) without the notes that are for the editors only, and its hash. The same
// input gives the same bytes on every machine. A Draft with faults is refused:
// the error is its Problems.
func Freeze(draft Draft, number NoticeNumber, now time.Time) (*Notice, error) {
	if faults := draft.Validate().Faults(); len(faults) > 0 {
		return nil, faults
	}
	if number < 1 {
		return nil, Errorf(Invalid, "notice_number", "Notices are numbered from 1, not %d: use the current number plus one.", number)
	}
	loose, err := json.Marshal(published{
		Schema: noticeSchema, Number: number,
		Published: now.UTC().Format(time.RFC3339), Draft: publicDraft(draft),
	})
	if err != nil {
		return nil, err
	}
	canonical, err := jcs.Transform(loose)
	if err != nil {
		return nil, err
	}
	return ParseNotice(canonical)
}

// ParseNotice reads the JSON of a Notice and takes its hash. It reads only what
// Freeze wrote; anything else is Invalid (malformed_notice).
func ParseNotice(data []byte) (*Notice, error) {
	var p published
	if err := json.Unmarshal(data, &p); err != nil {
		return nil, &Error{Kind: Invalid, Code: "malformed_notice", Message: "This is not the JSON of a notice: give the bytes as they were published.", Err: err}
	}
	if p.Schema != noticeSchema {
		return nil, Errorf(Invalid, "malformed_notice", "The notice has the schema %q and this program reads %q: use the program that published it, or a newer one.", p.Schema, noticeSchema)
	}
	at, err := time.Parse(time.RFC3339, p.Published)
	if err != nil || p.Number < 1 {
		return nil, Errorf(Invalid, "malformed_notice", "The notice lacks its number or time: give the bytes as they were published.")
	}
	return &Notice{Number: p.Number, Hash: HashOf(data), Published: at.UTC(), JSON: data, Draft: p.Draft}, nil
}

// publicDraft copies the draft without notes, and with empty lists in place of
// absent ones, so that whoever reads the JSON meets a list.
func publicDraft(draft Draft) Draft {
	draft.Categories = list(draft.Categories)
	draft.Services = list(draft.Services)
	draft.Site.Origins = list(draft.Site.Origins)
	draft.Site.Languages = list(draft.Site.Languages)
	for i := range draft.Services {
		s := &draft.Services[i]
		s.Notes = nil
		s.DataCategories = list(s.DataCategories)
		s.Provider.Country = list(s.Provider.Country)
		s.Recipients = append([]Provider(nil), s.Recipients...)
		for j := range s.Recipients {
			s.Recipients[j].Country = list(s.Recipients[j].Country)
		}
		s.Cookies = list(s.Cookies)
		for j := range s.Cookies {
			s.Cookies[j].Notes = nil
		}
	}
	return draft
}

// list copies a list; an absent one becomes empty.
func list[T any](from []T) []T { return append(make([]T, 0, len(from)), from...) }
