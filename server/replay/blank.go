package replay

import (
	"net/http"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

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
	page, policy, err := (&Frame{
		Language: shown.Language, Hash: shown.Bundle.Hash, Script: "run/" + string(shown.Bundle.Site) + "/" + string(shown.Bundle.ID) + ".js",
	}).Page()
	if err != nil {
		return err
	}
	return write(w, []string{policy}, page)
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
	body, known := FileOf(shown.Bundle, request.PathValue("file"))
	if !known || request.PathValue("again") != string(shown.Bundle.Site) {
		return consent.Errorf(consent.NotFound, "unknown_file", "The bundle %s has no such file.", shown.Bundle.ID)
	}
	w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	w.Header().Set("Access-Control-Allow-Origin", "*") // an opaque origin is nobody's
	_, err = w.Write(body)
	return err
}

// FileOf gives the file of a Bundle that its main file loads by a name, and
// itself by that of the Bundle: ID.js, panel.nb.ID.js, rest.nb.ID.js.
func FileOf(bundle *consent.Bundle, name string) (body []byte, known bool) {
	if name == string(bundle.ID)+".js" {
		name = consent.MainFile
	} else {
		name = strings.Replace(name, "."+string(bundle.ID)+".js", ".js", 1)
	}
	body, known = bundle.Files[name]
	return body, known
}
