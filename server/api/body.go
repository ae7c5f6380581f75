package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"

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
