package admin_test

import (
	"fmt"
	"html"
	"maps"
	"net/http"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// spoil is one thing to be wrong with a draft, by what it is done to.
type spoil struct {
	of string
	do func(*consent.Draft)
}

// spoilsOf goes through all that a draft holds, and gives what can be wrong with each
// kind of field once: that it is empty, is not to be read, or stands twice.
func spoilsOf(draft *consent.Draft) (all []spoil) {
	seen := map[string]bool{}
	var walk func(v reflect.Value, of string, at func(reflect.Value) reflect.Value)
	add := func(of, how string, at func(reflect.Value) reflect.Value, change func(reflect.Value)) {
		if !seen[of+how] {
			seen[of+how] = true
			all = append(all, spoil{of + how, func(d *consent.Draft) { change(at(reflect.ValueOf(d).Elem())) }})
		}
	}
	walk = func(v reflect.Value, of string, at func(reflect.Value) reflect.Value) {
		switch v.Kind() {
		case reflect.Struct:
			for i := range v.NumField() {
				walk(v.Field(i), of+"."+v.Type().Field(i).Name, func(root reflect.Value) reflect.Value { return at(root).Field(i) })
			}
		case reflect.Pointer:
			if !v.IsNil() {
				add(of, " gone", at, func(v reflect.Value) { v.SetZero() })
				add(of, " empty", at, func(v reflect.Value) { v.Elem().SetZero() })
				walk(v.Elem(), of, func(root reflect.Value) reflect.Value { return at(root).Elem() })
			} else {
				add(of, " empty", at, func(v reflect.Value) { v.Set(reflect.New(v.Type().Elem())) })
			}
		case reflect.Map:
			add(of, " gone", at, func(v reflect.Value) { v.SetZero() })
			if v.Type() != reflect.TypeFor[consent.Text]() {
				for _, key := range v.MapKeys()[:min(v.Len(), 1)] {
					add(of, " in one language", at, func(v reflect.Value) {
						v.SetMapIndex(key, reflect.ValueOf(consent.Text{consent.Bokmaal: "{"}))
					})
				}
				return
			}
			for _, text := range []string{"", "javascript:alert(1)\u202e\n", strings.Repeat("x", 1001)} {
				add(of, fmt.Sprintf(" says %.20q", text), at, func(v reflect.Value) { v.Set(reflect.ValueOf(consent.Text{consent.Bokmaal: text})) })
			}
		case reflect.Slice:
			add(of, " gone", at, func(v reflect.Value) { v.SetZero() })
			add(of, " with an empty one", at, func(v reflect.Value) { v.Set(reflect.Append(v, reflect.Zero(v.Type().Elem()))) })
			if v.Len() > 0 {
				add(of, " twice", at, func(v reflect.Value) { v.Set(reflect.Append(v, v.Index(0))) })
			}
			for i := range v.Len() {
				walk(v.Index(i), of+"[]", func(root reflect.Value) reflect.Value { return at(root).Index(i) })
			}
		case reflect.String:
			for _, text := range []string{"", "\u202enonsense;*(", "P11Y", "SE", strings.Repeat("x", 1001)} {
				add(of, fmt.Sprintf(" is %.20q", text), at, func(v reflect.Value) { v.SetString(text) })
			}
		case reflect.Int:
			add(of, " is odd", at, func(v reflect.Value) { v.SetInt(-1) })
		default: // yes or no cannot be wrong
		}
	}
	walk(reflect.ValueOf(draft).Elem(), "", func(root reflect.Value) reflect.Value { return root })
	return slices.DeleteFunc(all, func(s spoil) bool { // no page lets one change these
		return strings.HasPrefix(s.of, ".Site.Key ") || strings.HasPrefix(s.of, ".Organisation.ID ")
	})
}

// kindsOf gives what is wrong with a draft, each kind of place and fault once.
func kindsOf(d *consent.Draft) map[string]bool {
	names := map[string]string{}
	for i := range d.Services {
		names[string(d.Services[i].Key)] = ""
		for j := range d.Services[i].Cookies {
			names[d.Services[i].Cookies[j].Pattern.Name] = ""
		}
	}
	kinds := map[string]bool{}
	for _, p := range d.Validate() {
		parts := strings.Split(p.Path, ".")
		for i, part := range parts {
			if _, named := names[part]; named {
				parts[i] = "*"
			} else if _, err := strconv.Atoi(part); err == nil {
				parts[i] = "#"
			}
		}
		kinds[strings.Join(parts, ".")+" "+p.Code] = true
	}
	return kinds
}

// Every link of the list of what is wrong leads to a page that has the field: of each
// kind of fault that a draft may have, in every field that it has.
func TestProblemsLeadToTheirFields(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RolePublisher, skogen)
	whole := example(t)
	own := h.draft()
	whole.Site.Key, whole.Organisation.ID = own.Site.Key, own.Organisation.ID
	link := regexp.MustCompile(`<a href="(/sites/skogen/(?:services|categories|inventory|settings|texts)[^"]*)"`)
	known, dead, alive := kindsOf(whole), map[string]bool{}, map[string]bool{}
	for _, spoil := range spoilsOf(whole) {
		bad := whole.Copy()
		spoil.do(bad)
		kinds, fresh := kindsOf(bad), false
		for kind := range kinds {
			fresh = fresh || !known[kind]
		}
		if !fresh {
			continue
		}
		maps.Copy(known, kinds)
		h.edit(func(d *consent.Draft) { *d = *bad })
		shown := kari.get("/sites/skogen/publish")
		shown.shows(t, http.StatusOK)
		_, problems, _ := strings.Cut(shown.body, `id="problems"`)
		problems, _, _ = strings.Cut(problems, "</section>")
		got := map[string]answer{}
		for _, each := range link.FindAllStringSubmatch(problems, -1) {
			path, fragment, _ := strings.Cut(html.UnescapeString(each[1]), "#")
			if alive[each[1]] {
				continue
			}
			if _, there := got[path]; !there {
				got[path] = kari.get(path)
			}
			id, err := url.PathUnescape(fragment)
			must(t, err)
			if page := got[path]; page.status != http.StatusOK || id != "" && !strings.Contains(page.body, `id="`+html.EscapeString(id)+`"`) {
				dead[spoil.of+" leads to "+path+"#"+id] = true
				continue
			}
			alive[each[1]] = true
		}
	}
	for _, each := range slices.Sorted(maps.Keys(dead)) {
		t.Error(each)
	}
	if len(known) < 200 || len(alive) < 100 {
		t.Errorf("only %d kinds of faults are there, and %d links", len(known), len(alive))
	}
}
