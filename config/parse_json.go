package config

import (
	"bytes"
	"encoding/json"
	"strconv"
	"unicode/utf16"

	"go.yaml.in/yaml/v3"

	"github.com/samtykke/samtykke/consent"
)

// parseJSON reads a document that is JSON, into the tree that the same YAML would give.
// The two agree on nearly all of it: only in JSON are characters beyond U+FFFF escaped as
// pairs of surrogates, as most programs do, keys as long as one likes, and DEL a
// character as any other. Aliases, there are none.
func parseJSON(data []byte, what string) (*yaml.Node, error) {
	if line := loneSurrogate(data); line > 0 {
		return nil, consent.Errorf(consent.Invalid, "not_utf8",
			"The %s has half of a character on line %d: a \\u escape from d800 to dfff without its other half. Write both halves, or the character itself.", what, line)
	}
	tokens := json.NewDecoder(bytes.NewReader(data))
	tokens.UseNumber()
	r := &jsonReader{data: data, tokens: tokens, line: 1}
	return r.node()
}

// jsonReader makes nodes of tokens.
type jsonReader struct {
	data   []byte
	tokens *json.Decoder
	seen   int // bytes whose lines are counted
	line   int
}

func (r *jsonReader) node() (*yaml.Node, error) {
	token, err := r.tokens.Token()
	if err != nil {
		return nil, err
	}
	end := int(r.tokens.InputOffset())
	r.line += bytes.Count(r.data[r.seen:end], []byte("\n"))
	r.seen = end
	node := &yaml.Node{Kind: yaml.ScalarNode, Line: r.line}
	switch value := token.(type) {
	case json.Delim:
		node.Kind, node.Tag = yaml.MappingNode, "!!map"
		if value == '[' {
			node.Kind, node.Tag = yaml.SequenceNode, "!!seq"
		}
		return node, r.fill(node)
	case string:
		node.Tag, node.Value = "!!str", value
	case json.Number:
		node.Tag, node.Value = "!!float", value.String()
		if _, err := strconv.ParseInt(node.Value, 10, 64); err == nil {
			node.Tag = "!!int"
		}
	case bool:
		node.Tag, node.Value = "!!bool", strconv.FormatBool(value)
	default:
		node.Tag, node.Value = "!!null", "null"
	}
	return node, nil
}

// fill reads what an object or a list holds, and its end.
func (r *jsonReader) fill(node *yaml.Node) error {
	for r.tokens.More() {
		child, err := r.node()
		if err != nil {
			return err
		}
		node.Content = append(node.Content, child)
	}
	_, err := r.tokens.Token()
	return err
}

// loneSurrogate gives the line of the first escape that is half of a character, 0 when
// there is none. In JSON, only strings have a \ in them.
func loneSurrogate(data []byte) int {
	for i := 0; i < len(data); i++ {
		if data[i] != '\\' {
			continue
		}
		i++ // to what is escaped
		if data[i] != 'u' {
			continue
		}
		first := escaped(data[i-1:])
		i += 4
		if !utf16.IsSurrogate(first) {
			continue
		}
		if utf16.DecodeRune(first, escaped(data[i+1:])) == '\uFFFD' {
			return 1 + bytes.Count(data[:i], []byte("\n"))
		}
		i += 6
	}
	return 0
}

// escaped gives the character of a \u escape that data begins with, 0 for anything else.
func escaped(data []byte) rune {
	if len(data) < 6 || data[0] != '\\' || data[1] != 'u' {
		return 0
	}
	value, err := strconv.ParseUint(string(data[2:6]), 16, 16)
	if err != nil {
		return 0
	}
	return rune(value)
}
