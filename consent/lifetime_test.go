package consent

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestLifetimeValid(t *testing.T) {
	for _, l := range []Lifetime{"session", "P1Y", "P6M", "P2W", "P47D", "PT17M", "PT1S", "P1Y6M2DT3H4M5S", "P1000D", "P9999Y", "PT31536000S"} {
		if !l.Valid() {
			t.Errorf("%q is not valid", l)
		}
	}
	for _, l := range []Lifetime{"", "Session", "P", "PT", "P1", "1Y", "P1.5Y", "P0D", "P01Y", "p1y", "P1Y ", "PT1Y", "P1H", "P1D1Y", "P1Y1Y", "P1W2D", "P10000Y", "P99999999999999999999Y", "-P1Y", "P1YT", "P٢Y"} {
		if l.Valid() {
			t.Errorf("%q is valid", l)
		}
	}
}

func TestLifetimeCompare(t *testing.T) {
	ordered := []Lifetime{"", Session, "PT1S", "PT17M", "PT24H", "P6D", "P1W", "P30D", "P1M", "P31D", "P6M", "P365D", "P1Y", "P366D", "P13M", "P2Y", "P1000D", "P9999Y"}
	for i, a := range ordered {
		for j, b := range ordered {
			if got, want := a.Compare(b), compareInt(i, j); got != want {
				t.Errorf("%q.Compare(%q) = %d, want %d", a, b, got, want)
			}
		}
	}
	for _, same := range [][2]Lifetime{{"P12M", "P1Y"}, {"PT24H", "P1D"}, {"P1W", "P7D"}, {"PT60M", "PT1H"}} {
		if same[0].Compare(same[1]) != 0 {
			t.Errorf("%q and %q differ", same[0], same[1])
		}
	}
}

func compareInt(a, b int) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func TestLifetimeAfter(t *testing.T) {
	const form = "2006-01-02 15:04:05"
	for _, tt := range []struct {
		from string
		l    Lifetime
		want string
	}{
		{"2026-11-22 08:00:00", "P12M", "2027-11-22 08:00:00"},
		{"2026-11-22 08:00:00", "P1Y", "2027-11-22 08:00:00"},
		{"2026-08-31 08:00:00", "P6M", "2027-02-28 08:00:00"},
		{"2027-08-31 08:00:00", "P6M", "2028-02-29 08:00:00"},
		{"2028-02-29 08:00:00", "P1Y", "2029-02-28 08:00:00"},
		{"2026-12-31 23:59:59", "PT1S", "2027-01-01 00:00:00"},
		{"2026-01-31 00:00:00", "P1M1D", "2026-03-01 00:00:00"},
		{"2026-01-01 00:00:00", "P2W", "2026-01-15 00:00:00"},
		{"2026-01-01 00:00:00", "P1Y2M3DT4H5M6S", "2027-03-04 04:05:06"},
		{"2026-01-01 00:00:00", Session, "2026-01-01 00:00:00"},
		{"2026-01-01 00:00:00", "", "2026-01-01 00:00:00"},
	} {
		from, err := time.Parse(form, tt.from)
		if err != nil {
			t.Fatal(err)
		}
		from = from.Add(123 * time.Millisecond)
		if got := tt.l.After(from); got.Format(form) != tt.want || got.Nanosecond() != from.Nanosecond() {
			t.Errorf("%q after %s = %s, want %s", tt.l, tt.from, got, tt.want)
		}
	}
}

func TestLifetimeWords(t *testing.T) {
	for _, tt := range []struct {
		l              Lifetime
		nb, nn, en, se string
	}{
		{"P1Y", "1 år", "1 år", "1 year", "1 jahki"},
		{"P2Y", "2 år", "2 år", "2 years", "2 jagi"},
		{"P1M", "1 måned", "1 månad", "1 month", "1 mánnu"},
		{"P6M", "6 måneder", "6 månader", "6 months", "6 mánu"},
		{"P1W", "1 uke", "1 veke", "1 week", "1 vahkku"},
		{"P2W", "2 uker", "2 veker", "2 weeks", "2 vahku"},
		{"P1D", "1 dag", "1 dag", "1 day", "1 beaivi"},
		{"P7D", "7 dager", "7 dagar", "7 days", "7 beaivvi"},
		{"PT1H", "1 time", "1 time", "1 hour", "1 diibmu"},
		{"PT24H", "24 timer", "24 timar", "24 hours", "24 diimmu"},
		{"PT1M", "1 minutt", "1 minutt", "1 minute", "1 minuhtta"},
		{"PT17M", "17 minutter", "17 minutt", "17 minutes", "17 minuhta"},
		{"PT1S", "1 sekund", "1 sekund", "1 second", "1 sekunda"},
		{"PT30S", "30 sekunder", "30 sekund", "30 seconds", "30 sekundda"},
		{"P1Y6M", "1 år og 6 måneder", "1 år og 6 månader", "1 year and 6 months", "1 jahki ja 6 mánu"},
		{"P1Y6M2D", "1 år, 6 måneder og 2 dager", "1 år, 6 månader og 2 dagar", "1 year, 6 months and 2 days", "1 jahki, 6 mánu ja 2 beaivvi"},
		{Session, "til du lukker nettleseren", "til du lukkar nettlesaren", "until you close the browser", "dassážii go giddet neahttalohkki"},
		{"", "ikke oppgitt", "ikkje oppgitt", "not stated", "ii leat almmuhuvvon"},
		{"to år", "to år", "to år", "to år", "to år"}, // not a lifetime: shown as it stands
	} {
		for lang, want := range map[Language]string{Bokmaal: tt.nb, Nynorsk: tt.nn, English: tt.en, NorthernSami: tt.se, "zh": tt.nb} {
			if got := tt.l.Words(lang); got != want {
				t.Errorf("%q in %s = %q, want %q", tt.l, lang, got, want)
			}
		}
	}
}

