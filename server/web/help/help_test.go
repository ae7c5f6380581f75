package help

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

func book(t *testing.T) *Book {
	t.Helper()
	b, err := Read()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Every file is an article of the list, and says the same in each language: the same
// headings with names of their own, and the same links.
func TestArticlesAgree(t *testing.T) {
	b := book(t)
	left, err := fs.Glob(files, "*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range web.AdminLanguages {
		for i, a := range b.shelves[lang].articles {
			file := a.Name + "." + string(lang) + ".md"
			left = slices.DeleteFunc(left, func(name string) bool { return name == file })
			first := b.shelves[consent.Bokmaal].articles[i]
			if got, want := outline(a), outline(first); !slices.Equal(got, want) {
				t.Errorf("%s has the headings %v, bokmål has %v", file, got, want)
			}
			if got, want := sorted(a.Links), sorted(first.Links); !slices.Equal(got, want) {
				t.Errorf("%s has the links %v, bokmål has %v", file, got, want)
			}
			if lang != consent.Bokmaal && a.Lede == first.Lede {
				t.Errorf("%s is not translated", file)
			}
			a.isSound(t, file)
		}
	}
	if len(left) > 0 {
		t.Errorf("%v are in no list", left)
	}
}

func outline(a *Article) []string {
	var found []string
	for _, s := range a.Sections {
		found = append(found, strings.Repeat("#", s.Level)+s.ID)
	}
	return found
}

func sorted(links []string) []string { return slices.Sorted(slices.Values(links)) }

var (
	rawHTML   = regexp.MustCompile(`<!-- raw HTML omitted -->|<[^>]+ (?:style|class|on\w+)=`)
	plainName = regexp.MustCompile(`^[a-z-]+$`)
)

// isSound holds an article to what all are to be.
func (a *Article) isSound(t *testing.T, file string) {
	t.Helper()
	words := 0
	for _, block := range a.blocks {
		words += len(strings.Fields(block.said))
	}
	if words < 150 || words > 500 {
		t.Errorf("%s has %d words", file, words)
	}
	if found := rawHTML.Find(a.body); found != nil {
		t.Errorf("%s holds HTML or styles: %s", file, found)
	}
	seen := map[string]bool{}
	for _, s := range a.Sections {
		if s.Level != 2 && s.Level != 3 || !plainName.MatchString(s.ID) || seen[s.ID] {
			t.Errorf("%s: the heading %q of level %d has the id %q", file, s.Title, s.Level, s.ID)
		}
		seen[s.ID] = true
	}
}

// Whoever edits pages has no way to a shell on the server: what they need stands here.
// Only what the administration does as well may be named as a command besides.
func TestEditorsNeedNoShell(t *testing.T) {
	command := regexp.MustCompile("`samtykke [^`]+`")
	alsoHere := map[string]string{"import": "`samtykke site import`"}
	for _, group := range Groups {
		if !slices.Contains([]string{"begin", "content", "marking", "publish"}, group.Key) {
			continue
		}
		for _, name := range group.Names {
			for _, lang := range web.AdminLanguages {
				file := name + "." + string(lang) + ".md"
				source, err := files.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				for _, found := range command.FindAllString(string(source), -1) {
					if found != alsoHere[name] {
						t.Errorf("%s sends an editor to a shell: %s", file, found)
					}
				}
			}
		}
	}
}

func TestHTMLInArticlesIsLeftOut(t *testing.T) {
	a, err := render([]byte("# T\n\nA <b onclick=x>word</b> [link](javascript:alert(1)).\n\n<script>alert(1)</script>\n"))
	if err != nil {
		t.Fatal(err)
	}
	body := string(a.HTML(func(path string) string { return path }))
	for _, bad := range []string{"<b", "<script", "javascript:"} {
		if strings.Contains(body, bad) {
			t.Errorf("%q is rendered: %s", bad, body)
		}
	}
}

func TestSearch(t *testing.T) {
	b := book(t)
	for _, c := range []struct {
		lang  consent.Language
		query string
		first string // article, "" for none
	}{
		{consent.Bokmaal, "INVENTARET", "inventory"},
		{consent.Bokmaal, "nøkkel besøkende", "glossary"},
		{consent.Bokmaal, "nokkel besokende", "glossary"},
		{consent.Bokmaal, "§ 3-15 unntak", "categories"},
		{consent.Bokmaal, "tall", "figures"},
		{consent.Bokmaal, "mistet trinnet", "lost-factor"},
		{consent.Bokmaal, "kunngjøringene", "notices"},
		{consent.Nynorsk, "kunngjering", "notices"},
		{consent.English, "recovery code", "lost-factor"},
		{consent.English, "Sámi act", "texts"},
		{consent.English, "sami", "texts"},
		{consent.Bokmaal, "iframe", "frames"},
		{consent.Bokmaal, "data-category", "mark"},
		{consent.Bokmaal, "noembed", "blocks"},
		{consent.Bokmaal, "Siteimprove", "mark"},
		{consent.Nynorsk, "iframe", "frames"},
		{consent.Nynorsk, "plasshaldar", "placeholders"},
		{consent.English, "iframe", "frames"},
		{consent.English, "data-category", "mark"},
		{consent.English, "chat", "blocks"},
		{consent.Bokmaal, "zzyzx", ""},
		{consent.Bokmaal, "inventaret zzyzx", "inventory"}, // some of the words
		{consent.Bokmaal, "   ", ""},
		{consent.Bokmaal, "😀 \u202e", ""},
		{consent.Bokmaal, strings.Repeat("å", 100_000), ""},
		{consent.Bokmaal, "\xff\x00", ""},
	} {
		first := ""
		if hits := b.Search(c.lang, c.query); len(hits) > 0 {
			first = hits[0].Name
		}
		if first != c.first {
			t.Errorf("%s: %.40q finds %q first, want %q", c.lang, c.query, first, c.first)
		}
	}
}

// Titles come first, whatever stands more often in a text.
func TestTitlesComeFirst(t *testing.T) {
	for _, query := range []string{"loggen", "kladden", "publisere"} {
		text := false
		for _, hit := range book(t).Search(consent.Bokmaal, query) {
			inTitle := slices.ContainsFunc(hit.Title, func(p Piece) bool { return p.Found })
			if inTitle && text {
				t.Errorf("%q: %s has it in its title, and comes after one that has it in the text", query, hit.Name)
			}
			text = text || !inTitle
		}
	}
}

func TestFoundWordsAreMarkedInTheirOwnLetters(t *testing.T) {
	for _, c := range []struct{ said, term, want string }{
		{"Nøkkelen er Ærlig", "nokkel", "[Nøkkelen] er Ærlig"},
		{"Ærlig sæd", "ae", "[Æ]rlig sæd"},
		{"Innstillingar, tilgang", "til", "Innstillingar, [til]gang"},
		{"Ærlig", "a", "[Æ]rlig"},
		{"Sámi Cafe\u0301", "cafe", "Sámi [Cafe\u0301]"},
		{"aaa", "aa", "[aa]a"},
		{"intet", "noe", "intet"},
	} {
		var got strings.Builder
		for _, p := range pieces(c.said, []string{c.term}) {
			if p.Found {
				got.WriteString("[" + p.Text + "]")
			} else {
				got.WriteString(p.Text)
			}
		}
		if got.String() != c.want {
			t.Errorf("%q in %q: %s, want %s", c.term, c.said, got.String(), c.want)
		}
	}
}

func TestQueriesAreCut(t *testing.T) {
	if got := []rune(Cut("  " + strings.Repeat("å", 100_000))); len(got) != LongestQuery {
		t.Errorf("%d characters are read", len(got))
	}
	if got := book(t).shelves[consent.Bokmaal].termsOf("a b c d e f g h i j k a"); len(got) != mostTerms {
		t.Errorf("%d words are looked for", len(got))
	}
}

// A phrase is found where it stands in a heading first, by the beginnings of its words
// and not by those that stand everywhere.
func TestPhrasesAreFound(t *testing.T) {
	b := book(t)
	for _, c := range []struct {
		lang         consent.Language
		query, first string
		most         int
	}{
		{consent.Nynorsk, "tid til svar", "figures", 8},
		{consent.Bokmaal, "tid til svar", "figures", 8},
		{consent.English, "time to decide", "figures", 8},
		{consent.English, "the dark", "settings", 2},
		{consent.Bokmaal, "mørk", "settings", 2},
		{consent.Nynorsk, "mørk", "settings", 2},
		{consent.English, "withdrawn placeholder", "publish", 4},
		{consent.Bokmaal, "trukket plassholder", "publish", 4},
		{consent.English, "desk at work", "account", 1},
		{consent.Bokmaal, "pulten på jobb", "account", 1},
	} {
		hits := b.Search(c.lang, c.query)
		var names []string // of those that have all the words
		for i := range hits {
			if !hits[i].Some {
				names = append(names, hits[i].Name)
			}
		}
		if len(names) == 0 || names[0] != c.first || len(names) > c.most {
			t.Errorf("%s: %q finds %v, want %s first of at most %d", c.lang, c.query, names, c.first, c.most)
		}
	}
	if got := book(t).shelves[consent.Bokmaal].termsOf("til og på"); len(got) != 3 {
		t.Errorf("of common words alone %v are looked for", got)
	}
}
