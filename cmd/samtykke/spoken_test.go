package main_test

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/chromedp"
)

// spokenFile holds what screen readers are told of the banner.
const spokenFile = "testdata/spoken.golden"

// TestScreenReadersAreTold reads Chromium's accessibility tree, which screen readers
// read from, of the first layer in each place and language, and of the panel. Read
// the golden file aloud: it is what somebody hears who does not see.
func TestScreenReadersAreTold(t *testing.T) {
	site := newTrial(t)
	said := strings.Builder{}
	panels := map[string]string{}
	for _, placement := range []string{"top", "bottom", "corner", "dialog"} {
		if placement != "top" {
			site.republish(t, "radius: 4 }", "radius: 4, placement: "+placement+" }")
		}
		browser := openTab(t, "chromium").browser // that keeps no older script
		for _, lang := range []string{"nb", "nn", "en"} {
			c := &caseOn{tab: &tab{t: t, ctx: t.Context(), browser: browser}, trial: site, T: t, host: placement + "-" + lang + ".trial.localhost"}
			c.visit(c.putRaw("/", `<!doctype html><html lang="`+lang+`"><head><title>Page</title><script src="{script}"></script></head><body><h1>Page</h1><p>Words</p></body></html>`, nil))
			c.asks()
			said.WriteString("# " + placement + ", " + lang + "\n" + c.spoken() + "\n")
			c.press("[data-samtykke=open]")
			c.await("the panel", `document.querySelector('#samtykke').shadowRoot.querySelector('dialog[open] details')`)
			panel := c.spoken()
			switch {
			case placement == "top":
				panels[lang] = panel
				said.WriteString("# panel, " + lang + "\n" + panel + "\n")
			case panel != panels[lang]:
				t.Errorf("%s, %s: the panel is another one than at the top:\n%s", placement, lang, panel)
			}
		}
	}
	if *update {
		if err := os.WriteFile(spokenFile, []byte(said.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want := strings.Split(readFile(t, spokenFile), "\n")
	for i, line := range strings.Split(said.String(), "\n") {
		if i >= len(want) || line != want[i] {
			t.Fatalf("line %d of %s is now %q; if that is better: go test ./cmd/samtykke -run %s -update", i+1, spokenFile, line, t.Name())
		}
	}
}

// spoken gives the accessibility tree of the page as lines: the role, the name, and
// the states that are told.
func (p *tab) spoken() string {
	p.t.Helper()
	c := p.devtools()
	ctx, cancel := c.within(p.ctx)
	defer cancel()
	tree, err := chromedp.Call(ctx, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	if err != nil {
		p.t.Fatal(err)
	}
	nodes := axTree{}
	for _, node := range tree.Nodes {
		nodes[node.NodeID] = node
	}
	var lines strings.Builder
	nodes.write(&lines, tree.Nodes[0], "", "")
	return lines.String()
}

type axTree map[accessibility.NodeID]*accessibility.Node

// toldStates are those that a screen reader says, or goes by.
var toldStates = []accessibility.PropertyName{"level", "checked", "expanded", "modal", "live", "disabled", "invalid"}

// write writes a node and what is in it. Boxes that say nothing are left out, and
// texts that are no more than the name of what they stand in.
func (tree axTree) write(lines *strings.Builder, node *accessibility.Node, indent, around string) {
	role, name := axText(node.Role), axText(node.Name)
	told := !node.Ignored && !slices.Contains([]string{"none", "generic", "InlineTextBox", "LineBreak", "ListMarker", "LayoutTable"}, role) && (role != "StaticText" || name != around)
	if told {
		lines.WriteString(indent + role + quoted(" ", name) + quoted(" about ", axText(node.Description)) + states(node) + "\n")
		indent, around = indent+"  ", name
	}
	for _, id := range node.ChildIDs {
		if child := tree[id]; child != nil && role != "StaticText" {
			tree.write(lines, child, indent, around)
		}
	}
}

func quoted(before, text string) string {
	if text == "" {
		return ""
	}
	return before + "“" + text + "”"
}

func states(node *accessibility.Node) string {
	var told strings.Builder
	for _, property := range node.Properties {
		if value := axText(property.Value); slices.Contains(toldStates, property.Name) && value != "false" {
			told.WriteString(" " + string(property.Name) + "=" + value)
		}
	}
	return told.String()
}

var noticeAndTime = regexp.MustCompile(`\d+, [^\d]*\d.* CES?T`)

func axText(value *accessibility.Value) string {
	if value == nil {
		return ""
	}
	var told any
	if err := json.Unmarshal(value.Value, &told); err != nil {
		return string(value.Value)
	}
	// Which notice it is, and when it was published, differs from run to run.
	return noticeAndTime.ReplaceAllString(fmt.Sprint(told), "…")
}
