package main

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// file is the type whose fields the part has in a site file.
func (p *thing) file() reflect.Type {
	switch p.kind {
	case "category":
		return reflect.TypeFor[consent.Category]()
	case "cookie":
		return reflect.TypeFor[consent.Cookie]()
	}
	return reflect.TypeFor[consent.Service]()
}

// fieldOf reads what was written for the field at a path: lists, objects, true, false and
// numbers as JSON, and everything else as text, which is all of a list where texts are
// listed. Nothing is nil.
func fieldOf(of reflect.Type, path []string, written string) any {
	if written == "" {
		return nil
	}
	at := typeAt(of, path)
	if strings.ContainsRune("[{", rune(written[0])) || written == "true" || written == "false" || at.Kind() == reflect.Int {
		if json.Valid([]byte(written)) {
			return json.RawMessage(written)
		}
	}
	if at.Kind() == reflect.Slice && at.Elem().Kind() == reflect.String {
		return listed(path[len(path)-1], written)
	}
	return written
}

// typeAt gives the type of the field at a path, that of nothing where there is none.
func typeAt(of reflect.Type, path []string) reflect.Type {
	for _, name := range path {
		if of.Kind() == reflect.Pointer {
			of = of.Elem()
		}
		if of.Kind() != reflect.Struct {
			return reflect.TypeFor[struct{}]()
		}
		at := slices.IndexFunc(reflect.VisibleFields(of), func(f reflect.StructField) bool {
			own, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
			return own == name
		})
		if at < 0 {
			return reflect.TypeFor[struct{}]()
		}
		of = reflect.VisibleFields(of)[at].Type
	}
	return of
}

// codes are the lists of countries and hosts, none of which has a comma in it.
var codes = []string{"country", "storage_locations", "hosts"}

// listed gives the list that a plain value is: of one, or of codes between commas.
func listed(name, written string) []string {
	if !slices.Contains(codes, name) {
		return []string{written}
	}
	var all []string
	for each := range strings.SplitSeq(written, ",") {
		if each = strings.TrimSpace(each); each != "" {
			all = append(all, each)
		}
	}
	return all
}
