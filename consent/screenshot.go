package consent

import (
	"context"
	"time"
)

// Screenshot is a picture of a Bundle as it stood for a first visit: evidence
// beside the bytes, for those who do not run them (EDPB 05/2020, paragraph 108).
type Screenshot struct {
	Language Language
	Layer    Layer // LayerFirst, or LayerSecond when it was opened
	Width    int   // of the viewport, in CSS pixels
	PNG      []byte
	Hash     Hash // SHA-256 of PNG
	Taken    time.Time
}

// ScreenshotStore keeps Screenshots. One is never changed or removed.
type ScreenshotStore interface {
	// SaveScreenshots keeps Screenshots of a Bundle, or gives NotFound. Where
	// there is one of the same language, layer and width, that one stays.
	SaveScreenshots(ctx context.Context, site SiteKey, id BundleID, taken []Screenshot) error
	// Screenshots gives those of a Bundle by language, layer and width; none for
	// one that there is not.
	Screenshots(ctx context.Context, site SiteKey, id BundleID) ([]Screenshot, error)
}
