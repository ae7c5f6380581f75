// Package help is the manual of the administration: articles for the people who use
// it, in the languages that its pages come in, and a search in them. An article is a
// Markdown file, NAME.LANGUAGE.md, beside this one.
package help

import (
	"embed"
	"fmt"
	"slices"
	"sync"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

//go:embed *.md
var files embed.FS

// Group is articles about one kind of task. Its name is the text help_group_KEY.
type Group struct {
	Key   string
	Names []string // of its articles, in order
}

// Groups are all articles, as the list of the manual has them.
var Groups = []Group{
	{"begin", []string{"start", "site", "login", "glossary"}},
	{"content", []string{"inventory", "catalogue", "service", "categories", "texts", "import", "excel", "settings", "findings"}},
	{"marking", []string{"script-tag", "mark", "tag-manager", "frames", "blocks", "placeholders", "unmarked", "check"}},
	{"publish", []string{"publish", "notices", "conflict"}},
	{"log", []string{"log", "decision", "requests", "figures", "gap", "audit-failed"}},
	{"people", []string{"people", "notifications", "account", "lost-factor", "trail"}},
	{"operation", []string{"operation", "trouble", "api-keys", "api", "api-faults"}},
}

// Book is the manual in every language.
type Book struct {
	shelves map[consent.Language]*shelf
}

// Read gives the manual. It is read and rendered once.
var Read = sync.OnceValues(read)

func read() (*Book, error) {
	book := &Book{shelves: make(map[consent.Language]*shelf, len(web.AdminLanguages))}
	for _, lang := range web.AdminLanguages {
		shelf := &shelf{lang: lang}
		book.shelves[lang] = shelf
		for _, group := range Groups {
			for _, name := range group.Names {
				article, err := readArticle(name, lang)
				if err != nil {
					return nil, err
				}
				article.asked = foldAll(asked[lang][name])
				article.leads = leadsOf(lang, article.asked)
				shelf.articles = append(shelf.articles, article)
			}
		}
		shelf.words = shelf.vocabulary()
	}
	return book, nil
}

func readArticle(name string, lang consent.Language) (*Article, error) {
	file := name + "." + string(lang) + ".md"
	source, err := files.ReadFile(file)
	if err != nil {
		return nil, err
	}
	article, err := render(source)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	article.Name = name
	return article, nil
}

// Article gives an article, or nil when there is none of the name.
func (b *Book) Article(lang consent.Language, name string) *Article {
	shelf := b.shelves[lang]
	if shelf == nil {
		return nil
	}
	at := slices.IndexFunc(shelf.articles, func(a *Article) bool { return a.Name == name })
	if at < 0 {
		return nil
	}
	return shelf.articles[at]
}
