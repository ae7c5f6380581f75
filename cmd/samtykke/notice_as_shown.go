package main

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/replay"
)

// asShown are the flags of "notice show" that show what visitors saw.
type asShown struct {
	AsShown  bool             `name:"as-shown" help:"Show what visitors saw, in a browser on this machine."`
	Decision string           `placeholder:"ID" help:"With --as-shown: what the visitor saw who made this decision."`
	Lang     consent.Language `placeholder:"nb|nn|…" help:"With --as-shown: the language; the site's first when left out."`
	Bundle   string           `placeholder:"HASH" help:"With --as-shown: the script, by its id or the beginning of its SHA-256; the newest when left out."`
}

// check refuses what says nothing, or two things.
func (a *asShown) check() error {
	switch {
	case !a.AsShown && (a.Decision != "" || a.Lang != "" || a.Bundle != ""):
		return misusef("--decision, --lang and --bundle belong to --as-shown")
	case a.Decision != "" && (a.Lang != "" || a.Bundle != ""):
		return misusef("a decision has its own language and script: leave --lang and --bundle out")
	case a.Bundle != "" && len(a.Bundle) < 6:
		return misusef("--bundle needs at least the first 6 digits of the hash")
	}
	return nil
}

// replay serves what was shown until ctx ends.
func (c *noticeShowCmd) replay(ctx context.Context, t *terminal, store consent.Store) error {
	shown, err := c.find(ctx, store)
	if err != nil {
		return err
	}
	loopback, err := listen(ctx, "127.0.0.1:0", "127.0.0.1 must exist on this machine")
	if err != nil {
		return err
	}
	address := "http://" + loopback.Addr().String() + "/" + shown.Path()
	if err := c.welcome(t, shown, address); err != nil {
		return errors.Join(err, loopback.Close())
	}
	return serveLoopback(ctx, loopback, replay.Handler(store))
}

func (c *noticeShowCmd) find(ctx context.Context, store consent.Store) (*replay.Shown, error) {
	wish := replay.Wish{Site: c.Site, Notice: c.Number, Bundle: c.Bundle, Language: c.Lang}
	if c.Decision != "" {
		var err error
		if wish.Decision, err = consent.ParseDecisionID(c.Decision); err != nil {
			return nil, err
		}
		return replay.Find(ctx, store, wish)
	}
	notice, err := c.notice(ctx, store)
	if err != nil {
		return nil, err
	}
	wish.Notice = notice.Number
	return replay.Find(ctx, store, wish)
}

func (c *noticeShowCmd) welcome(t *terminal, shown *replay.Shown, address string) error {
	if c.JSON {
		lines := json.NewEncoder(t.out)
		lines.SetEscapeHTML(false)
		return lines.Encode(struct {
			Address    string               `json:"address"`
			Site       consent.SiteKey      `json:"site"`
			Notice     consent.NoticeNumber `json:"notice"`
			NoticeHash string               `json:"notice_hash"`
			Language   consent.Language     `json:"language"`
			Decision   string               `json:"decision,omitempty"`
			Bundle     consent.BundleID     `json:"bundle"`
			BundleHash string               `json:"bundle_hash"` // on record
			ServedHash string               `json:"served_hash"` // of the bytes that there are
			Equal      bool                 `json:"equal"`
		}{
			address, c.Site, shown.Notice.Number, shown.Recorded.Hash.String(), shown.Language, c.Decision,
			shown.Bundle.ID, shown.Bundle.Hash.String(), shown.Served.String(), shown.Equal(),
		})
	}
	t.say("Notice %d of %s in %s, script %s.", shown.Notice.Number, c.Site, shown.Language, shown.Bundle.ID)
	if shown.Equal() {
		t.say("The bytes and the record are equal: SHA-256 %s", shown.Served)
	} else {
		t.say("The bytes and the record are NOT EQUAL, so they are not run. Audit the database: samtykke log verify")
		t.say("  bytes   %s\n  record  %s", shown.Served, shown.Bundle.Hash)
	}
	t.say("\nOpen in a browser on this machine, and end with Ctrl-C:\n  %s", address)
	return nil
}

// serveLoopback serves until ctx ends. It answers only who asks for its own
// address: a page elsewhere that has its name point here is another host.
func serveLoopback(ctx context.Context, listener net.Listener, pages http.Handler) error {
	own := listener.Addr().String()
	server := &http.Server{
		ReadHeaderTimeout: 5 * time.Second,
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Host != own {
				http.Error(w, "This address is for browsers on this machine: http://"+own, http.StatusMisdirectedRequest)
				return
			}
			pages.ServeHTTP(w, r)
		}),
	}
	stop := context.AfterFunc(ctx, func() { _ = server.Close() }) // nothing that a stop could lose
	defer stop()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
