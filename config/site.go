package config

import (
	"bytes"
	"reflect"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/samtykke/samtykke/consent"
)

// ParseSite reads a site file. Problems holds everything that is wrong with
// it, in the order of its lines: unknown and repeated fields, wrong types, and
// every rule of consent.Draft.Validate. Lifetimes may be written as people
// write them ("to år"). The error is a consent.Error when there is nothing to
// check: no YAML, more than 1 MiB, or aliases that unfold without end.
func ParseSite(data []byte) (*consent.Draft, consent.Problems, error) {
	root, err := parse(data, "site file")
	if err != nil {
		return nil, nil, err
	}
	if root == nil {
		return nil, nil, consent.Errorf(consent.Invalid, "empty", "The site file is empty. Start from examples/gjerdrum/site.yaml.")
	}
	draft := new(consent.Draft)
	read := &decoder{lines: map[string]int{"": root.Line}}
	read.value(root, reflect.ValueOf(draft).Elem(), "")
	problems, unreadable := read.problems, read.unreadable()
	if draft.Site.Retention == "" && !within(unreadable, "site.retention") {
		draft.Site.Retention = consent.UsualRetention(draft.Site.Validity)
	}
	for _, problem := range draft.Validate() {
		if within(unreadable, problem.Path) {
			continue
		}
		problem.Line = read.line(problem.Path)
		problems = append(problems, problem)
	}
	return draft, inOrder(problems), nil
}

// unreadable gives the paths whose values are there, but could not be read: the
// rules would call them missing.
func (d *decoder) unreadable() map[string]bool {
	paths := map[string]bool{}
	for _, each := range d.problems {
		if each.Code != "unknown_field" && each.Code != "duplicate_field" {
			paths[each.Path] = true
		}
	}
	return paths
}

// within says whether path, or something that it lies in, is among paths.
func within(paths map[string]bool, path string) bool {
	for !paths[path] {
		if path == "" {
			return false
		}
		path = path[:max(0, strings.LastIndexByte(path, '.'))]
	}
	return true
}

// line gives the line of a path, or of the nearest thing around it that is in
// the file: a missing field is missing from somewhere.
func (d *decoder) line(path string) int {
	for {
		if line, known := d.lines[path]; known {
			return line
		}
		dot := strings.LastIndexByte(path, '.')
		if dot < 0 {
			return d.lines[""]
		}
		path = path[:dot]
	}
}

// FormatSite writes a site file that ParseSite reads back as the same draft.
// Texts are written in the order of the site's languages. Draft texts must be
// UTF-8, as everything that ParseSite gives is.
func FormatSite(draft *consent.Draft) ([]byte, error) {
	node := encoder{languages: draft.Site.Languages}.value(reflect.ValueOf(*draft))
	if !printable(node) {
		return nil, errNotPrintable()
	}
	var file bytes.Buffer
	writer := yaml.NewEncoder(&file)
	writer.SetIndent(2)
	if err := writer.Encode(node); err != nil {
		return nil, err
	}
	return file.Bytes(), writer.Close()
}

// printable says whether YAML can hold every text below node.
func printable(node *yaml.Node) bool {
	if !utf8.ValidString(node.Value) {
		return false
	}
	for _, each := range node.Content {
		if !printable(each) {
			return false
		}
	}
	return true
}
