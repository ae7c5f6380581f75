package admin

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"sync"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/replay"
)

// mostFrames is how many bundles are kept for frames that load them, and mostFramed how
// many bytes of them.
const (
	mostFrames = 32
	mostFramed = 64 << 20
)

// frames are the bundles that sandboxed frames run. A frame is nobody: its origin
// is opaque, and it brings no login. So it gets its files at an address that only
// who was allowed to open it knows.
type frames struct {
	key []byte

	mu     sync.Mutex
	shown  map[string]*consent.Bundle
	secret []string // oldest first
	size   int      // of shown, in bytes
}

func newFrames() *frames {
	key := make([]byte, 32)
	_, _ = rand.Read(key) // never fails
	return &frames{key: key, shown: map[string]*consent.Bundle{}}
}

// show gives the address of a Bundle's main file.
func (f *frames) show(bundle *consent.Bundle) string {
	mac := hmac.New(sha256.New, f.key)
	mac.Write([]byte(string(bundle.Site) + "/" + string(bundle.ID)))
	secret := hex.EncodeToString(mac.Sum(nil)[:16])
	f.mu.Lock()
	defer f.mu.Unlock()
	f.secret = append(slices.DeleteFunc(f.secret, func(s string) bool { return s == secret }), secret)
	f.size += sizeOf(bundle) - f.sizeAt(secret)
	f.shown[secret] = bundle
	for len(f.secret) > mostFrames || len(f.secret) > 1 && f.size > mostFramed {
		f.size -= f.sizeAt(f.secret[0])
		delete(f.shown, f.secret[0])
		f.secret = f.secret[1:]
	}
	return "/frames/" + secret + "/" + string(bundle.Site) + "/" + string(bundle.ID) + ".js"
}

// sizeAt gives how many bytes are shown under a secret.
func (f *frames) sizeAt(secret string) int {
	if bundle, there := f.shown[secret]; there {
		return sizeOf(bundle)
	}
	return 0
}

func (f *frames) find(secret string) *consent.Bundle {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.shown[secret]
}

// frameFileGet answers with a file that a frame runs.
func (r *request) frameFileGet() error {
	bundle := r.frames.find(r.c.Params("secret"))
	if bundle == nil || r.c.Params("again") != string(bundle.Site) {
		return errNoPage()
	}
	body, known := replay.FileOf(bundle, r.c.Params("file"))
	if !known {
		return errNoPage()
	}
	r.c.Set(fiber.HeaderContentType, "text/javascript; charset=utf-8")
	r.c.Set(fiber.HeaderAccessControlAllowOrigin, "*") // an opaque origin is nobody's
	r.c.Set("Cross-Origin-Resource-Policy", "cross-origin")
	return r.c.Send(body)
}

// sendFrame answers with a page for a frame of ours.
func (r *request) sendFrame(f *replay.Frame) error {
	body, policy, err := f.Page()
	if err != nil {
		return err
	}
	r.c.Set(fiber.HeaderXFrameOptions, "SAMEORIGIN")
	r.c.Set(fiber.HeaderContentType, "text/html; charset=utf-8")
	r.c.Set(fiber.HeaderContentSecurityPolicy, policy)
	return r.c.Send(body)
}
