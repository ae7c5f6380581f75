package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/rights"
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
			return checkBody(r.c.Request().Body(), into)
		}
	}
	if unknown := consent.UnknownField(r.c.Request().Body(), into); unknown != nil {
		message := fmt.Sprintf("There is no field %q here.", unknown.Name)
		return &fault{status: http.StatusBadRequest, code: "malformed", detail: message, faults: consent.Problems{{
			Path: unknown.Path, Line: unknown.Line, Severity: consent.Fault, Code: "unknown_field", Message: message, Repair: "Write the name as GET " + Base + "/openapi.json has it, or leave it out.",
		}}}
	}
	return &fault{status: http.StatusBadRequest, code: "malformed", detail: "The body is not JSON of the form that GET " + Base + "/openapi.json says."}
}

// checkBody refuses a body that reads two ways, or holds a null byte: databases and
// programs end texts there, so that each would read something else.
func checkBody(body []byte, into any) error {
	if err := checkNames(body, into); err != nil || !bytes.Contains(body, []byte(`\u0000`)) {
		return err
	}
	var whole any
	if err := json.Unmarshal(body, &whole); err != nil {
		return err
	}
	var faults consent.Problems
	findNulls("", whole, &faults)
	if len(faults) == 0 { // the backslash itself was written
		return nil
	}
	return errFaults("Nothing was changed.", faults)
}

// findNulls finds the texts that hold a null byte.
func findNulls(path string, value any, faults *consent.Problems) {
	switch value := value.(type) {
	case string:
		if strings.Contains(value, "\x00") {
			errField(faults, path, "hidden_character", "The text holds a null byte, which nobody sees.", "Write it again as plain text.")
		}
	case []any:
		for i, each := range value {
			findNulls(strings.TrimPrefix(path+"."+strconv.Itoa(i), "."), each, faults)
		}
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(value)) {
			findNulls(strings.TrimPrefix(path+"."+name, "."), value[name], faults)
		}
	}
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

// ofField makes an error of a rule, or several that are joined, faults of the fields that
// they are about. Other errors stay as they are.
func ofField(err error, fields map[string]string) error {
	var faults consent.Problems
	for _, own := range rights.Faults(err) {
		if own.Kind != consent.Invalid || fields[own.Code] == "" {
			return err
		}
		errField(&faults, fields[own.Code], own.Code, own.Message, Repairs[own.Code])
	}
	if faults == nil {
		return err
	}
	return errFaults("What was sent breaks a rule, so nothing was done.", faults)
}
