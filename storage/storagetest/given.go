package storagetest

import (
	"math"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// What was said of a day is said again, whatever it would be now.
func testGiven(t *testing.T, open Opener) {
	ctx, store := t.Context(), open(t)
	must(t, store.SaveDraft(ctx, Draft("skogen"), Morning))
	must(t, store.SaveDraft(ctx, Draft("havet"), Morning))
	day := consent.DayOf(Morning)
	give := func(site consent.SiteKey, from, to consent.Day, want string, days ...consent.GivenDay) {
		t.Helper()
		all, err := store.GiveDays(ctx, site, days, from, to)
		must(t, err)
		var said strings.Builder
		for _, one := range all {
			said.WriteString(one.Day.String() + string(one.Rows))
		}
		if got := said.String(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	first, second := day.String()+"[1]", (day+1).String()+"[2]"
	give("skogen", math.MinInt32, day, first, consent.GivenDay{Day: day, Rows: []byte("[1]")})
	give("skogen", day, day+1, first+second, consent.GivenDay{Day: day + 1, Rows: []byte("[2]")}, consent.GivenDay{Day: day, Rows: []byte("[3]")})
	give("skogen", day+1, day+1, second)
	give("havet", math.MinInt32, day+1, "")
}
