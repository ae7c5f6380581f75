package replay

import (
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"html/template"

	"github.com/samtykke/samtykke/consent"
)

// State is what the visitor in the frame has done.
type State string

// The states.
const (
	StateFirst       State = "first"       // comes for the first time
	StatePanel       State = "panel"       // has opened the second layer
	StateAccepted    State = "accepted"    // has answered yes, also to what is asked in place
	StateAnswered    State = "answered"    // has answered no
	StatePlaceholder State = "placeholder" // has answered no, and comes to what is asked in place
	StateWithdrawn   State = "withdrawn"   // has taken back a yes
)

// States are all of them, in the order in which a visitor meets them.
var States = []State{StateFirst, StatePanel, StateAccepted, StateAnswered, StatePlaceholder, StateWithdrawn}

// MeetsContent says whether the page of a State has content that waits for a yes.
func (s State) MeetsContent() bool {
	return s == StateAccepted || s == StatePlaceholder || s == StateWithdrawn
}

const (
	// answering presses a button of the question, where there is one.
	answering = `const press = (which) => {
  const asked = document.getElementById('samtykke')
  const button = asked && asked.shadowRoot && asked.shadowRoot.querySelector('[data-samtykke=' + which + ']')
  if (button) button.click()
}
`
	// agreeing says yes to all.
	agreeing = answering + `const agree = () => {
  if (!window.samtykke) return
  press('accept')
  for (const { dataset } of document.querySelectorAll('[data-service]')) window.samtykke.grant(dataset.service)
}
`
)

// doings are what the page does in place of the visitor, when everything stands.
var doings = map[State]string{
	StatePanel:       `addEventListener('load', () => window.samtykke && window.samtykke.open())`,
	StateAccepted:    `{ ` + agreeing + `addEventListener('load', agree) }`,
	StateAnswered:    `{ ` + answering + `addEventListener('load', () => press('reject')) }`,
	StatePlaceholder: `{ ` + answering + `addEventListener('load', () => press('reject')) }`,
	StateWithdrawn:   `{ ` + agreeing + `addEventListener('load', () => { agree(); if (window.samtykke) window.samtykke.withdraw() }) }`,
}

// staying keeps the frame from coming anew, as a banner asks for after a withdrawal, or
// after each answer where it blocks by a policy: who asks from a frame of nobody's has
// no login, and the answer would be lost. What is in the page it brings anew itself. The
// banner calls this last before it reloads, and goes no further.
const staying = `history.replaceState = (state, title, address) => {
  if (address) return
  for (const open of document.querySelectorAll('main [data-service][src]')) {
    const asleep = open.cloneNode()
    asleep.removeAttribute('src')
    open.replaceWith(asleep)
  }
  throw new Error('The page in the frame stays.')
}`

// Scheme is the colours that the visitor's browser prefers.
type Scheme string

// The schemes.
const (
	SchemeLight Scheme = "light"
	SchemeDark  Scheme = "dark"
)

// Schemes are all of them.
var Schemes = []Scheme{SchemeLight, SchemeDark}

// Content is what a Service that is asked for in place would show on the page. It is
// a drawing of ours: nothing is fetched when it is opened.
type Content struct {
	Category consent.CategoryKey
	Service  consent.ServiceKey
	Text     string // what stands in it
}

// Address is that of the drawing, which holds all of it.
func (c Content) Address() template.URL {
	var drawing bytes.Buffer
	drawing.WriteString(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 270"><rect width="480" height="270" rx="6" fill="#e4e4e7"/>` +
		`<path d="M210 75v70l60-35z" fill="#3f3f46"/><text x="240" y="205" text-anchor="middle" font-family="system-ui, sans-serif" font-size="20" fill="#18181b">`)
	_ = xml.EscapeText(&drawing, []byte(c.Text)) // a buffer takes everything
	drawing.WriteString(`</text></svg>`)
	return template.URL("data:image/svg+xml;base64," + base64.StdEncoding.EncodeToString(drawing.Bytes())) //nolint:gosec // made right here
}
