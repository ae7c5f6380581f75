package consent

import "encoding/hex"

// ParseDecisionID reads a UUID version 7 in its one canonical spelling: lower
// case, hyphens, variant of RFC 9562. Another spelling of the same id would
// make two keys of one Decision, so it is refused (Invalid, malformed_id).
func ParseDecisionID(s string) (DecisionID, error) {
	var id DecisionID
	if len(s) != 36 || s[8] != '-' || s[13] != '-' || s[18] != '-' || s[23] != '-' {
		return DecisionID{}, malformedID()
	}
	digits := s[:8] + s[9:13] + s[14:18] + s[19:23] + s[24:]
	if !isLowerHex(digits) {
		return DecisionID{}, malformedID()
	}
	if _, err := hex.Decode(id[:], []byte(digits)); err != nil {
		return DecisionID{}, malformedID()
	}
	if id[6]>>4 != 7 || id[8]>>6 != 0b10 {
		return DecisionID{}, malformedID()
	}
	return id, nil
}

func malformedID() error {
	return Errorf(Invalid, "malformed_id",
		"The id is not a UUID version 7: write it in lower case with hyphens, such as 0195f3a0-0000-7000-8000-000000000000.")
}

func isLowerHex(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// Made gives the time that the browser put into the id, in milliseconds since 1970.
func (id DecisionID) Made() int64 {
	return int64(id[0])<<40 | int64(id[1])<<32 | int64(id[2])<<24 | int64(id[3])<<16 | int64(id[4])<<8 | int64(id[5])
}

// IsZero says that there is no id, as in the Previous of a first Decision.
func (id DecisionID) IsZero() bool { return id == DecisionID{} }

// String gives the canonical spelling, and nothing for the zero id.
func (id DecisionID) String() string {
	if id.IsZero() {
		return ""
	}
	var out [36]byte
	hex.Encode(out[:8], id[:4])
	hex.Encode(out[9:13], id[4:6])
	hex.Encode(out[14:18], id[6:8])
	hex.Encode(out[19:23], id[8:10])
	hex.Encode(out[24:], id[10:])
	out[8], out[13], out[18], out[23] = '-', '-', '-', '-'
	return string(out[:])
}

// MarshalText writes the canonical spelling.
func (id DecisionID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText reads the canonical spelling; nothing is the zero id.
func (id *DecisionID) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*id = DecisionID{}
		return nil
	}
	parsed, err := ParseDecisionID(string(text))
	if err != nil {
		return err
	}
	*id = parsed
	return nil
}
