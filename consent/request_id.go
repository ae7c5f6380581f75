package consent

import (
	"strings"
	"time"
)

// RequestID is a UUID version 7 (RFC 9562) made by this program.
type RequestID [16]byte

// NewRequestID makes an id of a moment and what is random.
func NewRequestID(now time.Time, random [10]byte) (id RequestID) {
	for i, ms := 5, now.UnixMilli(); i >= 0; i, ms = i-1, ms>>8 {
		id[i] = byte(ms)
	}
	copy(id[6:], random[:])
	id[6], id[8] = id[6]&0x0f|0x70, id[8]&0x3f|0x80
	return id
}

// ParseRequestID reads the one canonical spelling, as ParseDecisionID does.
func ParseRequestID(text string) (RequestID, error) {
	id, err := ParseDecisionID(text)
	return RequestID(id), err
}

// String gives the canonical spelling.
func (id RequestID) String() string { return DecisionID(id).String() }

// MarshalText writes the canonical spelling.
func (id RequestID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// ForRequest completes what an Act was about with the request for whose sake it was done;
// nothing changes for the zero id.
func ForRequest(object string, id RequestID) string {
	if id == (RequestID{}) {
		return object
	}
	return strings.TrimSpace(object + forRequest + id.String())
}

const forRequest = " request="

// CutRequest gives what an Act was about without the request for whose sake it was done,
// and that one; "" for none.
func CutRequest(object string) (rest, request string) {
	before, after, found := strings.Cut(object, forRequest)
	if !found {
		return object, ""
	}
	id, more, _ := strings.Cut(after, " ")
	if _, err := ParseRequestID(id); err != nil {
		return object, ""
	}
	return strings.TrimSpace(before + " " + more), id
}

// RequestOf gives the request that an Act is about or was done for, "" for none.
func (a *Act) RequestOf() string {
	if _, id := CutRequest(a.Object); id != "" {
		return id
	}
	if action := strings.TrimPrefix(a.Action, "api."); !strings.HasPrefix(action, "request.") {
		return ""
	}
	for word := range strings.FieldsSeq(a.Object) {
		if id, err := ParseRequestID(word); err == nil {
			return id.String()
		}
	}
	return ""
}
