package replay

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

//go:embed blank.html
var blankHTML string

var blankPage = template.Must(template.New("blank").Parse(blankHTML))

// links keeps the frame where it is. A press on a link would lead to a page that
// the frame may not show.
const links = `for (const press of ['click', 'auxclick'])
  addEventListener(press, (event) => {
    if (event.composedPath().some(({ localName }) => localName === 'a')) event.preventDefault()
  }, true)`

// bare is how the page itself looks that has a text.
const bare = `:root { color-scheme: light dark } body { font: 1rem/1.5 system-ui, sans-serif; margin: 1.5rem } main { max-width: 44rem; margin: auto }`

// State is what the visitor in the frame has done.
type State string

// The states.
const (
	StateFirst    State = "first"    // comes for the first time
	StatePanel    State = "panel"    // has opened the second layer
	StateAnswered State = "answered" // has answered no
)

// States are all of them, in the order in which a visitor meets them.
var States = []State{StateFirst, StatePanel, StateAnswered}

// doings are what the page does in place of the visitor, when everything stands.
var doings = map[State]string{
	StatePanel: `addEventListener('load', () => window.samtykke && window.samtykke.open())`,
	StateAnswered: `addEventListener('load', () => {
  const asked = document.getElementById('samtykke')
  const no = asked && asked.shadowRoot && asked.shadowRoot.querySelector('[data-samtykke=reject]')
  if (no) no.click()
})`,
}

// Frame is an empty page whose only program is the main file of a Bundle. Its
// origin is opaque: there is no storage, so each showing is a first visit. Nothing
// that happens in it leaves it.
type Frame struct {
	Language consent.Language
	Script   string       // address of the main file
	Hash     consent.Hash // of the main file; the browser compares it
	State    State        // StateFirst when empty
	Text     string       // what stands on the page, if anything
}

// Page gives the page and its Content-Security-Policy, which lets the files run and
// nothing leave.
func (f *Frame) Page() (page []byte, policy string, err error) {
	scripts := []string{"'self'", "'" + integrityOf([]byte(links)) + "'"}
	parts := []string{"default-src 'none'"}
	doing := doings[f.State]
	if doing != "" {
		scripts = append(scripts, "'"+integrityOf([]byte(doing))+"'")
	}
	style := ""
	parts = append(parts, "script-src "+strings.Join(scripts, " "))
	if f.Text != "" {
		style = bare
		parts = append(parts, "style-src '"+integrityOf([]byte(style))+"'")
	}
	parts = append(parts, "connect-src 'none'", "img-src data:",
		"base-uri 'none'", "form-action 'none'", "frame-ancestors 'self'", "sandbox allow-scripts")
	var out bytes.Buffer
	err = blankPage.Execute(&out, struct {
		*Frame
		Links, Doing template.JS
		Style        template.CSS
		Integrity    string
	}{
		f, links, template.JS(doing), template.CSS(style), //nolint:gosec // our own constants
		"sha256-" + base64.StdEncoding.EncodeToString(f.Hash[:]),
	})
	return out.Bytes(), strings.Join(parts, "; "), err
}

func integrityOf(data []byte) string {
	sum := sha256.Sum256(data)
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}
