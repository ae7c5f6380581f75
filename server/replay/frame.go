package replay

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"
	"slices"
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

// bare is how the page itself looks that has something on it.
const bare = `body { font: 1rem/1.5 system-ui, sans-serif; margin: 1.5rem } main { max-width: 44rem; margin: auto } main img { width: 100%; height: auto; aspect-ratio: 16/9 }`

// Frame is an empty page whose only program is the main file of a Bundle. Its
// origin is opaque: there is no storage, so each showing is a first visit. Nothing
// that happens in it leaves it.
type Frame struct {
	Language consent.Language
	Script   string       // address of the main file
	Hash     consent.Hash // of the main file; the browser compares it
	State    State        // when empty, as StateFirst of a page that may come anew
	Scheme   Scheme       // the browser's own when empty
	Text     string       // what stands on the page, if anything
	Contents []Content    // what waits on it for a yes; only where State meets some
}

// Page gives the page and its Content-Security-Policy, which lets the files run and
// nothing leave.
func (f *Frame) Page() (page []byte, policy string, err error) {
	scripts := []string{"'self'", "'" + integrityOf([]byte(links)) + "'"}
	parts := []string{"default-src 'none'"}
	doing, stay := doings[f.State], ""
	if f.State != "" {
		stay = staying
	}
	for _, script := range []string{stay, doing} {
		if script != "" {
			scripts = append(scripts, "'"+integrityOf([]byte(script))+"'")
		}
	}
	style := f.style()
	parts = append(parts, "script-src "+strings.Join(scripts, " "))
	if style != "" {
		parts = append(parts, "style-src '"+integrityOf([]byte(style))+"'")
	}
	parts = append(parts, "connect-src 'none'", "img-src data:",
		"base-uri 'none'", "form-action 'none'", "frame-ancestors 'self'", "sandbox allow-scripts")
	var out bytes.Buffer
	err = blankPage.Execute(&out, struct {
		*Frame
		Waiting            []Content
		Links, Stay, Doing template.JS
		Style              template.CSS
		Integrity          string
	}{
		f, f.waiting(), links, template.JS(stay), template.JS(doing), template.CSS(style), //nolint:gosec // our own constants
		"sha256-" + base64.StdEncoding.EncodeToString(f.Hash[:]),
	})
	return out.Bytes(), strings.Join(parts, "; "), err
}

// waiting gives what waits on the page for a yes.
func (f *Frame) waiting() []Content {
	if !f.State.MeetsContent() {
		return nil
	}
	return f.Contents
}

// style is that of the page itself, "" for none.
func (f *Frame) style() string {
	style := ""
	if slices.Contains(Schemes, f.Scheme) {
		style = ":root { color-scheme: " + string(f.Scheme) + "; background: Canvas; color: CanvasText } "
	}
	if f.Text != "" || len(f.waiting()) > 0 {
		style += bare
	}
	return style
}

func integrityOf(data []byte) string {
	sum := sha256.Sum256(data)
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}
