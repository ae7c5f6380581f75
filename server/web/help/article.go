package help

import (
	"bytes"
	"errors"
	"html/template"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extended "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// Article is one page of the manual.
type Article struct {
	Name     string // in addresses
	Title    string
	Lede     string    // the first paragraph: what it is about
	Sections []Section // its headings, in order
	Links    []string  // where it leads
	Codes    []string  // words in code, such as those of the API, that its lists explain at places of their own
	body     []byte
	title    folded
	asked    []folded // what people ask for that leads here
	leads    []lead   // the same, as queries are held against it
	blocks   []block
}

// Section is a heading within an article.
type Section struct {
	ID    string
	Title string
	Level int
}

// markdown renders articles. HTML in them is left out.
var markdown = goldmark.New(goldmark.WithExtensions(extension.DefinitionList), goldmark.WithParserOptions(parser.WithHeadingAttribute()))

// render reads an article: its title, and what follows.
func render(source []byte) (*Article, error) {
	doc := markdown.Parser().Parse(text.NewReader(source))
	top, ok := doc.FirstChild().(*ast.Heading)
	if !ok || top.Level != 1 {
		return nil, errors.New("the article does not begin with its title")
	}
	a := &Article{Title: plain(top, source)}
	doc.RemoveChild(doc, top)
	lede, ok := doc.FirstChild().(*ast.Paragraph)
	if !ok {
		return nil, errors.New("the article does not say first what it is about")
	}
	a.Lede = plain(lede, source)
	a.title = fold(a.Title)
	err := ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			a.take(n, source)
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		return nil, err
	}
	a.place(doc, source)
	var out bytes.Buffer
	if err := markdown.Renderer().Render(&out, source, doc); err != nil {
		return nil, err
	}
	a.body = out.Bytes()
	return a, nil
}

// take keeps what is to be known of a part of the article.
func (a *Article) take(n ast.Node, source []byte) {
	switch n := n.(type) {
	case *ast.Heading:
		id, _ := n.AttributeString("id")
		named, _ := id.([]byte)
		said := plain(n, source)
		a.Sections = append(a.Sections, Section{ID: string(named), Title: said, Level: n.Level})
		a.blocks = append(a.blocks, block{said: said, folded: fold(said), heading: true})
	case *ast.Link:
		a.Links = append(a.Links, string(n.Destination))
	case *extended.DefinitionTerm:
		named := newBlock(plain(n, source))
		named.named = true
		a.blocks = append(a.blocks, named)
	case *ast.Paragraph, *ast.TextBlock:
		a.blocks = append(a.blocks, newBlock(plain(n, source)))
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		a.blocks = append(a.blocks, newBlock(string(n.Lines().Value(source))))
	}
}

// CodePlace names the place on a page where a code of the API is explained.
func CodePlace(code string) string { return "code-" + code }

// apiCode is how the API writes one.
var apiCode = regexp.MustCompile(`^[a-z]+(_[a-z0-9]+)*$`)

// place gives each code a place of its own: where it stands in a list first.
func (a *Article) place(doc ast.Node, source []byte) {
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // fails when the function does
		span, is := n.(*ast.CodeSpan)
		if !is || !entering || !listed(n) {
			return ast.WalkContinue, nil
		}
		if code := plain(span, source); apiCode.MatchString(code) && !slices.Contains(a.Codes, code) {
			a.Codes = append(a.Codes, code)
			span.SetAttributeString("id", []byte(CodePlace(code)))
		}
		return ast.WalkContinue, nil
	})
}

// listed says whether a node is in a list.
func listed(n ast.Node) bool {
	for ; n != nil; n = n.Parent() {
		if n.Kind() == ast.KindListItem {
			return true
		}
	}
	return false
}

// plain gives the text of a node without its marks.
func plain(node ast.Node, source []byte) string {
	var said strings.Builder
	_ = ast.Walk(node, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // fails when the function does
		if t, ok := n.(*ast.Text); ok && entering {
			said.Write(t.Segment.Value(source))
			if t.SoftLineBreak() || t.HardLineBreak() {
				said.WriteByte(' ')
			}
		}
		return ast.WalkContinue, nil
	})
	return said.String()
}

// anchor finds the links of a rendered article. They hold no other links.
var anchor = regexp.MustCompile(`(?s)<a href="([^"]*)">(.*?)</a>`)

// HTML gives the article for one reader: link says where a link leads them, or ""
// where it leads them nowhere and only its words are shown.
func (a *Article) HTML(link func(path string) string) template.HTML {
	body := anchor.ReplaceAllFunc(a.body, func(found []byte) []byte {
		parts := anchor.FindSubmatch(found)
		to := link(string(parts[1]))
		if to == "" {
			return parts[2]
		}
		return []byte(`<a href="` + template.HTMLEscapeString(to) + `">` + string(parts[2]) + `</a>`)
	})
	return template.HTML(body) //nolint:gosec // it is rendered from files of ours, without HTML, and links are escaped
}
