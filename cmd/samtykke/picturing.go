package main

import (
	"context"
	"log/slog"
	"time"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/scan"
	"github.com/samtykke/samtykke/server/replay"
)

// mostWaiting is how many notices may wait to be pictured. Publishing never waits.
const mostWaiting = 64

// picturing takes pictures of what is published while a server runs, one notice
// after the other. Nothing else of the server waits for it.
type picturing struct {
	store   consent.Store
	clock   func() time.Time
	log     *slog.Logger
	waiting chan pictured // nil where none are taken
}

// pictured is a notice that pictures are taken of.
type pictured struct {
	site   consent.SiteKey
	notice consent.NoticeNumber
}

func newPicturing(settings *config.Config, store consent.Store, clock func() time.Time, log *slog.Logger) *picturing {
	p := &picturing{store: store, clock: clock, log: log}
	if settings.Notices.Pictures == config.PicturesAuto {
		p.waiting = make(chan pictured, mostWaiting)
	}
	return p
}

// add has a notice pictured, and returns at once.
func (p *picturing) add(site consent.SiteKey, notice consent.NoticeNumber) {
	if p.waiting == nil {
		return
	}
	select {
	case p.waiting <- pictured{site, notice}:
	default:
		p.log.Warn("no pictures were taken of a notice, because too many wait for theirs", "site", string(site), "notice", int(notice))
	}
}

// run takes pictures until ctx ends. What waits then is not pictured.
func (p *picturing) run(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case next := <-p.waiting: // never, where none are taken
			p.take(ctx, next)
		}
	}
}

// take pictures one notice and says in one line what became of it.
func (p *picturing) take(ctx context.Context, next pictured) {
	log := p.log.With("site", string(next.site), "notice", int(next.notice))
	shown, err := replay.Find(ctx, p.store, replay.Wish{Site: next.site, Notice: next.notice})
	taken := 0
	if err == nil {
		taken, err = takePictures(ctx, p.store, shown, "", besidePublishing, p.clock)
	}
	switch {
	case err == nil:
		log.InfoContext(ctx, "pictures of a notice were taken", "pictures", taken, "sandbox", !scan.Unconfined())
	case ctx.Err() != nil: // the server stops
	case consent.KindOf(err) == consent.NotFound:
		log.InfoContext(ctx, "no pictures were taken of a notice: no browser was found", "repair", "Install Chromium, or set notices.pictures to off.")
	default:
		log.WarnContext(ctx, "no pictures were taken of a notice", "error", err, "repair", "samtykke notice pictures "+string(next.site))
	}
}
