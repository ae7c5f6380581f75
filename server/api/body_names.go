package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// checkNames refuses a body that reads two ways: each name stands once in its object,
// and is written as the description has it. Go alone would take the last one, in any
// case.
func checkNames(body []byte, into any) error {
	return checkNamesIn(json.NewDecoder(bytes.NewReader(body)), namesOf(reflect.TypeOf(into)), "")
}

// checkNamesIn walks through the next value, which has been read before.
func checkNamesIn(body *json.Decoder, known []string, path string) error {
	token, err := body.Token()
	if err != nil {
		return err
	}
	delim, opens := token.(json.Delim)
	if !opens {
		return nil
	}
	seen := map[string]bool{}
	for i := 0; body.More(); i++ {
		at := fmt.Sprintf("%s.%d", path, i)
		if delim == '{' {
			token, err = body.Token()
			if err != nil {
				return err
			}
			name, _ := token.(string)
			at = strings.TrimPrefix(path+"."+name, ".")
			if seen[name] {
				return errName(at, "duplicate_field", fmt.Sprintf("The name %q stands twice in one object, so that two readers may read two things.", name), "Send one of the two.")
			}
			if !slices.Contains(known, name) {
				return errName(at, "unknown_field", fmt.Sprintf("There is no field %q: names are read as they are written, in lower case.", name), "Write the name as GET "+Base+"/openapi.json has it.")
			}
			seen[name] = true
		}
		if err := checkNamesIn(body, known, at); err != nil {
			return err
		}
	}
	_, err = body.Token() // what closes it
	return err
}

func errName(path, code, message, repair string) error {
	return &fault{status: http.StatusBadRequest, code: "malformed", detail: message, faults: consent.Problems{{
		Path: path, Severity: consent.Fault, Code: code, Message: message, Repair: repair,
	}}}
}

// namesOf gives the names that the fields of a struct have in JSON, and those below.
func namesOf(t reflect.Type) []string {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice:
		return namesOf(t.Elem())
	case reflect.Struct:
		var names []string
		for i := range t.NumField() {
			name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
			names = append(append(names, name), namesOf(t.Field(i).Type)...)
		}
		return names
	default:
		return nil
	}
}
