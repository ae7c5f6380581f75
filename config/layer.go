package config

import (
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/samtykke/samtykke/consent"
)

// fileLayer reads the settings file. Unknown and repeated keys are problems.
func fileLayer(data []byte) (layer, consent.Problems, error) {
	root, err := parse(data, "settings file")
	if err != nil {
		return layer{}, nil, err
	}
	reader := fileReader{layer: newLayer(), known: settings()}
	if root != nil {
		reader.section(root, "")
	}
	return reader.layer, reader.problems, nil
}

// fileReader flattens the tree of a settings file into a layer.
type fileReader struct {
	layer
	known    []setting
	problems consent.Problems
}

func (r *fileReader) fault(path string, line int, code, message, repair string) {
	r.problems = append(r.problems, consent.Problem{
		Path: path, Line: line, Severity: consent.Fault, Code: code, Message: message, Repair: repair,
	})
}

// section reads one mapping of the file.
func (r *fileReader) section(node *yaml.Node, prefix string) {
	if node.Kind != yaml.MappingNode {
		r.fault(strings.TrimSuffix(prefix, "."), node.Line, "wrong_type",
			"Settings are expected here.", "Write keys such as listen, each with a colon and a value, indented below.")
		return
	}
	seen := map[string]int{}
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		path := prefix + key.Value
		if first, twice := seen[path]; twice {
			r.fault(path, key.Line, "duplicate_field", fmt.Sprintf("This is set on line %d already.", first), "Keep one of the two.")
			continue
		}
		seen[path] = key.Line
		r.entry(path, key.Line, value)
	}
}

// entry reads one key: a section, a value, or something unknown.
func (r *fileReader) entry(path string, line int, value *yaml.Node) {
	at := slices.IndexFunc(r.known, func(s setting) bool { return s.path == path })
	isSection := slices.ContainsFunc(r.known, func(s setting) bool { return strings.HasPrefix(s.path, path+".") })
	switch {
	case isSection && value.Tag == "!!null":
	case isSection:
		r.section(value, path+".")
	case at < 0:
		r.fault(path, line, "unknown_field", "There is no such setting.", suggest(path, r.paths()))
	case value.Kind == yaml.ScalarNode && value.Tag == "!!null":
	case value.Kind == yaml.ScalarNode:
		r.put(path, line, value.Value)
	case value.Kind == yaml.SequenceNode:
		r.list(path, line, value)
	default:
		r.fault(path, line, "wrong_type", "A value is expected here.", "Write it after the colon, on the same line.")
	}
}

// list reads a list of plain values.
func (r *fileReader) list(path string, line int, node *yaml.Node) {
	items := []string{}
	for _, item := range node.Content {
		if item.Kind != yaml.ScalarNode {
			r.fault(path, item.Line, "wrong_type", "Only plain values can be in this list.", "Write one value after each dash.")
			return
		}
		items = append(items, item.Value)
	}
	r.put(path, line, items)
}

func (r *fileReader) put(path string, line int, value any) {
	r.values[path], r.places[path] = value, place{name: path, line: line}
}

func (r *fileReader) paths() []string {
	paths := make([]string, len(r.known))
	for i, each := range r.known {
		paths[i] = each.path
	}
	return paths
}

// notOurs matches variables that happen to start with our prefix: Kubernetes
// sets them for every service named samtykke.
var notOurs = regexp.MustCompile(`_SERVICE_(HOST|PORT)(_|$)|_PORT(_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?$`)

// envLayer reads the environment. A secret's NAME_FILE names a file with it.
func envLayer(environ []string) (layer, consent.Problems) {
	found, problems := newLayer(), consent.Problems{}
	known := map[string]setting{}
	for _, each := range settings() {
		known[each.env] = each
	}
	fault := func(name, code, message, repair string) {
		problems = append(problems, consent.Problem{
			Path: name, Severity: consent.Fault, Code: code, Message: message, Repair: repair,
		})
	}
	for _, variable := range environ {
		name, value, _ := strings.Cut(variable, "=")
		if !strings.HasPrefix(name, envPrefix) || notOurs.MatchString(name) {
			continue
		}
		if each, ok := known[name]; ok {
			found.put(each, name, value)
			continue
		}
		each, ok := known[strings.TrimSuffix(name, "_FILE")]
		if !ok || !each.secret() {
			fault(name, "unknown_variable", "There is no setting for this environment variable.", suggest(name, slices.Sorted(maps.Keys(known))))
			continue
		}
		if slices.ContainsFunc(environ, func(v string) bool { return strings.HasPrefix(v, each.env+"=") }) {
			fault(name, "set_twice", "The secret is also in "+each.env+".", "Set one of the two.")
			continue
		}
		data, err := os.ReadFile(value) //nolint:gosec // the administrator names the file
		if err != nil {
			fault(name, "no_secret_file", "The file that it names cannot be read.", "Check the path and who may read it.")
			continue
		}
		found.put(each, name, string(data))
	}
	return found, problems
}

func (l layer) put(each setting, name, value string) {
	l.values[each.path], l.places[each.path] = value, place{name: name}
}

// flagLayer takes flags by dotted path.
func flagLayer(flags map[string]any) (layer, consent.Problems) {
	found, problems := newLayer(), consent.Problems{}
	known := map[string]bool{}
	for _, each := range settings() {
		known[each.path] = true
	}
	for path, value := range flags {
		if !known[path] {
			problems = append(problems, consent.Problem{
				Path: "flag " + path, Severity: consent.Fault, Code: "unknown_field",
				Message: "There is no such setting.", Repair: "Ask for --help.",
			})
			continue
		}
		found.values[path], found.places[path] = value, place{name: "flag " + path}
	}
	return found, problems
}
