package gjerdrum

import (
	"crypto/sha256"
	"encoding/base64"
	"regexp"
	"strings"
)

// scriptIn finds the script of a vendor's block, also where its end tag is written so
// that the block around it does not end.
var scriptIn = regexp.MustCompile(`(?s)<script>(.*?)<\\?/script>`)

// policyOf gives the Content-Security-Policy of the pages, as strict as one can be with
// these third parties: no inline script but the vendors' own, known by their hashes, no
// inline style, and nothing that a script makes out of texts (Trusted Types, W3C), but
// by Samtykke and by a policy named page, which scripts of the page's own may have.
func policyOf(options Options, blocks []string) string {
	samtykke := options.Script[:strings.LastIndex(options.Script, "/")+1]
	third := address("*.localhost", options.Port)
	scripts := []string{"script-src 'self'", samtykke, third}
	for _, block := range blocks {
		for _, script := range scriptIn.FindAllStringSubmatch(block, -1) {
			hash := sha256.Sum256([]byte(script[1]))
			scripts = append(scripts, "'sha256-"+base64.StdEncoding.EncodeToString(hash[:])+"'")
		}
	}
	return strings.Join([]string{
		"default-src 'none'", "base-uri 'none'", "form-action 'self'", "style-src 'self'",
		strings.Join(scripts, " "),
		"img-src 'self' " + third, "frame-src " + third, "connect-src 'self' " + samtykke + " " + third,
		"require-trusted-types-for 'script'", "trusted-types samtykke page",
	}, "; ")
}
