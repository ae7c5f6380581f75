package main

import (
	"context"
	"errors"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/scan"
	"github.com/samtykke/samtykke/server/replay"
)

// How long a browser may take for all pictures: while somebody publishes, and
// when somebody wants them.
const (
	besidePublishing = time.Minute
	forThemselves    = 10 * time.Minute
)

// takePictures pictures a bundle as visitors meet it, in each of its languages,
// and keeps the pictures: all or none.
func takePictures(
	ctx context.Context, store consent.Store, shown *replay.Shown, browser string, within time.Duration, clock func() time.Time,
) (int, error) {
	if err := shown.Check(); err != nil {
		return 0, err
	}
	path, err := scan.Find(browser)
	if err != nil {
		return 0, err
	}
	sitting, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	taken, err := sit(sitting, store, shown, path, clock)
	if err != nil {
		return 0, err
	}
	return len(taken), store.SaveScreenshots(ctx, shown.Bundle.Site, shown.Bundle.ID, taken)
}

// remarkUnconfined tells who is root that the browser is less confined.
func remarkUnconfined(t *terminal) {
	if scan.Unconfined() {
		t.remark("The browser runs without its own sandbox, because this account is root.")
	}
}

// sit serves the bundle to a browser while it takes the pictures.
func sit(ctx context.Context, store consent.Store, shown *replay.Shown, path string, clock func() time.Time) (taken []consent.Screenshot, err error) {
	loopback, err := listen(ctx, "127.0.0.1:0", "127.0.0.1 must exist on this machine")
	if err != nil {
		return nil, err
	}
	base := "http://" + loopback.Addr().String() + "/"
	var views []scan.View
	for _, language := range shown.Notice.Draft.Site.Languages {
		view := *shown
		view.Language = language
		views = append(views, scan.View{Address: base + view.Blank(), Language: language})
	}
	serving, stop := context.WithCancel(ctx)
	var group errgroup.Group
	group.Go(func() error { return serveLoopback(serving, loopback, replay.Handler(store)) })
	taken, err = scan.Shoot(ctx, path, views, clock)
	stop()
	return taken, errors.Join(err, group.Wait())
}
