package consent

import (
	"embed"
	"encoding/json"
	"path"
	"strings"
	"sync"
)

//go:embed translation/*.json
var translationFiles embed.FS

// Translation is all that banner and panel say in one language, as its file has
// it: translation/nb.json and its sisters.
type Translation struct {
	// Review tells a native reader what to look at; empty when one has read it.
	Review string `json:"_review,omitempty"`
	// Name is the language's own name for itself.
	Name        string `json:"name"`
	RightToLeft bool   `json:"right_to_left,omitempty"`
	// Banner is what the first layer and placeholders say, Panel what the second
	// layer says, and Words are for the fixed values of the vocabulary, as they
	// read within a sentence or a table cell.
	Banner map[string]string `json:"banner"`
	Panel  map[string]string `json:"panel"`
	Words  map[string]string `json:"words"`

	lang Language
}

// Translations are those of several languages. They are shared: nobody changes
// one.
type Translations map[Language]*Translation

// Shipped gives every Translation that the program has with it.
func Shipped() Translations { return shipped() }

var shipped = sync.OnceValue(func() Translations {
	entries, err := translationFiles.ReadDir("translation")
	if err != nil {
		panic(err) // the folder is within the program, like what is in it
	}
	all := make(Translations, len(entries))
	for _, entry := range entries {
		data, err := translationFiles.ReadFile(path.Join("translation", entry.Name()))
		if err != nil {
			panic(err)
		}
		lang := Language(strings.TrimSuffix(entry.Name(), ".json"))
		all[lang] = &Translation{lang: lang}
		if err := json.Unmarshal(data, all[lang]); err != nil {
			panic(entry.Name() + ": " + err.Error())
		}
	}
	return all
})

// In gives the Translation of the nearest language, bokmål where none is near.
func (all Translations) In(lang Language) *Translation {
	if exact := all[lang]; exact != nil {
		return exact
	}
	for _, wish := range wishes(string(lang)) {
		if near := all[wish]; near != nil {
			return near
		}
	}
	return all[Bokmaal]
}

// word gives what stands for a fixed value, or the bare value when it is none of
// ours.
func (t *Translation) word(of, value string) string {
	if word := t.Words[of+"_"+value]; word != "" {
		return word
	}
	return value
}

// Kind gives the words for a storage kind.
func (t *Translation) Kind(k StorageKind) string { return t.word("kind", string(k)) }

// Party gives the words for whose host keeps something.
func (t *Translation) Party(p PartyKind) string { return t.word("party", string(p)) }

// Status gives the words for a status.
func (t *Translation) Status(s Status) string { return t.word("status", string(s)) }

// Role gives the words for a role.
func (t *Translation) Role(r Role) string { return t.word("role", string(r)) }

// Ground gives the words for the ground of a transfer.
func (t *Translation) Ground(b TransferBasis) string { return t.word("transfer", string(b)) }

// Isolate keeps what is filled in apart from what is around it, in languages that
// are written from right to left: a telephone number would be turned around.
func (t *Translation) Isolate(text string) string {
	if !t.RightToLeft || text == "" {
		return text
	}
	return "\u2068" + text + "\u2069"
}

// List joins names as a sentence does.
func (t *Translation) List(names []string) string {
	list := ""
	for i, name := range names {
		name = t.Isolate(name)
		switch {
		case i == 0:
			list = name
		case i == len(names)-1:
			list = t.join("list_last", list, name)
		default:
			list = t.join("list_more", list, name)
		}
	}
	return list
}

// After gives what stands after something else in a line.
func (t *Translation) After(text string) string { return t.join("list_more", "", text) }

// Line joins what stands beside each other.
func (t *Translation) Line(parts ...string) string {
	line := t.Isolate(parts[0])
	for _, part := range parts[1:] {
		line = t.join("list_more", line, t.Isolate(part))
	}
	return line
}

func (t *Translation) join(by, rest, next string) string {
	before, after, _ := strings.Cut(t.Words[by], "{rest}")
	return strings.Replace(before, "{next}", next, 1) + rest + strings.Replace(after, "{next}", next, 1)
}

// Sum gives a checksum of all that the Translation says.
func (t *Translation) Sum() string {
	text, err := json.Marshal(t)
	if err != nil {
		panic(err) // it holds text alone
	}
	return HashOf(text).String()
}
