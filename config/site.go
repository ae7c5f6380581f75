package config

import (
	"reflect"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/samtykke/samtykke/consent"
)

// ParseSite reads a site file. Problems holds everything that is wrong with
// it, in the order of its lines: unknown and repeated fields, wrong types, and
// every rule of consent.Draft.Validate. Lifetimes may be written as people
// write them ("to år"). The error is a consent.Error when there is nothing to
// check: neither JSON nor YAML, more than 1 MiB, or aliases that unfold without end.
//
// It says the same on every day; ParseSiteOn looks at a calendar, too.
func ParseSite(data []byte) (*consent.Draft, consent.Problems, error) { return ParseSiteOn(data, 0) }

// ParseSiteOn reads a site file as ParseSite does, with the rules of
// consent.Draft.ValidateOn.
func ParseSiteOn(data []byte, today consent.Day) (*consent.Draft, consent.Problems, error) {
	draft, problems, _, err := ParseSiteLines(data, today)
	return draft, problems, err
}

// ParseSiteLines reads a site file as ParseSiteOn does, and gives on which line a path
// is, for what is wrong with it beside what there is already.
func ParseSiteLines(data []byte, today consent.Day) (*consent.Draft, consent.Problems, func(path string) int, error) {
	root, err := parse(data, "site file")
	if err != nil {
		return nil, nil, nil, err
	}
	if root == nil {
		return nil, nil, nil, consent.Errorf(consent.Invalid, "empty", "The site file is empty. Start from examples/gjerdrum/site.yaml.")
	}
	draft := new(consent.Draft)
	read := &decoder{lines: map[string]int{"": root.Line}}
	read.spare(root)
	read.value(root, reflect.ValueOf(draft).Elem(), "")
	problems, unreadable := read.problems, read.unreadable()
	if draft.Site.Retention == "" && !within(unreadable, "site.retention") {
		draft.Site.Retention = consent.UsualRetention(draft.Site.Validity)
	}
	for _, problem := range draft.ValidateOn(today) {
		if within(unreadable, problem.Path) {
			continue
		}
		problem.Line = read.line(problem.Path)
		problems = append(problems, problem)
	}
	return draft, inOrder(problems), read.line, nil
}

// spare takes services out of the tree when there are more of them, with their cookies,
// than an inventory may have: nothing more is told of them, so they need not be read.
func (d *decoder) spare(root *yaml.Node) {
	services := child(root, "services")
	if services == nil || services.Kind != yaml.SequenceNode {
		return
	}
	entries := len(services.Content)
	for _, each := range services.Content {
		if cookies := child(each, "cookies"); cookies != nil {
			entries += len(cookies.Content)
		}
	}
	if entries <= consent.MostEntries {
		return
	}
	told := consent.TooManyEntries(entries)
	told.Line = services.Line
	d.problems = append(d.problems, told)
	services.Content = nil
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
