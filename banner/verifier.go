package banner

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"io/fs"
	"path"
	"sync"
	"text/template"
)

const verifierFolder = "verifier"

// Verifier gives the page with which anyone verifies a receipt: one HTML file
// that runs from a server or from the disk, loads nothing and sends nothing. It
// is the same bytes every time.
func Verifier() ([]byte, error) {
	page, err := verifier()
	return page.body, err
}

// VerifierPolicy gives the Content-Security-Policy that the page itself holds:
// its own script and style sheet, and nothing else.
func VerifierPolicy() (string, error) {
	page, err := verifier()
	return page.policy, err
}

// verifierPage is the page and its policy.
type verifierPage struct {
	body   []byte
	policy string
}

var verifier = sync.OnceValues(buildVerifier)

func buildVerifier() (verifierPage, error) {
	script, err := program{entry: "verifier.ts", folder: verifierFolder, format: classic}.bundle()
	if err != nil {
		return verifierPage{}, err
	}
	sheet, err := fs.ReadFile(pageSources, path.Join(verifierFolder, "verifier.css"))
	if err != nil {
		return verifierPage{}, err
	}
	style, err := minifyStyle(string(sheet))
	if err != nil {
		return verifierPage{}, err
	}
	// What a meta element may not say, such as frame-ancestors, is for the server.
	policy := "default-src 'none'; img-src data:; script-src '" + sourceOf(script) + "'; style-src '" + sourceOf([]byte(style)) + "'; " +
		"base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
	page, err := template.ParseFS(pageSources, path.Join(verifierFolder, "verifier.html"))
	if err != nil {
		return verifierPage{}, err
	}
	var body bytes.Buffer
	err = page.Execute(&body, struct{ Policy, Style, Script string }{policy, style, string(script)})
	return verifierPage{body.Bytes(), policy}, err
}

// sourceOf gives the source expression that lets one inline script or style
// sheet in.
func sourceOf(text []byte) string {
	sum := sha256.Sum256(text)
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}
