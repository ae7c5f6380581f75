package consent

import "time"

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
