package web

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Nynorsk has several forms of some words. One of each is ours, so that pages do not
// say now one and now the other.
func TestNynorskIsOne(t *testing.T) {
	ours := map[string]string{
		"blei": "vart", "bleitt": "vorte", "blitt": "vorte", "også": "òg", "serveren": "tenaren", "server": "tenar", "serverar": "tenarar",
		"gje": "gi", "gjev": "gir", "gjeve": "gitt", "ikke": "ikkje", "noe": "noko", "hvis": "dersom", "fra": "frå",
	}
	whole := regexp.MustCompile(`\pL+`)
	pronoun := regexp.MustCompile(`(?i)\b(?:av|til|med|under|hos|mot) ho[.,;:]`)
	code := regexp.MustCompile("(?s)```.*?```|`[^`]*`|\\{[^}]*\\}|\\([^)]*\\)|<[^>]*>|(?m)^ {4}.*$|\"[a-z0-9_]+\":") // and where links lead
	read := 0
	for _, pattern := range []string{
		"text/*nn.json", "text/admin/*.nn.json", "help/*.nn.md", "../notify/text/nn.json", "../replay/text/nn.json", "../../consent/translation/nn.json",
	} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		if len(files) == 0 {
			t.Errorf("%s are no files", pattern)
		}
		for _, file := range files {
			content, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			read++
			text := code.ReplaceAllString(string(content), " ")
			for _, said := range whole.FindAllString(text, -1) {
				if want := ours[strings.ToLower(said)]; want != "" {
					t.Errorf("%s says %q, where ours is %q", file, said, want)
				}
			}
			if found := pronoun.FindString(text); found != "" {
				t.Errorf("%s says %q, where it is %q", file, found, "henne")
			}
		}
	}
	if read < 50 {
		t.Errorf("%d files were read", read)
	}
}
