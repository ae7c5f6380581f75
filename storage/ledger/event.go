package ledger

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// EventKind says what an event did.
type EventKind string

// The kinds of events.
const (
	// Erase: the records at the spans are gone, because somebody asked.
	Erase EventKind = "erase"
	// Expire: the records at the spans are gone, because their time was up.
	Expire EventKind = "expire"
	// Begin: this shard goes on where another broke off, and quotes the last
	// checkpoint that is known of it.
	Begin EventKind = "begin"
	// Rotate: from here on another key signs.
	Rotate EventKind = "rotate"
)

// Event is a leaf about the tree itself. It holds nothing about a visitor.
type Event struct {
	Kind       EventKind `json:"event"`
	Time       time.Time `json:"time"` // UTC, milliseconds
	Actor      string    `json:"actor,omitempty"`
	Reason     string    `json:"reason,omitempty"`
	Origin     string    `json:"origin,omitempty"`     // of the tree that the spans are in, when it is an earlier part; of Begin, that part when only its key is left
	Spans      []Span    `json:"spans,omitempty"`      // of Erase and Expire, ascending
	Notice     string    `json:"notice,omitempty"`     // of Expire: SHA-256 of the notice that said how long records are kept, hexadecimal
	Checkpoint string    `json:"checkpoint,omitempty"` // of Begin
	Held       string    `json:"held,omitempty"`       // of Begin: the checkpoint of what the database still had of that part
	Key        string    `json:"key,omitempty"`        // of Rotate: the new verifier key
}

// Encode gives the event's bytes.
func (e *Event) Encode() ([]byte, error) {
	whole := *e
	whole.Time = e.Time.UTC().Truncate(time.Millisecond)
	return json.Marshal(whole)
}

// ParseEvent reads an event. It accepts only the bytes that Encode writes.
func ParseEvent(data []byte) (*Event, error) {
	var e Event
	if err := json.Unmarshal(data, &e); err != nil {
		return nil, fmt.Errorf("the event cannot be read: %w", err)
	}
	again, err := e.Encode()
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(again, data) {
		return nil, errors.New("the event is not written as this program writes events")
	}
	return &e, nil
}

// Removes says that the event names records that are gone.
func (e *Event) Removes() bool { return e.Kind == Erase || e.Kind == Expire }
