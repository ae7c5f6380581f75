package sitefile

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
)

// The names of the lists in a site file, which the paths of problems begin with, too.
const categories, services = "categories", "services"

// Inventory is the categories and services of a draft, each as the site file has it.
type Inventory struct {
	draft *consent.Draft
	today consent.Day
	file  map[string]json.RawMessage
	// Categories and Services stand as they do in the draft.
	Categories, Services []json.RawMessage
}

// ReadInventory gives that of a draft, to be changed on a day.
func ReadInventory(draft *consent.Draft, today consent.Day) (*Inventory, error) {
	text, err := config.FormatSiteJSON(draft)
	if err != nil {
		return nil, err
	}
	inventory := &Inventory{draft: draft, today: today}
	if err := json.Unmarshal(text, &inventory.file); err != nil {
		return nil, err
	}
	if inventory.Categories, err = listIn(inventory.file[categories]); err != nil {
		return nil, err
	}
	inventory.Services, err = listIn(inventory.file[services])
	return inventory, err
}

// listIn reads a list, which may be left out.
func listIn(text json.RawMessage) ([]json.RawMessage, error) {
	if len(text) == 0 {
		return nil, nil
	}
	var list []json.RawMessage
	err := json.Unmarshal(text, &list)
	return list, err
}

// Part names a member of an inventory: a category, a service, or a cookie of a service.
type Part struct {
	Category consent.CategoryKey
	Service  consent.ServiceKey
	Cookie   string
}

// String gives what the audit trail calls it.
func (p Part) String() string {
	switch {
	case p.Category != "":
		return string(p.Category)
	case p.Cookie != "":
		return string(p.Service) + "/" + p.Cookie
	}
	return string(p.Service)
}

// path is where its problems are, below the list, and name is that of its name within it.
func (p Part) path() (list, path, name string) {
	switch {
	case p.Category != "":
		return categories, string(p.Category), "key"
	case p.Cookie != "":
		return services, string(p.Service) + ".cookies." + p.Cookie, "pattern.name"
	}
	return services, string(p.Service), "key"
}

// place gives the list that a part stands in and where, -1 when it is not there.
func (p Part) place(d *consent.Draft) (service, at int) {
	if p.Category != "" {
		return -1, slices.IndexFunc(d.Categories, func(c consent.Category) bool { return c.Key == p.Category })
	}
	service = slices.IndexFunc(d.Services, func(s consent.Service) bool { return s.Key == p.Service })
	if p.Cookie == "" || service < 0 {
		return service, service
	}
	return service, slices.IndexFunc(d.Services[service].Cookies, func(c consent.Cookie) bool { return c.Pattern.Name == p.Cookie })
}

// members gives the list that a part stands in, as the site file has it.
func (i *Inventory) members(p Part, service int) ([]json.RawMessage, error) {
	switch {
	case p.Category != "":
		return i.Categories, nil
	case p.Cookie != "" && service >= 0:
		return i.cookies(service)
	case p.Cookie != "":
		return nil, nil
	}
	return i.Services, nil
}

// Get gives a part as the site file has it, nil when there is none.
func (i *Inventory) Get(p Part) (json.RawMessage, error) {
	service, at := p.place(i.draft)
	list, err := i.members(p, service)
	if err != nil || at < 0 || at >= len(list) {
		return nil, err
	}
	return list[at], nil
}

// Cookies gives those of a service, nil when there is no such service.
func (i *Inventory) Cookies(of consent.ServiceKey) ([]json.RawMessage, error) {
	service, _ := Part{Service: of}.place(i.draft)
	if service < 0 {
		return nil, nil
	}
	return i.cookies(service)
}

func (i *Inventory) cookies(service int) ([]json.RawMessage, error) {
	fields, err := fieldsOf(i.Services[service])
	if err != nil {
		return nil, err
	}
	return listIn(fields["cookies"])
}

// Put reads a part in the place of the one of that name, or behind the others. It is a
// fault that what is read has another name (code "other_name"), a new text in a language
// that the site does not come in ("other_language"), or a new signature of a day that has
// not come ("future_day"). NotFound (code
// "unknown_service") is the error when a cookie's service is not there.
func (i *Inventory) Put(p Part, content []byte) (*Next, error) {
	service, at := p.place(i.draft)
	if p.Cookie != "" && service < 0 {
		return nil, errNotThere()
	}
	list, err := i.members(p, service)
	if err != nil {
		return nil, err
	}
	whole := put(list, at, content)
	if p.Cookie != "" {
		fields, err := fieldsOf(i.Services[service])
		if err != nil {
			return nil, err
		}
		if fields["cookies"], err = json.Marshal(whole); err != nil {
			return nil, err
		}
		changed, err := json.Marshal(fields)
		if err != nil {
			return nil, err
		}
		whole = put(i.Services, service, changed)
	}
	name, path, field := p.path()
	next, err := i.read(name, whole, path)
	if err != nil {
		return nil, err
	}
	next.Problems = append(next.Problems, checkLanguages(i.draft, next.Draft)...)
	if !p.isAt(next.Draft, service, at) {
		next.Problems = append(next.Problems, consent.Problem{
			Path: name + "." + path + "." + field, Severity: consent.Fault, Code: "other_name",
			Message: "The name is not the one that was asked for.", Repair: "Write the same name in both. To rename something, remove it and add it anew.",
		})
	}
	return next, nil
}

