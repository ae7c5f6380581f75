package admin

import (
	"net/http"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/banner"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

// The files that every page loads.
const (
	styleAsset  = "admin.css"
	scriptAsset = "admin.js"
)

// asset is a file that is the same for everybody, at an address that names its
// content.
type asset struct {
	url  string
	kind string
	body []byte
}

func readAssets() (map[string]asset, error) {
	script, err := banner.Admin()
	if err != nil {
		return nil, err
	}
	all := map[string]asset{
		styleAsset:  {kind: "text/css; charset=utf-8", body: web.AdminStyle},
		scriptAsset: {kind: "text/javascript; charset=utf-8", body: script},
	}
	for name, a := range all {
		a.url = "/assets/" + consent.HashOf(a.body).String()[:16] + "/" + name
		all[name] = a
	}
	return all, nil
}

func assetRoutes() []route {
	return []route{{method: http.MethodGet, path: "/assets/:hash/:name", who: everybody, handle: (*request).assetGet}}
}

// assetGet answers with a file.
func (r *request) assetGet() error {
	file, ok := r.assets[r.c.Params("name")]
	if !ok || file.url != r.c.Path() {
		return errNoPage()
	}
	r.c.Set(fiber.HeaderContentType, file.kind)
	r.c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	return r.c.Send(file.body)
}
