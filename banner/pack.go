package banner

import (
	"crypto/sha512"
	"encoding/base64"

	"github.com/samtykke/samtykke/consent"
)

// pack prepares every file of a Bundle for serving, once.
func pack(bundle *consent.Bundle) *Built {
	built := &Built{Bundle: bundle, Files: make(map[string]*Asset, len(bundle.Files))}
	for name, body := range bundle.Files {
		digest := sha512.Sum384(body)
		asset := NewAsset(body, base64.RawURLEncoding.EncodeToString(digest[:12]))
		asset.Integrity = "sha384-" + base64.StdEncoding.EncodeToString(digest[:])
		built.Files[name] = asset
	}
	return built
}
