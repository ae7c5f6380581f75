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
//
// It says the same on every day; ValidateOn looks at a calendar, too.
func (d *Draft) Validate() Problems { return d.ValidateOn(0) }

// ValidateOn gives what Validate does, and warnings (code "future_day") of what is dated
// ahead on a day. A file that was signed elsewhere is not refused for a clock that is slow.
func (d *Draft) ValidateOn(today Day) Problems {
	d = d.withoutLongKeys()
	v := &review{draft: d, today: today, lent: map[Language]int{}, described: map[CategoryKey]bool{}}
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

// withoutLongKeys gives the Draft with keys cut that are far too long. They are faults as
// they were, but what is below a service, and refers to it, has its key once more.
func (d *Draft) withoutLongKeys() *Draft {
	long := func(s *Service) bool { return len(s.Key) > longestStep || len(s.Category) > longestStep }
	var cut []Service
	for i := range d.Services {
		if s := &d.Services[i]; long(s) {
			if cut == nil {
				cut = slices.Clone(d.Services)
			}
			cut[i].Key, cut[i].Category = ServiceKey(cutKey(string(s.Key))), CategoryKey(cutKey(string(s.Category)))
		}
	}
	if cut == nil {
		return d
	}
	other := *d
	other.Services = cut
	return &other
}

// cutKey gives a key that is no longer than it takes to see that it is too long.
func cutKey(key string) string {
	if len(key) <= longestStep {
		return key
	}
	return strings.ToValidUTF8(key[:longestStep], "") + "…"
}

// review gathers the problems of one Draft.
type review struct {
	draft     *Draft
	today     Day        // 0 for none
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
	v.fault(path, "unknown_value", "There is no such value as "+quoted(string(value))+".", choices)
}

// key faults a key that breaks the rule of keys.
func (v *review) key(path, key string) {
	if !validKey(key) {
		v.fault(path, "malformed_key", "The key "+quoted(key)+" cannot be used in addresses and markup.",
			"Write 1 to 40 characters of a-z, 0-9 and hyphen, beginning with a letter or digit.")
	}
}

// date faults what is not a calendar date.
func (v *review) date(path, date string) {
	if _, err := time.Parse(time.DateOnly, date); err != nil {
		v.fault(path, "malformed_date", "There is no date "+quoted(date)+".", "Write year, month and day, such as 2026-11-22.")
	}
}

// longestStep is how long a name may be in a path, in bytes: longer than any key, and not
// so long that the paths of all that lies below it fill the memory.
const longestStep = 200

// PathNames gives each member of a list its name in a path: its key, or its index when it
// has none that is short enough, or an earlier member has the same.
func PathNames[T any](list []T, key func(*T) string) []string {
	names, _ := names(list, key)
	return names
}

// PathName gives a name as a path has it, "" for one that is too long for that.
func PathName(name string) string {
	if len(name) > longestStep {
		return ""
	}
	return name
}

// names gives PathNames, and which keys an earlier member has already.
func names[T any](list []T, key func(*T) string) (names []string, duplicate []bool) {
	names, duplicate = make([]string, len(list)), make([]bool, len(list))
	seen := make(map[string]bool, len(list))
	for i := range list {
		name := key(&list[i])
		duplicate[i] = seen[name]
		seen[name] = true
		names[i] = PathName(name)
		if names[i] == "" || duplicate[i] {
			names[i] = strconv.Itoa(i)
		}
	}
	return names, duplicate
}

func at(path string, index int) string { return path + "." + strconv.Itoa(index) }