// isAt says whether the part is what stands in its list at a place, the last one for -1.
func (p Part) isAt(d *consent.Draft, service, at int) bool {
	switch {
	case p.Category != "":
		c := member(d.Categories, at)
		return c != nil && c.Key == p.Category
	case p.Cookie != "":
		s := member(d.Services, service)
		if s == nil {
			return false
		}
		c := member(s.Cookies, at)
		return c != nil && c.Pattern.Name == p.Cookie
	}
	s := member(d.Services, at)
	return s != nil && s.Key == p.Service
}

// member gives one of a list, the last one for -1.
func member[T any](list []T, at int) *T {
	if at < 0 {
		at = len(list) - 1
	}
	if at < 0 || at >= len(list) {
		return nil
	}
	return &list[at]
}

// Remove gives the draft without a part. What is in a category is moved first, by whoever
// knows where to: nothing becomes necessary, or is asked for elsewhere, by the way.
// Conflict (code "category_used") is the error when something is in it, and NotFound that
// of what is not there.
func (i *Inventory) Remove(p Part) (*Next, error) {
	service, at := p.place(i.draft)
	if at < 0 {
		return nil, errNotThere()
	}
	next := *i.draft
	switch {
	case p.Category != "":
		if services, cookies := i.draft.InCategory(p.Category); services+cookies > 0 {
			return nil, consent.Errorf(consent.Conflict, "category_used", "%d services and %d cookies are in this category. Put them into others first.", services, cookies)
		}
		next.Categories = slices.Delete(slices.Clone(next.Categories), at, at+1)
	case p.Cookie != "":
		next.Services = slices.Clone(next.Services)
		s := &next.Services[service]
		s.Cookies = slices.Delete(slices.Clone(s.Cookies), at, at+1)
	default:
		next.Services = slices.Delete(slices.Clone(next.Services), at, at+1)
	}
	return &Next{Draft: &next, Problems: NewProblems(i.draft, next.ValidateOn(i.today), i.today, "")}, nil
}

func errNotThere() error {
	return consent.Errorf(consent.NotFound, "not_in_draft", "The draft does not have this.")
}

func put(list []json.RawMessage, at int, content []byte) []json.RawMessage {
	next := slices.Clone(list)
	if at < 0 {
		return append(next, content)
	}
	next[at] = content
	return next
}

// read reads the draft with another list. Of its problems it gives those of one part of
// the list, and those that the draft did not have: what else is wrong with it is not
// about this.
func (i *Inventory) read(list string, members []json.RawMessage, part string) (*Next, error) {
	var err error
	if i.file[list], err = json.Marshal(members); err != nil {
		return nil, err
	}
	return i.merge(list+"."+part, func(whole, next *consent.Draft) {
		whole.Categories, whole.Services = next.Categories, next.Services
	})
}

// merge reads the file as it is by now, and takes of it what was changed: what else a
// file sets by itself, such as what is usual, stays as it is.
func (i *Inventory) merge(part string, take func(whole, next *consent.Draft)) (*Next, error) {
	content, err := json.Marshal(i.file)
	if err != nil {
		return nil, err
	}
	next, err := Read(content, i.draft, i.today)
	if err != nil {
		return nil, err
	}
	whole := *i.draft
	take(&whole, next.Draft)
	next.Draft = &whole
	next.Problems = i.refuseAhead(NewProblems(i.draft, next.Problems, i.today, part))
	return next, nil
}

// NewProblems gives those that a draft did not have before, and all that are about a part
// of it, "" for none. The lines of a file that nobody wrote are left out.
func NewProblems(before *consent.Draft, now consent.Problems, today consent.Day, part string) consent.Problems {
	known := problemsOf(before, today)
	var found consent.Problems
	for _, p := range now {
		p.Line = 0
		if !known[p] || part != "" && (p.Path == part || strings.HasPrefix(p.Path, part+".")) {
			found = append(found, p)
		}
	}
	return found
}

func problemsOf(draft *consent.Draft, today consent.Day) map[consent.Problem]bool {
	known := map[consent.Problem]bool{}
	for _, p := range draft.ValidateOn(today) {
		known[p] = true
	}
	return known
}

// refuseAhead makes faults of the warnings that somebody signs on a day that has not come.
// A signature that was there already is not about this change.
func (i *Inventory) refuseAhead(problems consent.Problems) consent.Problems {
	var known map[consent.Problem]bool
	for at := range problems {
		p := &problems[at]
		if p.Code != "future_day" {
			continue
		}
		if known == nil {
			known = problemsOf(i.draft, i.today)
		}
		if !known[*p] {
			p.Severity = consent.Fault
		}
	}
	return problems
}
