package config

import (
	"bufio"
	"bytes"
	"io"
	"reflect"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/samtykke/samtykke/consent"
)

// WriteSite writes a site file that ParseSite reads back as the same draft. Texts are
// written in the order of the site's languages. It is written in pieces: what it takes
// beside the draft is as much as its longest single entry, and a tree of the whole takes
// a hundred times the file. Draft texts must be UTF-8, as everything that ParseSite gives
// is; nothing is written of one that holds others.
func WriteSite(to io.Writer, draft *consent.Draft) error {
	if !printable(reflect.ValueOf(draft).Elem()) {
		return errNotPrintable()
	}
	w := &siteWriter{encoder: encoder{languages: draft.Site.Languages}, to: bufio.NewWriter(to)}
	if err := w.structure(reflect.ValueOf(draft).Elem(), "", ""); err != nil {
		return err
	}
	return w.to.Flush()
}

// FormatSite gives what WriteSite writes.
func FormatSite(draft *consent.Draft) ([]byte, error) {
	var file bytes.Buffer
	err := WriteSite(&file, draft)
	return file.Bytes(), err
}

// siteWriter writes the structure of a site file itself, and has YAML write what is in it.
// Errors of to come with the last Flush.
type siteWriter struct {
	encoder
	to    *bufio.Writer
	piece bytes.Buffer
}

// structure writes the fields of a struct. The first line begins with first, and the
// others with rest: they differ for a member of a list.
func (w *siteWriter) structure(from reflect.Value, first, rest string) error {
	empty := true
	for i := range from.NumField() {
		name, options, _ := strings.Cut(from.Type().Field(i).Tag.Get("yaml"), ",")
		if absent(from.Field(i), options == "omitempty") {
			continue
		}
		if err := w.field(name, from.Field(i), first, rest); err != nil {
			return err
		}
		first, empty = rest, false
	}
	if empty {
		w.line(first, "{}")
	}
	return nil
}

// shortList is up to how many members a list is written at once: it may stand on one
// line.
const shortList = 5

// field writes one field, in pieces where it may be long.
func (w *siteWriter) field(name string, from reflect.Value, first, rest string) error {
	if from.Kind() != reflect.Slice || from.Len() == 0 || from.Len() <= shortList && from.Type().Elem().Kind() != reflect.Struct {
		return w.node(&yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{text(name), w.value(from)}}, first, rest)
	}
	w.line(first, name+":")
	for i := range from.Len() {
		if err := w.member(from.Index(i), rest); err != nil {
			return err
		}
	}
	return nil
}

// member writes one of a list.
func (w *siteWriter) member(from reflect.Value, rest string) error {
	if from.Kind() == reflect.Struct {
		return w.structure(from, rest+"  - ", rest+"    ")
	}
	return w.node(&yaml.Node{Kind: yaml.SequenceNode, Content: []*yaml.Node{w.value(from)}}, rest+"  ", rest+"  ")
}

// node has YAML write a piece, and puts it where it belongs. No text holds a line break:
// those are escaped.
func (w *siteWriter) node(node *yaml.Node, first, rest string) error {
	w.piece.Reset()
	writer := yaml.NewEncoder(&w.piece)
	writer.SetIndent(2)
	if err := writer.Encode(node); err != nil {
		return err
	}
	if err := writer.Close(); err != nil {
		return err
	}
	for line := range strings.Lines(w.piece.String()) {
		w.line(first, strings.TrimSuffix(line, "\n"))
		first = rest
	}
	return nil
}

func (w *siteWriter) line(indent, line string) {
	_, _ = w.to.WriteString(indent)
	_, _ = w.to.WriteString(line)
	_ = w.to.WriteByte('\n')
}

// printable says whether YAML can hold every text of a value.
func printable(from reflect.Value) bool {
	switch from.Kind() {
	case reflect.String:
		return utf8.ValidString(from.String())
	case reflect.Pointer:
		return from.IsNil() || printable(from.Elem())
	case reflect.Struct:
		for i := range from.NumField() {
			if !printable(from.Field(i)) {
				return false
			}
		}
	case reflect.Slice:
		for i := range from.Len() {
			if !printable(from.Index(i)) {
				return false
			}
		}
	case reflect.Map:
		for entry := from.MapRange(); entry.Next(); {
			if !printable(entry.Key()) || !printable(entry.Value()) {
				return false
			}
		}
	default: // numbers and the like
	}
	return true
}

func errNotPrintable() error {
	return consent.Errorf(consent.Invalid, "not_utf8", "The draft holds text that is not UTF-8. Write that text again.")
}
