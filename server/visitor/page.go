package visitor

import (
	"fmt"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/sync/singleflight"

	"github.com/samtykke/samtykke/consent"
)

// pageKey names a rendered declaration. Nothing else decides its bytes.
type pageKey struct {
	noticeKey
	lang      consent.Language
	format    format
	permalink bool
}

// page is a rendered declaration.
type page = served

// pages keeps rendered declarations.
type pages struct {
	kept    *lru.Cache[pageKey, *page]
	pending singleflight.Group
}

func newPages(entries int) (*pages, error) {
	kept, err := lru.New[pageKey, *page](entries)
	return &pages{kept: kept}, err
}

// get gives a page from memory, else from render. Of simultaneous calls one
// renders and the others wait for it: to render a page takes many times
// what it takes to send it, and after a publish everybody wants the same.
// Render knows nothing of a request, so none that goes away can end it. It runs
// within the caller, where a panic is caught; those who wait get it too.
func (p *pages) get(key pageKey, render func() (*page, error)) (*page, error) {
	if kept, ok := p.kept.Get(key); ok {
		return kept, nil
	}
	name := fmt.Sprintf("%s/%d/%s%s/%t", key.site, key.number, key.lang, key.format.suffix, key.permalink)
	rendered, err, _ := p.pending.Do(name, func() (any, error) {
		if kept, ok := p.kept.Get(key); ok {
			return kept, nil // it was rendered while this caller was on its way here
		}
		rendered, err := render()
		if err == nil {
			p.kept.Add(key, rendered)
		}
		return rendered, err
	})
	if err != nil {
		return nil, err
	}
	return rendered.(*page), nil //nolint:forcetypeassert // the work above gave it
}
