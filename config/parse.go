package config

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/samtykke/samtykke/consent"
)

// maxAliased and maxAliasedText are how many nodes may be reached through aliases
// (*name), and how many bytes of text: enough to say the same company at many services,
// too few for a file that unfolds into a billion.
const (
	maxAliased     = 10_000
	maxAliasedText = maxFile
)

// aliased is what may still be reached through aliases.
type aliased struct{ nodes, text int }

// take counts a node, and says whether it was still free to be.
func (a *aliased) take(node *yaml.Node) bool {
	a.nodes--
	a.text -= len(node.Value)
	return a.nodes >= 0 && a.text >= 0
}

// parse reads one document, JSON or YAML, without its aliases unfolded endlessly. An
// empty document gives nil. What names the file in messages.
func parse(data []byte, what string) (*yaml.Node, error) {
	if len(data) > maxFile {
		return nil, consent.Errorf(consent.Invalid, "too_large", "The %s is larger than 1 MiB. Split it or shorten it.", what)
	}
	if !utf8.Valid(data) {
		return nil, consent.Errorf(consent.Invalid, "not_utf8", "The %s is not UTF-8 text. Save it as UTF-8.", what)
	}
	if text := bytes.TrimPrefix(data, []byte("\ufeff")); json.Valid(text) {
		return parseJSON(text, what)
	}
	var document yaml.Node
	reader := yaml.NewDecoder(bytes.NewReader(data))
	if err := reader.Decode(&document); errors.Is(err, io.EOF) {
		return nil, nil //nolint:nilnil // an empty document is not a fault, and there is no node for it
	} else if err != nil {
		return nil, unread(bytes.TrimPrefix(data, []byte("\ufeff")), what, err)
	}
	if err := reader.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return nil, consent.Errorf(consent.Invalid, "many_documents",
			"The %s holds more than one document. Take away the line with three dashes and what follows it.", what)
	}
	root := document.Content[0]
	budget := aliased{maxAliased, maxAliasedText}
	if !unalias(root, false, &budget) {
		return nil, consent.Errorf(consent.Invalid, "too_many_aliases",
			"The %s unfolds into too much through aliases (*name). Write out what they stand for.", what)
	}
	return root, nil
}

// unalias puts copies of what aliases stand for in their place, within a budget. It
// says whether that was enough; an alias within itself never has enough.
func unalias(node *yaml.Node, inside bool, budget *aliased) bool {
	if inside && !budget.take(node) {
		return false
	}
	for i, child := range node.Content {
		deeper := inside
		if child.Kind == yaml.AliasNode {
			line := child.Line
			copied := *child.Alias
			copied.Content = append([]*yaml.Node{}, copied.Content...)
			copied.Line = line
			child, deeper = &copied, true
		} else if inside {
			copied := *child
			copied.Content = append([]*yaml.Node{}, copied.Content...)
			child = &copied
		}
		node.Content[i] = child
		if !unalias(child, deeper, budget) {
			return false
		}
	}
	return true
}
