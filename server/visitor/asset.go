package visitor

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/banner"
)

// coding is a content coding that bytes are served in.
type coding string

const (
	identity coding = ""
	brotli   coding = "br"
	gzip     coding = "gzip"
)

// served is a file with what is said about each of its forms.
type served struct {
	*banner.Asset
	etags map[coding]string
}

func serve(asset *banner.Asset) *served {
	return &served{asset, map[coding]string{
		identity: etagOf(asset.ETag, identity),
		brotli:   etagOf(asset.ETag, brotli),
		gzip:     etagOf(asset.ETag, gzip),
	}}
}

// send answers with the form that the browser takes, or 304 when it has that
// form already. Every form has its own strong ETag.
func (s *served) send(c *fiber.Ctx) error {
	form := chooseCoding(c.Get(fiber.HeaderAcceptEncoding))
	Set(c, varyEncoding)
	etag := s.etags[form]
	c.Set(fiber.HeaderETag, etag)
	if etagMatches(c.Get(fiber.HeaderIfNoneMatch), etag) {
		c.Status(fiber.StatusNotModified)
		return nil
	}
	body := s.Body
	switch form {
	case brotli:
		body = s.Brotli()
	case gzip:
		body = s.Gzip()
	case identity:
	}
	if form != identity {
		c.Set(fiber.HeaderContentEncoding, string(form))
	}
	c.Response().SetBodyRaw(body)
	return nil
}

// etagOf gives the strong ETag of one form of a body.
func etagOf(etag string, form coding) string {
	etag = strings.Trim(etag, `"`)
	if form == identity {
		return `"` + etag + `"`
	}
	return `"` + etag + "-" + string(form) + `"`
}

// etagMatches says whether an If-None-Match header names etag. The comparison
// is weak (RFC 9110, section 13.1.2): proxies may weaken what they pass on.
func etagMatches(header, etag string) bool {
	if header == "" {
		return false
	}
	for candidate := range strings.SplitSeq(header, ",") {
		candidate = strings.TrimPrefix(strings.TrimSpace(candidate), "W/")
		if candidate == etag || candidate == "*" {
			return true
		}
	}
	return false
}

// chooseCoding gives the best coding that an Accept-Encoding header takes:
// brotli, then gzip, then none. Only q=0 matters, not the order of the others:
// brotli is the smallest whatever the browser prefers.
func chooseCoding(accept string) coding {
	var takesBrotli, takesGzip bool
	for part := range strings.SplitSeq(accept, ",") {
		name, params, _ := strings.Cut(part, ";")
		if refused(params) {
			continue
		}
		switch name = strings.TrimSpace(name); {
		case strings.EqualFold(name, string(brotli)):
			takesBrotli = true
		case strings.EqualFold(name, string(gzip)):
			takesGzip = true
		}
	}
	switch {
	case takesBrotli:
		return brotli
	case takesGzip:
		return gzip
	default:
		return identity
	}
}

// refused says whether the parameters of a coding hold a weight of zero, or
// one that cannot be read.
func refused(params string) bool {
	params = strings.TrimSpace(params)
	if params == "" {
		return false
	}
	key, value, _ := strings.Cut(params, "=")
	if !strings.EqualFold(strings.TrimSpace(key), "q") {
		return true
	}
	weight, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	return err != nil || !(weight > 0 && weight <= 1)
}
