package banner

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/samtykke/samtykke/consent"
)

// hostile are texts that would end a script, a string or a comment, or be taken
// for more than text.
var hostile = []string{
	`</script><script>alert(1)</script>`, `<!-- <script>`, `]]>`, `-->`, `*/`, `//`,
	`"`, `'`, "`", `${alert(1)}`, `\`, `\u0022`, `\x3C!--`, "\u2028\u2029", "\n\r\t\v\f", "\x00", "\uFEFF",
	`__proto__`, `constructor`, `𝒳 🧹 æøå čđŋšŧž`, `{controller}{recipients}`,
}

// withText gives a notice that says the text wherever a site can say something.
func withText(t *testing.T, text string) *consent.Notice {
	t.Helper()
	notice := *gjerdrum(t)
	draft := notice.Draft
	everywhere := consent.Text{"nb": "a" + text, "nn": "b" + text, "en": "c" + text}
	draft.Organisation.Name = text
	draft.Site.Privacy, draft.Site.Declaration = everywhere, everywhere
	draft.Site.Wording = map[string]consent.Text{"accept_one": everywhere, "place_once": everywhere, "__proto__": everywhere}
	draft.Categories = append([]consent.Category(nil), draft.Categories...)
	for i := range draft.Categories {
		draft.Categories[i].Purpose, draft.Categories[i].Name = everywhere, everywhere
	}
	draft.Services = append([]consent.Service(nil), draft.Services...)
	for i := range draft.Services {
		draft.Services[i].Name, draft.Services[i].Warning = everywhere, everywhere
	}
	notice.Draft = draft
	return &notice
}

func TestHostileTextStaysText(t *testing.T) {
	for _, text := range hostile {
		notice := withText(t, text)
		files, err := compile(notice, consent.Shipped())
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		projected, err := project(notice, consent.Shipped())
		if err != nil {
			t.Fatal(err)
		}
		for name, body := range files {
			if err := refuseUnsafe(body); err != nil {
				t.Errorf("%q: %s: %v", text, name, err)
			}
			if name == consent.MainFile && bytes.ContainsFunc(body, func(r rune) bool { return r > 0x7E }) {
				t.Errorf("%q: %s is not plain ASCII", text, name)
			}
		}
		// The purpose of the one question, as the banner has it in bokmål.
		if got := textIn(t, string(files[consent.MainFile]), slices.Index(projected.Keys, "purpose")); got != "a"+text {
			t.Errorf("%q came out as %q", text, got)
		}
	}
}

func TestAnyTextSurvivesTheCompiler(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		text := rapid.StringMatching(`[ -~\x{80}-\x{FFFD}]{0,40}`).Draw(r, "text")
		// The smallest program that has the texts in it.
		program := program{entry: "speech.ts", format: module, defines: map[string]string{
			"LANGUAGES": "true", "BUNDLE": `""`, "LANGUAGE": `""`, "SITE": `""`,
		}, modules: map[string]any{"notice": map[string]any{
			"near":  map[string]string{},
			"texts": map[string]any{"nb": []string{"", "a" + text}},
		}}}
		body, err := program.bundle()
		if err != nil {
			r.Fatal(err)
		}
		if got := textIn(t, string(body), 1); got != "a"+text {
			r.Fatalf("%q came out as %q", text, got)
		}
	})
}

// textIn reads a text in bokmål out of a main file, by its place.
func textIn(t *testing.T, body string, at int) string {
	t.Helper()
	texts := literalsAfter(t, body, "nb:[")
	if at < 0 || at >= len(texts) {
		t.Fatalf("there is no text %d of %d", at, len(texts))
	}
	return texts[at]
}

// literalsAfter reads the list of JavaScript strings that begins at a place.
func literalsAfter(t *testing.T, body, place string) []string {
	t.Helper()
	_, rest, found := strings.Cut(body, place)
	if !found {
		t.Fatalf("there is no %s", place)
	}
	var literals []string
	for rest != "" && rest[0] != ']' {
		var literal string
		literal, rest = literalAt(t, rest)
		literals, rest = append(literals, literal), strings.TrimPrefix(rest, ",")
	}
	return literals
}

// literalAt reads the JavaScript string that text begins with.
func literalAt(t *testing.T, text string) (literal, rest string) {
	t.Helper()
	var units []rune
	for i := 1; i < len(text); i++ {
		switch {
		case text[i] == text[0]:
			return joinSurrogates(units), text[i+1:]
		case text[i] != '\\':
			r, size := utf8.DecodeRuneInString(text[i:])
			units = append(units, r)
			i += size - 1
		default:
			r, taken := escapeAt(t, text[i+1:])
			units = append(units, r)
			i += taken
		}
	}
	t.Fatal("a string does not end")
	return "", ""
}

// escapeAt reads what comes after a backslash.
func escapeAt(t *testing.T, text string) (r rune, taken int) {
	t.Helper()
	length := map[byte]int{'x': 2, 'u': 4}[text[0]]
	if length == 0 {
		if plain := strings.IndexByte(`nrtvfb0`, text[0]); plain >= 0 {
			return rune("\n\r\t\v\f\b\x00"[plain]), 1
		}
		return rune(text[0]), 1
	}
	if digits, _, braced := strings.Cut(strings.TrimPrefix(text, "u{"), "}"); strings.HasPrefix(text, "u{") && braced {
		code, err := strconv.ParseUint(digits, 16, 32)
		if err != nil {
			t.Fatal(err)
		}
		return rune(code), len("u{}") + len(digits)
	}
	code, err := strconv.ParseUint(text[1:1+length], 16, 32)
	if err != nil {
		t.Fatal(err)
	}
	return rune(code), 1 + length
}

// joinSurrogates makes one character of each pair, as JavaScript does.
func joinSurrogates(units []rune) string {
	var out strings.Builder
	for i := 0; i < len(units); i++ {
		if i+1 < len(units) && units[i] >= 0xD800 && units[i] < 0xDC00 {
			out.WriteRune((units[i]-0xD800)<<10 + units[i+1] - 0xDC00 + 0x10000)
			i++
			continue
		}
		if units[i] == utf8.RuneError {
			out.WriteRune(utf8.RuneError)
			continue
		}
		out.WriteRune(units[i])
	}
	return out.String()
}

// A key named __proto__ in an object literal would set the prototype.
func TestKeyNamedProtoIsAKey(t *testing.T) {
	p := program{entry: "placeholder.ts", format: module, modules: map[string]any{"place": map[string]any{
		"lang": "nb", "heading": 2, "once": "", "always": "", "link": "", "on": "",
		"places": map[string]map[string]string{"__proto__": {"name": "x"}},
	}}}
	body, err := p.bundle()
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(body, []byte(`["__proto__"]:`)) {
		t.Errorf("the key is written as in a literal: %s", body[:200])
	}
}

func TestUnsafeBytesFailTheBuild(t *testing.T) {
	for _, body := range []string{"</script", "</SCRIPT>", "a<!--b", "\u2028", "x\u2029"} {
		if refuseUnsafe([]byte(body)) == nil {
			t.Errorf("%q is let through", body)
		}
	}
}

func TestCommonJSFailsTheBuild(t *testing.T) {
	if err := refuseCommonJS(`{"inputs":{"source:src/a.ts":{"format":"esm"},"source:src/b.ts":{"format":"cjs"}}}`); err == nil {
		t.Error("a CommonJS module is let through")
	}
}
