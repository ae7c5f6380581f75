package replay

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"
	"net/http"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

//go:embed blank.html
var blankHTML string

// links keeps the frame where it is. A press on a link would lead to a page that
// the frame may not show.
const links = `for (const press of ['click', 'auxclick'])
  addEventListener(press, (event) => {
    if (event.composedPath().some(({ localName }) => localName === 'a')) event.preventDefault()
  }, true)`

var blankPage = template.Must(template.New("blank").Parse(blankHTML))

// blankPolicy lets the stored files run and nothing leave. The origin is opaque:
// there is no storage, so each showing is a first visit.
var blankPolicy = []string{
	"default-src 'none'", "script-src 'self' '" + integrityOf([]byte(links)) + "'", "connect-src 'none'", "img-src data:",
	"base-uri 'none'", "form-action 'none'", "frame-ancestors 'self'", "sandbox allow-scripts",
}

// blank answers with the empty page whose only script is the Bundle's main file.
// The browser compares its hash, too.
func (r *replay) blank(w http.ResponseWriter, request *http.Request) error {
	shown, err := r.find(request)
	if err != nil {
		return err
	}
	if err := shown.Check(); err != nil {
		return err
	}
	var page bytes.Buffer
	err = blankPage.Execute(&page, struct {
		Language  consent.Language
		Links     template.JS
		Script    string
		Integrity string
	}{
		shown.Language, links, "run/" + string(shown.Bundle.Site) + "/" + string(shown.Bundle.ID) + ".js",
		"sha256-" + base64.StdEncoding.EncodeToString(shown.Bundle.Hash[:]),
	})
	if err != nil {
		return err
	}
	return write(w, blankPolicy, page.Bytes())
}

// file answers with a file of the Bundle, under the name that the main file
// loads it by: ID.js, panel.nb.ID.js, rest.nb.ID.js.
func (r *replay) file(w http.ResponseWriter, request *http.Request) error {
	shown, err := r.find(request)
	if err != nil {
		return err
	}
	if err := shown.Check(); err != nil {
		return err
	}
	name := request.PathValue("file")
	if name == string(shown.Bundle.ID)+".js" {
		name = consent.MainFile
	} else {
		name = strings.Replace(name, "."+string(shown.Bundle.ID)+".js", ".js", 1)
	}
	body, known := shown.Bundle.Files[name]
	if !known || request.PathValue("again") != string(shown.Bundle.Site) {
		return consent.Errorf(consent.NotFound, "unknown_file", "The bundle %s has no such file.", shown.Bundle.ID)
	}
	w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	w.Header().Set("Access-Control-Allow-Origin", "*") // an opaque origin is nobody's
	_, err = w.Write(body)
	return err
}

func integrityOf(data []byte) string {
	sum := sha256.Sum256(data)
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}
