package api

import (
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// checkNames refuses a body that reads two ways.
func checkNames(body []byte, into any) error {
	err := consent.NamesOnce(body, namesOf(reflect.TypeOf(into)))
	var two *consent.TwoReadingsError
	if !errors.As(err, &two) {
		return err
	}
	wrong := consent.Problem{
		Path: two.Path, Severity: consent.Fault, Code: "duplicate_field", Repair: "Send one of the two.",
		Message: fmt.Sprintf("The name %q stands twice in one object, so that two readers may read two things.", two.Name),
	}
	if two.Again != two.Name {
		wrong.Code, wrong.Repair = "unknown_field", "Write the name as GET "+Base+"/openapi.json has it."
		wrong.Message = fmt.Sprintf("There is no field %q: names are read as they are written, in lower case.", two.Again)
	}
	return &fault{status: http.StatusBadRequest, code: "malformed", detail: wrong.Message, faults: consent.Problems{wrong}}
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
			if name != "" { // what is within it is JSON as it came
				names = append(append(names, name), namesOf(t.Field(i).Type)...)
			}
		}
		return names
	default:
		return nil
	}
}
