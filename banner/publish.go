package banner

import (
	"context"
	"strconv"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// Published is what publishing did.
type Published struct {
	Notice *consent.Notice
	Fresh  bool // false: the draft was published already
	Asks   consent.Asked
	Script int // size of the main file, bytes of brotli
}

// PublishStore keeps what is published.
type PublishStore interface {
	consent.NoticeStore
	consent.BundleStore
}

// Publish freezes the Draft as the next Notice. The script is built before
// anything is published, so that visitors never meet one that cannot be built.
// A Draft that says what the newest Notice says is not published again. The error
// is Problems for faults, and a Conflict when somebody published meanwhile. The act
// that the context carries tells the number of the Notice.
func Publish(ctx context.Context, store PublishStore, draft *consent.Draft, said consent.Translations, clock func() time.Time) (*Published, error) {
	before, err := consent.InForce(ctx, store, draft.Site.Key)
	if err != nil {
		return nil, err
	}
	number, settled := consent.NoticeNumber(1), consent.Revise(*draft, before.Said())
	if before != nil {
		number = before.Number + 1
		repeats, err := before.Repeats(settled)
		if err != nil {
			return nil, err
		}
		if repeats {
			return &Published{Notice: before, Asks: consent.CompareAsks(&before.Draft, &settled)}, nil
		}
	}
	if stale := consent.SignaturesOf(before.Said()).Stale(&settled, consent.DayOf(clock())); len(stale) > 0 {
		return nil, stale
	}
	done := &Published{Fresh: true, Asks: consent.CompareAsks(before.Said(), &settled)}
	if done.Notice, err = consent.Freeze(settled, number, clock()); err != nil {
		return nil, err
	}
	built, err := New(Scratch{}, said, clock).Current(ctx, done.Notice)
	if err != nil {
		return nil, err
	}
	done.Script = len(built.Files[consent.MainFile].Brotli())
	ctx = consent.TellingMore(ctx, "notice="+strconv.Itoa(int(number)))
	if err := store.SaveNotice(ctx, draft.Site.Key, done.Notice); err != nil {
		return nil, err
	}
	return done, store.SaveBundle(ctx, built.Bundle)
}
