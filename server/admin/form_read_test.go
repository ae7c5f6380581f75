package admin_test

import (
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// htmlForm is a form that posts, as a page holds it.
type htmlForm struct {
	action string // path and query
	fields []formField
	filled url.Values // what a browser sends when nobody changes anything
}

// formField is a field of a form. What can be typed is typed; the rest is chosen from
// what the page offers, or nobody sees it.
type formField struct {
	name  string
	typed bool
}

// readForms gives the forms of a page that post, the page being at an address.
func readForms(t *testing.T, at, page string) []*htmlForm {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	must(t, err)
	base, err := url.Parse(at)
	must(t, err)
	var forms []*htmlForm
	for node := range root.Descendants() {
		if node.Type != html.ElementNode || node.Data != "form" || !strings.EqualFold(attribute(node, "method"), "post") {
			continue
		}
		to, err := base.Parse(attribute(node, "action"))
		must(t, err)
		form := &htmlForm{action: to.RequestURI(), filled: url.Values{}}
		forms = append(forms, form)
		parts := partsOf(root, node)
		for _, part := range parts {
			form.read(part)
		}
		for _, part := range parts { // a browser asks for one of them
			if name := attribute(part, "name"); attribute(part, "type") == "radio" && !form.filled.Has(name) {
				form.filled.Set(name, attribute(part, "value"))
			}
		}
		for _, part := range parts {
			if has(part, "formaction") {
				to, err := base.Parse(attribute(part, "formaction"))
				must(t, err)
				other := *form
				other.action = to.RequestURI()
				forms = append(forms, &other)
			}
		}
	}
	return forms
}

// partsOf gives what belongs to a form: what is in it, and what names it elsewhere.
func partsOf(root, form *html.Node) []*html.Node {
	var parts []*html.Node
	for part := range form.Descendants() {
		if !has(part, "form") {
			parts = append(parts, part)
		}
	}
	if id := attribute(form, "id"); id != "" {
		for part := range root.Descendants() {
			if attribute(part, "form") == id {
				parts = append(parts, part)
			}
		}
	}
	return parts
}

// read takes in an element of the form.
func (f *htmlForm) read(node *html.Node) {
	name := attribute(node, "name")
	if node.Type != html.ElementNode || name == "" {
		return
	}
	kind, value := attribute(node, "type"), attribute(node, "value")
	chosen := true
	switch node.Data {
	case "input":
		chosen = kind != "radio" && kind != "checkbox" || has(node, "checked")
		if kind == "file" {
			value = ""
		}
	case "textarea":
		kind, value = "text", strings.TrimPrefix(textOf(node), "\n")
	case "select":
		kind, value = "select", chosenOf(node)
	case "button":
		kind, chosen = "button", false
	default:
		return
	}
	typed := !slices.Contains([]string{"hidden", "radio", "checkbox", "select", "button"}, kind) && !has(node, "hidden")
	if !slices.ContainsFunc(f.fields, func(known formField) bool { return known.name == name }) && name != "csrf" {
		f.fields = append(f.fields, formField{name, typed})
	}
	if chosen {
		f.filled.Add(name, value)
	}
}

// shape gives the names of the fields, those of the rows of a table once.
func (f *htmlForm) shape() string {
	names := map[string]bool{}
	for _, field := range f.fields {
		names[rowNumber.ReplaceAllString(field.name, ".0")] = true
	}
	return strings.Join(slices.Sorted(maps.Keys(names)), " ")
}

var rowNumber = regexp.MustCompile(`\.\d+`)

// with gives what a browser sends when fields say something else.
func (f *htmlForm) with(changed ...map[string]string) url.Values {
	values := maps.Clone(f.filled)
	for _, each := range changed {
		for name, value := range each {
			values.Set(name, value)
		}
	}
	return values
}

// chosenOf gives what a select says: the option that is selected, or the first. Of one
// that must be chosen from, it is the first that says something.
func chosenOf(node *html.Node) string {
	var first *string
	for option := range node.Descendants() {
		value := attribute(option, "value")
		if option.Data != "option" || value == "" && has(node, "required") {
			continue
		}
		if has(option, "selected") {
			return value
		}
		if first == nil {
			first = &value
		}
	}
	if first == nil {
		return ""
	}
	return *first
}

func textOf(node *html.Node) string {
	var text strings.Builder
	for each := range node.Descendants() {
		if each.Type == html.TextNode {
			text.WriteString(each.Data)
		}
	}
	return text.String()
}

func has(node *html.Node, name string) bool {
	return slices.ContainsFunc(node.Attr, func(a html.Attribute) bool { return a.Key == name })
}

func attribute(node *html.Node, name string) string {
	for _, a := range node.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
