package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"reflect"

	"github.com/samtykke/samtykke/consent"
)

// ofBody are the statuses of what may be wrong with a body.
var ofBody = []int{http.StatusBadRequest, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType}

// read reads the body. A field that is not known is refused: one that is mistyped
// must not do something else than was meant.
func (r *request) read(into any) error {
	body := json.NewDecoder(bytes.NewReader(r.c.Request().Body()))
	body.DisallowUnknownFields()
	err := body.Decode(into)
	if err == nil {
		if _, err = body.Token(); errors.Is(err, io.EOF) {
			return checkNames(r.c.Request().Body(), into)
		}
	}
	return &fault{status: http.StatusBadRequest, code: "malformed", detail: "The body is not JSON of the form that GET " + Base + "/openapi.json says."}
}

// readWhole reads a body that takes the place of something. What it leaves out would go
// without anybody having said so.
func (r *request) readWhole(into any) error {
	if err := r.read(into); err != nil {
		return err
	}
	var given map[string]json.RawMessage
	if err := json.Unmarshal(r.c.Request().Body(), &given); err != nil {
		return err
	}
	var faults consent.Problems
	for _, name := range namesOf(reflect.TypeOf(into)) {
		if value := given[name]; value == nil || string(value) == "null" {
			errField(&faults, name, "missing", "The field is missing.", "Send every field, also those that stay as they are.")
		}
	}
	if len(faults) > 0 {
		return errFaults("Nothing was changed.", faults)
	}
	return nil
}

// ofField makes an error of a rule a fault of the field that it is about. Other
// errors stay as they are.
func ofField(err error, fields map[string]string) error {
	var own *consent.Error
	if !errors.As(err, &own) || own.Kind != consent.Invalid || fields[own.Code] == "" {
		return err
	}
	return errFaults("What was sent breaks a rule, so nothing was done.", consent.Problems{{
		Path: fields[own.Code], Severity: consent.Fault, Code: own.Code, Message: own.Message, Repair: "Send what the message asks for.",
	}})
}
