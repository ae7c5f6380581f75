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
	file  map[string]json.RawMessage
	// Categories and Services stand as they do in the draft.
	Categories, Services []json.RawMessage
}

// ReadInventory gives that of a draft.
func ReadInventory(draft *consent.Draft) (*Inventory, error) {
	text, err := config.FormatSiteJSON(draft)
	if err != nil {
		return nil, err
	}
	inventory := &Inventory{draft: draft}
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

// Category gives where a category stands, or -1.
func (i *Inventory) Category(key consent.CategoryKey) int {
	return slices.IndexFunc(i.draft.Categories, func(c consent.Category) bool { return c.Key == key })
}

// Service gives where a service stands, or -1.
func (i *Inventory) Service(key consent.ServiceKey) int {
	return slices.IndexFunc(i.draft.Services, func(s consent.Service) bool { return s.Key == key })
}

// Cookie gives where a cookie stands in a service, or -1.
func (i *Inventory) Cookie(service int, name string) int {
	return slices.IndexFunc(i.draft.Services[service].Cookies, func(c consent.Cookie) bool { return c.Pattern.Name == name })
}

// Cookies gives those of a service.
func (i *Inventory) Cookies(service int) ([]json.RawMessage, error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(i.Services[service], &fields); err != nil {
		return nil, err
	}
	return listIn(fields["cookies"])
}

// PutCategory reads a category in the place of one, or behind the others when at is -1.
func (i *Inventory) PutCategory(at int, key consent.CategoryKey, content []byte) (*Next, error) {
	return i.read(categories, put(i.Categories, at, content), string(key))
}

// PutService reads a service in the place of one, or behind the others when at is -1.
func (i *Inventory) PutService(at int, key consent.ServiceKey, content []byte) (*Next, error) {
	return i.read(services, put(i.Services, at, content), string(key))
}

// PutCookie reads a cookie in the place of one of a service, or behind the others.
func (i *Inventory) PutCookie(service, at int, name string, content []byte) (*Next, error) {
	cookies, err := i.Cookies(service)
	if err != nil {
		return nil, err
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(i.Services[service], &fields); err != nil {
		return nil, err
	}
	if fields["cookies"], err = json.Marshal(put(cookies, at, content)); err != nil {
		return nil, err
	}
	changed, err := json.Marshal(fields)
	if err != nil {
		return nil, err
	}
	return i.read(services, put(i.Services, service, changed), string(i.draft.Services[service].Key)+".cookies."+name)
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
	next, err := Read(content, i.draft)
	if err != nil {
		return nil, err
	}
	whole := *i.draft
	take(&whole, next.Draft)
	next.Draft = &whole
	next.Problems = NewProblems(i.draft, next.Problems, part)
	return next, nil
}

// NewProblems gives those that a draft did not have before, and all that are about a part
// of it, "" for none. The lines of a file that nobody wrote are left out.
func NewProblems(before *consent.Draft, now consent.Problems, part string) consent.Problems {
	known := map[consent.Problem]bool{}
	for _, p := range before.Validate() {
		known[p] = true
	}
	var found consent.Problems
	for _, p := range now {
		p.Line = 0
		if !known[p] || part != "" && (p.Path == part || strings.HasPrefix(p.Path, part+".")) {
			found = append(found, p)
		}
	}
	return found
}
