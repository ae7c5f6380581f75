package api

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// repeatHeader names what a program asks for, so that it may ask again when it did not
// hear the answer (draft-ietf-httpapi-idempotency-key-header).
const repeatHeader = "Idempotency-Key"

// maxRepeat is how long it may be, in characters.
const maxRepeat = 255

// once has a route make something once for each Idempotency-Key. Everything else that
// changes something can be sent twice and does it once: by If-Match, by where it leads,
// or because it is refused the second time.
func (r *request) once(to *route) (*answer, error) {
	name := r.c.Get(repeatHeader)
	if !to.makes || name == "" {
		return to.handle(r)
	}
	if quotes := len(name) > 2 && strings.HasPrefix(name, `"`) && strings.HasSuffix(name, `"`); quotes { // as the draft has it
		name = name[1 : len(name)-1]
	}
	if len(name) > maxRepeat || strings.ContainsFunc(name, func(c rune) bool { return c <= ' ' || c > '~' }) {
		return nil, &fault{status: http.StatusBadRequest, code: "malformed", detail: "An Idempotency-Key has at most 255 visible characters of ASCII, such as a UUID."}
	}
	repeat := &consent.Repeat{
		ID:      consent.HashOf([]byte(string(r.key.ID) + "\x00" + name)),
		Request: consent.HashOf([]byte(r.c.Method() + " " + r.c.Path() + "\x00" + string(r.c.Request().Body()))),
	}
	known, err := r.Store.BeginRepeat(consent.WithoutAct(r.ctx), repeat.ID, repeat.Request, r.Clock())
	if err != nil {
		return nil, err
	}
	if known != nil {
		return r.repeated(to, known, repeat)
	}
	return r.first(to, repeat)
}

// repeated answers what was asked for before.
func (r *request) repeated(to *route, known, now *consent.Repeat) (*answer, error) {
	switch {
	case known.Request != now.Request:
		return nil, &fault{status: http.StatusUnprocessableEntity, code: "key_reused", detail: "The Idempotency-Key was used for something else. Choose another one for each thing."}
	case known.Status == 0:
		return nil, &fault{
			status: http.StatusConflict, code: "answered_before",
			detail: "This was asked for before, and the answer is not kept: it is not ready yet, it held something secret, or the server did not live to give it. See whether it was done before you ask with another Idempotency-Key.",
		}
	}
	given := &answer{status: known.Status, body: known.Body, location: known.Location}
	if to.again == nil {
		return given, nil
	}
	var err error
	given.body, err = to.again(r, known.Location)
	return given, err
}

// first does what is asked for, and keeps the answer unless it holds a secret. Of what
// was refused nothing came, so it may be asked again.
func (r *request) first(to *route, repeat *consent.Repeat) (*answer, error) {
	given, err := to.handle(r)
	if err != nil {
		return nil, r.forgotten(repeat.ID, err)
	}
	if given.secret {
		return given, nil
	}
	if repeat.Body = []byte{}; to.again == nil {
		if repeat.Body, err = encode(given.body); err != nil {
			return nil, err
		}
	}
	repeat.Status, repeat.Location = given.status, given.location
	if err := r.Store.AnswerRepeat(r.beside(), repeat); err != nil { // it is done all the same
		r.Log.WarnContext(r.ctx, "an answer could not be kept for who asks again", "error", err)
	}
	return given, nil
}

// beside is for what is kept of a request beside what it does, also when the key has ended
// with it.
func (r *request) beside() context.Context {
	return consent.WithoutPass(consent.WithoutAct(r.ctx))
}

// forgotten gives why something was refused. Of a fault of ours something may have come,
// so that one is not forgotten.
func (r *request) forgotten(id consent.Hash, refused error) error {
	var told *fault
	if !errors.As(refused, &told) && consent.KindOf(refused) == consent.Internal {
		return refused
	}
	if err := r.Store.DropRepeat(r.beside(), id); err != nil {
		return err
	}
	return refused
}
