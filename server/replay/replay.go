// Package replay shows what visitors saw: it runs the very bytes of a Bundle, as
// they are stored, in a sandboxed frame on an empty page, beside what the log
// says of them. Nothing that happens in the frame leaves it.
//
// It speaks net/http and knows no accounts. Whoever mounts it decides who may
// look, and strips the path above it.
package replay

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// Store is what is shown.
type Store interface {
	consent.NoticeStore
	consent.BundleStore
	consent.EntryStore
	Bundles(ctx context.Context, site consent.SiteKey) ([]consent.BundleID, error)
	Read(ctx context.Context, query consent.LogQuery) ([]consent.Entry, error)
}

type replay struct{ store Store }

// Handler answers GET below the path of a Shown: the page with the facts and the
// frame, the empty page in the frame, and the files that it runs.
func Handler(store Store) http.Handler {
	r := &replay{store}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{site}/{notice}/{bundle}/{$}", answer(r.page))
	mux.HandleFunc("GET /{site}/{notice}/{bundle}/page", answer(r.blank))
	mux.HandleFunc("GET /{site}/{notice}/{bundle}/run/{again}/{file}", answer(r.file))
	return mux
}

// answer turns an error into a status and its sentence, and keeps every answer
// out of caches: what is shown may be of one visitor.
func answer(handle func(http.ResponseWriter, *http.Request) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Cache-Control", "no-store")
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("Referrer-Policy", "no-referrer")
		err := handle(w, r)
		if err == nil {
			return
		}
		status, text := http.StatusInternalServerError, "Something failed on the server."
		var known *consent.Error
		if errors.As(err, &known) && known.Kind != consent.Internal {
			text = known.Message
		}
		switch consent.KindOf(err) {
		case consent.NotFound:
			status = http.StatusNotFound
		case consent.Invalid, consent.Conflict:
			status = http.StatusUnprocessableEntity
		case consent.Unavailable:
			status = http.StatusServiceUnavailable
		default:
		}
		header.Set("Content-Type", "text/plain; charset=utf-8")
		header.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'self'")
		w.WriteHeader(status)
		_, _ = w.Write([]byte(text + "\n")) // who asked is gone
	}
}

// write sends a page under its policy.
func write(w http.ResponseWriter, policy []string, page []byte) error {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", strings.Join(policy, "; "))
	_, err := w.Write(page)
	return err
}
