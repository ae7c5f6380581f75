package consent

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// Validate gives every problem of the Draft at once, each with its place and
// its repair; faults stop publishing, warnings do not. It is requirements B3,
// C3, E3, H5, I1 to I7, J2, L1 and L2 of the law as code.
//
// A Path is dotted and uses the names of the site file. A member of a list goes
// by its key (services.youtube, services.youtube.cookies.YSC), or by its index
// from 0 when it has none or shares it with another.
func (d *Draft) Validate() Problems {
	v := &review{draft: d, lent: map[Language]int{}, described: map[CategoryKey]bool{}}
	for i := range d.Categories {
		v.described[d.Categories[i].Key] = true
	}
	for _, lang := range d.Site.Languages {
		if lang.Known() && !slices.Contains(v.languages, lang) {
			v.languages = append(v.languages, lang)
		}
	}
	v.organisation()
	v.site()
	v.contacts()
	v.categories()
	v.services()
	v.lending()
	return v.problems
}

// review gathers the problems of one Draft.
type review struct {
	draft     *Draft
	languages []Language // enabled and known
	described map[CategoryKey]bool
	lent      map[Language]int // texts about single cookies that are lacking
	problems  Problems
}

func (v *review) fault(path, code, message, repair string) {
	v.problems = append(v.problems, Problem{Path: path, Severity: Fault, Code: code, Message: message, Repair: repair})
}

func (v *review) warn(path, code, message, repair string) {
	v.problems = append(v.problems, Problem{Path: path, Severity: Warning, Code: code, Message: message, Repair: repair})
}

// oneOf faults a value that is not among the allowed ones.
func oneOf[T ~string](v *review, path string, value T, allowed ...T) {
	if slices.Contains(allowed, value) {
		return
	}
	names := make([]string, len(allowed))
	for i, name := range allowed {
		names[i] = string(name)
	}
	choices := "Write one of: " + strings.Join(names, ", ") + "."
	if value == "" {
		v.fault(path, "missing", "This must be stated.", choices)
		return
	}
	v.fault(path, "unknown_value", "There is no such value as "+strconv.Quote(string(value))+".", choices)
}

// key faults a key that breaks the rule of keys.
func (v *review) key(path, key string) {
	if !validKey(key) {
		v.fault(path, "malformed_key", "The key "+strconv.Quote(key)+" cannot be used in addresses and markup.",
			"Write 1 to 40 characters of a-z, 0-9 and hyphen, beginning with a letter or digit.")
	}
}

// date faults what is not a calendar date.
func (v *review) date(path, date string) {
	if _, err := time.Parse(time.DateOnly, date); err != nil {
		v.fault(path, "malformed_date", "There is no date "+strconv.Quote(date)+".", "Write year, month and day, such as 2026-11-22.")
	}
}

// names gives each member of a list its name in a path: its key, or its index
// when it has no key or an earlier member has the same.
func names[T any](list []T, key func(*T) string) (names []string, duplicate []bool) {
	names, duplicate = make([]string, len(list)), make([]bool, len(list))
	seen := map[string]bool{}
	for i := range list {
		name := key(&list[i])
		duplicate[i] = seen[name]
		seen[name] = true
		if name == "" || duplicate[i] {
			names[i] = strconv.Itoa(i)
			continue
		}
		names[i] = name
	}
	return names, duplicate
}

func at(path string, index int) string { return path + "." + strconv.Itoa(index) }
