package consent

import (
	"slices"
	"time"
)

// GapKind says between which two counts something went missing.
type GapKind string

// The kinds of Gap.
const (
	// GapStored: more was decided than stored. The server or the disk loses.
	GapStored GapKind = "stored"
	// GapLate: more was decided than stored, and as much more was stored on a later
	// day as had been decided then. Browsers have sent again what they kept, most
	// likely; but nothing shows that it was the same, and a surplus that has another
	// cause would hide a loss. So it is said, and is no alarm.
	GapLate GapKind = "late"
	// GapAcknowledged: more was stored than acknowledged. Answers do not get out.
	GapAcknowledged GapKind = "acknowledged"
	// GapDecided: the banner stands as always and hardly anybody decides any more.
	// It is broken for visitors, or their decisions do not get here.
	GapDecided GapKind = "decided"
	// GapUncounted: more was stored than decided, and nothing was missing before. A
	// process was killed before it wrote its counts. A loss of as many on that day
	// could not be seen; nothing shows that there is one, so it is said, and is no
	// alarm.
	GapUncounted GapKind = "uncounted"
)

// GapKinds are all.
var GapKinds = []GapKind{GapStored, GapLate, GapAcknowledged, GapDecided, GapUncounted}

// Alarms says whether something is missing, for all that is known.
func (k GapKind) Alarms() bool { return k != GapLate && k != GapUncounted }

// Gap is a difference that cannot be chance.
type Gap struct {
	Site    SiteKey
	Day     time.Time
	Kind    GapKind
	Missing int // about how many, at least Crowd; for those who run the server
}

// GapSize says in a word how many a Gap is about.
type GapSize string

// The sizes of a Gap.
const (
	GapSome      GapSize = "some" // fewer than 20
	GapTens      GapSize = "tens"
	GapHundreds  GapSize = "hundreds"
	GapThousands GapSize = "thousands" // at least 2000
)

// GapSizes are all.
var GapSizes = []GapSize{GapSome, GapTens, GapHundreds, GapThousands}

// Size is what of Missing is told to people who may not read the log. The counts that
// are compared are of all who decided, also of those who were erased since then: a
// number, held against the figures, would tell of how few. Of GapDecided it is "", for
// what is expected can be worked out.
func (g Gap) Size() GapSize {
	switch {
	case g.Kind == GapDecided:
		return ""
	case g.Missing < 20:
		return GapSome
	case g.Missing < 200:
		return GapTens
	case g.Missing < 2000:
		return GapHundreds
	}
	return GapThousands
}

const (
	// gapCoarse is to what counts are rounded before people are told whether the
	// banner is answered as usual.
	gapCoarse = 2 * Crowd
	// gapDays is how many days before a day say what is usual for its Site.
	gapDays = 14
	// gapHistory is how many of them must have been busy, to say anything.
	gapHistory = 3
	// gapShown is how often the banner must have stood on a day that is compared.
	gapShown = 50
	// gapExpected is how many decisions must have been expected of a day: half of
	// fewer is within chance.
	gapExpected = 20
)

// tolerated is what may be between two counts: what was on its way when the
// counts were written.
func tolerated(count int) int { return Crowd + count/100 }

// Reconcile compares the counts of a Site's days, the oldest first, and gives
// what went missing on those from a moment on. Earlier days only say what is
// usual, and the last one may go on. A process that is killed loses the counts of its
// last seconds, but Decided never without Acknowledged, and Stored not at all: that is
// no gap. It is for those who run the server and have the counts at hand.
func Reconcile(days []Tally, from time.Time) []Gap {
	return reconcile(days, from, len(days)-1)
}

