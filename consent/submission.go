package consent

import (
	"bytes"
	"encoding/base64"
	"strconv"
	"strings"
)

// maxPath is how many hashes a proof of growth may have (C2SP tlog-witness).
const maxPath = 63

// Submission is a checkpoint with the proof that it extends an earlier one, as
// it is sent to a witness (C2SP tlog-witness, add-checkpoint).
type Submission struct {
	From       int64  // size of the earlier one; 0 for none
	Path       []Hash // RFC 6962, section 2.1.2
	Checkpoint []byte // signed
}

// Encode gives the body of the request.
func (s *Submission) Encode() []byte {
	var text bytes.Buffer
	text.WriteString("old " + strconv.FormatInt(s.From, 10) + "\n")
	for _, hash := range s.Path {
		text.WriteString(base64.StdEncoding.EncodeToString(hash[:]) + "\n")
	}
	text.WriteString("\n")
	text.Write(s.Checkpoint)
	return text.Bytes()
}

// ParseSubmission reads the body of a request.
func ParseSubmission(body []byte) (*Submission, error) {
	malformed := func(message string) (*Submission, error) {
		return nil, Errorf(Invalid, "malformed", "This is no checkpoint with its proof: %s.", message)
	}
	head, checkpoint, found := strings.Cut(string(body), "\n\n")
	lines := strings.Split(head, "\n")
	number, isOld := strings.CutPrefix(lines[0], "old ")
	from, err := strconv.ParseInt(number, 10, 64)
	switch {
	case !found:
		return malformed("an empty line belongs before the checkpoint")
	case !isOld || err != nil || from < 0 || strconv.FormatInt(from, 10) != number:
		return malformed("the first line is the word old and a size")
	case len(lines)-1 > maxPath:
		return malformed("no proof has more than 63 hashes")
	}
	s := &Submission{From: from, Checkpoint: []byte(checkpoint)}
	for _, line := range lines[1:] {
		hash, err := base64.StdEncoding.Strict().DecodeString(line)
		if err != nil || len(hash) != len(Hash{}) || strings.Contains(line, "\r") {
			return malformed("each line of the proof is one hash in base64")
		}
		s.Path = append(s.Path, Hash(hash))
	}
	return s, nil
}