// anyLifetime draws valid lifetimes.
func anyLifetime(t *rapid.T) Lifetime {
	if rapid.IntRange(0, 9).Draw(t, "kind") == 0 {
		return Session
	}
	n := func(name string, most int64) int64 {
		if !rapid.Bool().Draw(t, "has "+name) {
			return 0
		}
		return rapid.Int64Range(1, most).Draw(t, name)
	}
	d := duration{n("years", 400), n("months", 600), 0, n("days", 2000), n("hours", 500), n("minutes", 5000), n("seconds", 99999)}
	if d.total() == 0 {
		d.weeks = rapid.Int64Range(1, 500).Draw(t, "weeks")
	}
	return d.lifetime()
}

func TestLifetimeRoundTrips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := anyLifetime(t)
		if !l.Valid() {
			t.Fatalf("%q is not valid", l)
		}
		if got, err := ParseLifetime(string(l)); err != nil || got != l {
			t.Fatalf("ParseLifetime(%q) = %q, %v", l, got, err)
		}
		for _, lang := range []Language{Bokmaal, Nynorsk, English} {
			for _, sentence := range []string{"%s", "Slettes etter %s.", "Blir sletta etter %s", "Deleted after %s."} {
				text := fmt.Sprintf(sentence, l.Words(lang))
				if got, err := ParseLifetime(text); err != nil || got != l {
					t.Fatalf("ParseLifetime(%q) = %q, %v; want %q", text, got, err, l)
				}
			}
		}
	})
}

func TestLifetimeOrderIsTotal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(rapid.Custom(anyLifetime), 3, 3).Draw(t, "list")
		for _, a := range list {
			for _, b := range list {
				if a.Compare(b) != -b.Compare(a) {
					t.Fatalf("%q and %q have no order", a, b)
				}
			}
		}
		slices.SortFunc(list, Lifetime.Compare)
		if list[0].Compare(list[2]) > 0 {
			t.Fatalf("%q are out of order", list)
		}
		at := time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)
		if l := list[2]; l != Session && !l.After(at).After(at) {
			t.Fatalf("%q after a time is not later", l)
		}
	})
}

func FuzzParseLifetime(f *testing.F) {
	for _, p := range phrases {
		f.Add(p.text)
	}
	f.Add("½")
	f.Add("hundre og")
	f.Add("en (en")
	f.Fuzz(func(t *testing.T, text string) {
		l, err := ParseLifetime(text)
		if err != nil {
			if l != "" || KindOf(err) != Invalid {
				t.Errorf("ParseLifetime(%q) = %q, %v", text, l, err)
			}
			return
		}
		if !l.Valid() {
			t.Fatalf("ParseLifetime(%q) = %q, which is not valid", text, l)
		}
		if again, err := ParseLifetime(string(l)); err != nil || again != l {
			t.Errorf("ParseLifetime(%q) = %q, and that again %q, %v", text, l, again, err)
		}
	})
}

// Before undoes After: of what was made at that moment or earlier, the lifetime
// has ended.
func TestLifetimeBefore(t *testing.T) {
	at := func(text string) time.Time {
		moment, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		return moment
	}
	for _, c := range []struct {
		life Lifetime
		from string
		want string
	}{
		{"P24M", "2026-11-26T12:00:00Z", "2024-11-26T12:00:00Z"},
		{"P1M", "2026-03-31T12:00:00Z", "2026-02-28T12:00:00Z"},
		{"P1Y", "2028-02-29T00:00:00Z", "2027-02-28T00:00:00Z"},
		{"P2W", "2026-01-01T00:00:00Z", "2025-12-18T00:00:00Z"},
		{"PT36H", "2026-01-02T00:00:00Z", "2025-12-31T12:00:00Z"},
	} {
		if got := c.life.Before(at(c.from)); !got.Equal(at(c.want)) {
			t.Errorf("%s before %s is %s, want %s", c.life, c.from, got, c.want)
		}
		if end := c.life.After(at(c.want)); end.After(at(c.from)) {
			t.Errorf("%s after %s is %s, later than %s", c.life, c.want, end, c.from)
		}
	}
}
