package sqlite

import (
	"context"
	"fmt"

	"github.com/samtykke/samtykke/consent"
)

// pictures holds each screenshot of a bundle against its hash.
func (a *auditor) pictures(ctx context.Context, site consent.SiteKey, id consent.BundleID) error {
	taken, err := a.Screenshots(ctx, site, id)
	if err != nil {
		return err
	}
	for i := range taken {
		shot := &taken[i]
		if consent.HashOf(shot.PNG) != shot.Hash {
			a.fault(consent.LedgerFault{Site: site, Index: -1, Flaw: consent.Flaw{Code: consent.FlawScreenshotChanged, Name: string(id), Why: fmt.Sprintf("the screenshot of bundle %s (%s, %s, %d pixels wide) is not what its hash says: it was changed; put back a backup that holds it",
				id, shot.Language, shot.Layer, shot.Width)}})
		}
	}
	return nil
}