// ReconcileTold gives what people and programs elsewhere are told of that. Anybody can
// have the banner count once more, and somebody who looks after each time would see at
// which number a gap comes, and so how many have decided, to the last one. So no day is
// judged before it is over and its counts stand still: of each there is one answer. What
// is usual is compared in rounded counts, or many days would tell the number bit by bit.
func ReconcileTold(days []Tally, from, now time.Time) []Gap {
	end := CountsEnd(now)
	over := make([]Tally, 0, len(days))
	for _, day := range days {
		if day.Day.Before(end) {
			over = append(over, day)
		}
	}
	return reconcile(over, from, len(over))
}

// CountsEnd gives the day of which, and of all after it, nothing that is counted is told
// yet. Counts of a day that has just ended may be on their way.
func CountsEnd(now time.Time) time.Time { return MidnightOf(now.Add(-time.Hour)) }

// reconcile judges the days before the one at goesOn as over.
func reconcile(days []Tally, from time.Time, goesOn int) []Gap {
	var gaps []Gap
	unstored, uncounted := unstored(days)
	for i, day := range days {
		if day.Day.Before(from) {
			continue
		}
		gap := func(kind GapKind, missing int) {
			gaps = append(gaps, Gap{Site: day.Site, Day: day.Day, Kind: kind, Missing: missing})
		}
		if missing := unstored[i]; missing > tolerated(day.Decided) {
			gap(GapStored, missing)
		}
		if late := max(0, day.Decided-day.Stored) - unstored[i]; late > tolerated(day.Decided) {
			gap(GapLate, late)
		}
		if i < goesOn && uncounted[i] > tolerated(day.Stored) { // on a day that goes on, the counts are behind
			gap(GapUncounted, uncounted[i])
		}
		if missing := min(day.Decided, day.Stored) - day.Acknowledged; missing > tolerated(day.Decided) {
			gap(GapAcknowledged, missing)
		}
		if missing := undecided(days[:i], day); missing > 0 {
			gap(GapDecided, missing)
		}
	}
	return gaps
}

// undecided gives how many decisions less than is usual there were on a day, when it is
// so few that the banner must be broken, and else 0. It takes counts to be rounded.
func undecided(before []Tally, day Tally) int {
	usual, ok := usualShare(before, day.Day)
	if !ok || day.Shown < gapShown {
		return 0
	}
	decided := coarse(day.Decided) + gapCoarse
	if expected := usual * float64(coarse(day.Shown)); expected >= gapExpected && float64(decided) < expected/2 {
		return int(expected) - decided
	}
	return 0
}

// coarse rounds a count down, so that it tells nobody apart.
func coarse(count int) int { return count - count%gapCoarse }

// unstored gives for each day what was decided and not stored, not even on a
// later day: what the server could not take waits in the visitors' browsers. And it
// gives what was stored and not decided, not even on an earlier day.
func unstored(days []Tally) (missing, uncounted []int) {
	missing, uncounted = make([]int, len(days)), make([]int, len(days))
	for i, day := range days {
		missing[i] = max(0, day.Decided-day.Stored)
		late := max(0, day.Stored-day.Decided)
		for j := 0; j < i && late > 0; j++ {
			covered := min(late, missing[j])
			missing[j], late = missing[j]-covered, late-covered
		}
		uncounted[i] = late
	}
	return missing, uncounted
}

// usualShare gives the median share of decisions among the banners shown, of the
// busy days before a day.
func usualShare(before []Tally, day time.Time) (share float64, ok bool) {
	first := day.AddDate(0, 0, -gapDays)
	var shares []float64
	for _, earlier := range before {
		if !earlier.Day.Before(first) && earlier.Shown >= gapShown {
			shares = append(shares, float64(coarse(earlier.Decided))/float64(coarse(earlier.Shown)))
		}
	}
	if len(shares) < gapHistory {
		return 0, false
	}
	slices.Sort(shares)
	return shares[len(shares)/2], true
}

// ReconcileFrom gives the first day that Reconcile should see, to judge the
// days from one on.
func ReconcileFrom(day time.Time) time.Time { return day.AddDate(0, 0, -gapDays) }
