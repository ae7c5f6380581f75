package config

import (
	"cmp"
	"errors"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"

	kmaps "github.com/knadh/koanf/maps"
	"github.com/knadh/koanf/v2"

	"github.com/samtykke/samtykke/consent"
)

// maxFile is the size of the largest file that is read, in bytes.
const maxFile = 1 << 20

// layer is one source of settings: raw values and where each came from, by
// dotted path. It is a koanf provider.
type layer struct {
	values map[string]any
	places map[string]place
}

// place says where a value was written.
type place struct {
	name string // what the administrator wrote it as
	line int    // in the file; 0 elsewhere
}

func newLayer() layer {
	return layer{values: map[string]any{}, places: map[string]place{}}
}

// Read gives the values nested, as koanf wants them.
func (l layer) Read() (map[string]any, error) { return kmaps.Unflatten(l.values, "."), nil }

// ReadBytes is not used: the values are parsed already.
func (l layer) ReadBytes() ([]byte, error) { return nil, errors.New("config: values, not bytes") }

// Load gives the settings: defaults, then the file at path (none when path is
// empty), then the variables in environ ("NAME=value"), then flags by dotted
// path ("public.listen"). The error is a consent.Problems with everything that
// is wrong, or a consent.Error when the file cannot be read as YAML at all.
// Line numbers are those of the file.
func Load(path string, environ []string, flags map[string]any) (*Config, error) {
	return load(path, environ, flags, &checker{})
}

// LoadBeside does the same for a command beside the server: it tells nobody and logs
// nobody in, so the secrets that the server needs for that may be missing where it runs.
func LoadBeside(path string, environ []string, flags map[string]any) (*Config, error) {
	return load(path, environ, flags, &checker{beside: true})
}

func load(path string, environ []string, flags map[string]any, check *checker) (*Config, error) {
	var problems consent.Problems
	var layers []layer
	if path != "" {
		data, err := readFile(path)
		if err != nil {
			return nil, err
		}
		file, found, err := fileLayer(data)
		if err != nil {
			return nil, err
		}
		layers, problems = append(layers, file), append(problems, found...)
	}
	env, found := envLayer(environ)
	layers, problems = append(layers, env), append(problems, found...)
	flag, found := flagLayer(flags)
	layers, problems = append(layers, flag), append(problems, found...)

	config, places, found := merge(layers)
	problems = append(problems, found...)
	check.places = places
	problems = append(problems, config.validate(check)...)
	if len(problems) > 0 {
		return nil, inOrder(problems)
	}
	return config, nil
}

// readFile reads a file of at most maxFile bytes.
func readFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, &consent.Error{
			Kind: consent.NotFound, Code: "no_settings_file", Err: err,
			Message: "The settings file cannot be read. Write one to start from with: samtykke config docs --example",
		}
	}
	if info.Size() > maxFile {
		return nil, consent.Errorf(consent.Invalid, "too_large",
			"The settings file %s is larger than 1 MiB. It should be a page or two of YAML.", path)
	}
	return os.ReadFile(path) //nolint:gosec // the administrator names the file
}

// merge lays the layers over the defaults and reads each value.
func merge(layers []layer) (*Config, map[string]place, consent.Problems) {
	merged, places := koanf.New("."), map[string]place{}
	for _, each := range layers {
		if err := merged.Load(each, nil); err != nil {
			panic("config: " + err.Error()) // a layer cannot fail: it is read already
		}
		maps.Copy(places, each.places)
	}
	config, problems := Default(), consent.Problems{}
	target := reflect.ValueOf(config).Elem()
	for _, each := range settings() {
		if !merged.Exists(each.path) {
			continue
		}
		field := target.FieldByIndex(each.index)
		if err := set(field, merged.Get(each.path)); err != nil {
			at := places[each.path]
			problems = append(problems, consent.Problem{
				Path: at.name, Line: at.line, Severity: consent.Fault, Code: "bad_value",
				Message: "This value cannot be used.", Repair: sentence(err.Error()),
			})
		}
	}
	return config, places, problems
}

// inOrder sorts problems by line; what is not in the file comes last.
func inOrder(problems consent.Problems) consent.Problems {
	slices.SortStableFunc(problems, func(a, b consent.Problem) int {
		if (a.Line == 0) != (b.Line == 0) {
			return b.Line - a.Line
		}
		return cmp.Or(a.Line-b.Line, strings.Compare(a.Path, b.Path))
	})
	return problems
}
