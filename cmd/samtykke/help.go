package main

import (
	"embed"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/alecthomas/kong"

	"github.com/samtykke/samtykke/consent"
)

//go:embed help/*.txt
var topicFiles embed.FS

// topic is a page of the manual that belongs to no single verb. Its first line
// says what it is about.
type topic struct{ name, about, text string }

func topics() []topic {
	names, err := fs.Glob(topicFiles, "help/*.txt")
	if err != nil {
		panic(err) // the pattern is a constant
	}
	all := make([]topic, 0, len(names))
	for _, name := range names {
		text, err := topicFiles.ReadFile(name)
		if err != nil {
			panic(err) // it was just listed
		}
		about, _, _ := strings.Cut(string(text), "\n")
		whole := strings.ReplaceAll(string(text), "{review}\n", awaitingReview())
		all = append(all, topic{strings.TrimSuffix(path.Base(name), ".txt"), about, whole})
	}
	return all
}

// awaitingReview lists what a native reader has yet to look at, as the files of
// the languages say it.
func awaitingReview() string {
	var list strings.Builder
	for _, lang := range consent.Languages() {
		if texts := consent.Shipped()[lang]; texts.Review != "" {
			fmt.Fprintf(&list, "    %-4s%-20s%s\n", lang, texts.Name, texts.Review)
		}
	}
	return list.String()
}

type helpCmd struct {
	About []string `arg:"" optional:"" name:"verb or topic" help:"A verb such as \"log list\", or a topic."`
}

// Run explains a verb or a topic, or lists all of them.
func (c *helpCmd) Run(t *terminal, parser *kong.Kong) error {
	if len(c.About) == 1 {
		for _, each := range topics() {
			if each.name == c.About[0] {
				_, err := io.WriteString(t.out, each.text)
				return err
			}
		}
	}
	node := parser.Model.Node
	for _, word := range c.About {
		next := child(node, word)
		if next == nil {
			return misusef("there is no verb or topic %q; \"samtykke help\" lists them all", strings.Join(c.About, " "))
		}
		node = next
	}
	return writeHelp(t, parser.Model.Node, node)
}

func child(node *kong.Node, name string) *kong.Node {
	for _, each := range node.Children {
		if each.Name == name {
			return each
		}
	}
	return nil
}

// writeHelp writes the page of a verb, or of a group of verbs.
func writeHelp(t *terminal, root, node *kong.Node) error {
	page := &manual{t: t}
	page.text(node.Help)
	page.heading("Usage")
	page.line("  " + usage(node))
	page.text(node.Detail)
	page.positional(node)
	page.verbs(node)
	if node == root {
		page.topics()
		page.text("Every verb answers --help. Exit codes: 0 done, 1 failed, 2 the command line itself is wrong.")
	}
	page.flags(node)
	_, err := io.WriteString(t.out, strings.TrimLeft(page.out.String(), "\n"))
	return err
}

func usage(node *kong.Node) string {
	words := []string{"samtykke"}
	if node.Type != kong.ApplicationNode {
		words = append(words, node.Path())
	}
	if len(node.Children) > 0 {
		words = append(words, "VERB")
	}
	for _, value := range node.Positional {
		words = append(words, place(value))
	}
	if len(ownFlags(node)) > 0 {
		words = append(words, "[flags]")
	}
	return strings.Join(words, " ")
}

// place writes an argument as it stands in a usage line.
func place(value *kong.Positional) string {
	name := strings.ToUpper(value.Name)
	if value.IsCumulative() {
		name += "…"
	}
	if !value.Required {
		name = "[" + name + "]"
	}
	return name
}

// manual is a page of help. It holds no tab: tabs fall apart when copied.
type manual struct {
	t   *terminal
	out strings.Builder
}

func (m *manual) line(text string) { m.out.WriteString(text + "\n") }

func (m *manual) heading(title string) { m.line("\n" + m.t.bold(title)) }

// text writes paragraphs, wrapped. Lines that are indented stay as they are.
func (m *manual) text(text string) {
	for paragraph := range strings.SplitSeq(strings.TrimSpace(text), "\n\n") {
		if paragraph == "" {
			continue
		}
		m.line("")
		if strings.HasPrefix(paragraph, " ") {
			m.line(paragraph)
			continue
		}
		m.line(strings.Join(wrap(paragraph, m.t.width()), "\n"))
	}
}

// entry is a term and what it means.
type entry struct{ term, meaning string }

// entries writes terms in a column with their meanings beside them.
func (m *manual) entries(title string, list []entry) {
	if len(list) == 0 {
		return
	}
	m.heading(title)
	column := 0
	for _, each := range list {
		column = max(column, utf8.RuneCountInString(each.term))
	}
	column = min(column, 30)
	for _, each := range list {
		pad := strings.Repeat(" ", max(0, column-utf8.RuneCountInString(each.term)))
		for i, line := range wrap(each.meaning, m.t.width()-column-4) {
			if i == 0 {
				m.line("  " + each.term + pad + "  " + line)
			} else {
				m.line(strings.Repeat(" ", column+4) + line)
			}
		}
	}
}

func (m *manual) positional(node *kong.Node) {
	list := make([]entry, 0, len(node.Positional))
	for _, value := range node.Positional {
		list = append(list, entry{strings.ToUpper(value.Name), value.Help})
	}
	m.entries("Arguments", list)
}

func (m *manual) verbs(node *kong.Node) {
	leaves := node.Leaves(true)
	list := make([]entry, 0, len(leaves))
	for _, leaf := range leaves {
		if leaf != node {
			list = append(list, entry{leaf.Path(), leaf.Help})
		}
	}
	m.entries("Verbs", list)
}

func (m *manual) topics() {
	all := topics()
	list := make([]entry, 0, len(all))
	for _, each := range all {
		list = append(list, entry{"help " + each.name, each.about})
	}
	m.entries("Topics", list)
}

func (m *manual) flags(node *kong.Node) {
	own := ownFlags(node)
	list := make([]entry, 0, len(own))
	for _, flag := range own {
		term := "    --" + flag.Name
		if flag.Short != 0 {
			term = "-" + string(flag.Short) + ", --" + flag.Name
		}
		if !flag.IsBool() {
			term += " " + strings.Trim(flag.FormatPlaceHolder(), `"`)
		}
		list = append(list, entry{term, flag.Help})
	}
	m.entries("Flags", list)
}

// ownFlags gives the flags of a verb, without --help, which all have.
func ownFlags(node *kong.Node) []*kong.Flag {
	var own []*kong.Flag
	for _, flag := range node.Flags {
		if flag.Name != "help" && !flag.Hidden {
			own = append(own, flag)
		}
	}
	return own
}

// wrap breaks text between words into lines of at most width characters.
func wrap(text string, width int) []string {
	var lines []string
	line, length := "", 0
	for _, word := range strings.Fields(text) {
		size := utf8.RuneCountInString(word)
		if length > 0 && length+1+size > width {
			lines, line, length = append(lines, line), "", 0
		}
		if length > 0 {
			line, length = line+" ", length+1
		}
		line, length = line+word, length+size
	}
	return append(lines, line)
}
