package admin

import (
	"net/http"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
)

// lifetimeRoutes are what the script asks while somebody writes a lifetime.
func lifetimeRoutes() []route {
	return []route{{method: http.MethodGet, path: "/sites/:site/lifetime", may: consent.MayEdit, handle: (*request).lifetimeGet}}
}

// lifetimeGet says in words how a text is read, as the saved page does. Nothing is said
// of no text.
func (r *request) lifetimeGet() error {
	written := r.c.Query("text")
	said := r.understood(written)
	if said == "" && written != "" {
		said = r.unclear(written)
	}
	r.c.Set(fiber.HeaderContentType, "text/plain; charset=utf-8")
	return r.c.SendString(said)
}

// understood says which lifetime a text is read as, and nothing of what is none.
func (r *request) understood(written string) string {
	l, err := consent.ParseLifetime(written)
	if err != nil {
		return ""
	}
	return r.say("inventory_understood", "lifetime", l.Words(r.lang))
}

// unclear says why a text is read as no lifetime.
func (r *request) unclear(written string) string {
	return r.say("inventory_lifetime_unclear", "why", r.say("lifetime_flaw_"+consent.LifetimeFlaw(written)))
}
