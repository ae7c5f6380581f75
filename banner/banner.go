// Package banner makes what the visitor meets: it compiles the banner's
// TypeScript with a published Notice as a module into the site's own files.
package banner

import (
	"context"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// Built is a Bundle, ready to be served.
type Built struct {
	Bundle *consent.Bundle
	// Files are the bundle's files by name: "main.js", "panel.nb.js".
	Files map[string]*Asset
}

// Current gives the Notice's Bundle. The first call for a Notice builds it and
// keeps it in the store, because Decisions will refer to it; simultaneous calls
// wait for that one. The error is Internal when the Notice cannot be built, or
// that of the store.
func (b *Bundler) Current(ctx context.Context, notice *consent.Notice) (*Built, error) {
	site, id := notice.Draft.Site.Key, ID(notice, b.said)
	return b.once(ctx, site, id, func(ctx context.Context) (*consent.Bundle, error) {
		bundle, err := b.store.Bundle(ctx, site, id)
		if err == nil || consent.KindOf(err) != consent.NotFound {
			return bundle, err
		}
		bundle, err = Build(notice, b.said, b.clock())
		if err != nil {
			return nil, err
		}
		return bundle, b.store.SaveBundle(ctx, bundle)
	})
}

// Pinned gives a Bundle that was built before, however old, or NotFound.
func (b *Bundler) Pinned(ctx context.Context, site consent.SiteKey, id consent.BundleID) (*Built, error) {
	return b.once(ctx, site, id, func(ctx context.Context) (*consent.Bundle, error) {
		return b.store.Bundle(ctx, site, id)
	})
}

// Build makes the files of a Notice, and keeps nothing. They depend on the Notice, the
// Translations and the embedded sources only.
func Build(notice *consent.Notice, said consent.Translations, now time.Time) (*consent.Bundle, error) {
	files, err := compile(notice, said)
	if err != nil {
		return nil, &consent.Error{
			Kind: consent.Internal, Code: "bundle_failed",
			Message: "The banner could not be built from this notice.", Err: err,
		}
	}
	return &consent.Bundle{
		Site: notice.Draft.Site.Key, ID: ID(notice, said),
		Notice: notice.Number, NoticeHash: notice.Hash,
		Hash:  consent.HashOf(files[consent.MainFile]),
		Built: now, Files: files,
	}, nil
}
