package consent_test

import (
	"reflect"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// Nobody finds one person's withdrawal: neither its moment, nor that there was one more,
// by a count, by what comes first, or by looking again and again.
func TestFindingsTellOfNobody(t *testing.T) {
	day := time.Date(2026, time.November, 26, 0, 0, 0, 0, time.UTC)
	seen := func(kind consent.FindingKind, name string, count int, at time.Duration) consent.Finding {
		return consent.Finding{Site: "s", Day: day, Kind: kind, Name: name, Count: count, Last: day.Add(at)}
	}
	of := func(stuck int, at time.Duration) []consent.Finding {
		return []consent.Finding{
			seen(consent.FoundStuck, "a/_a", 7, time.Hour), seen(consent.FoundStuck, "b/_b", stuck, at), seen(consent.FoundStuck, "c/_c", 3, time.Hour),
			seen(consent.FoundResidual, "b/_b", stuck, at), seen(consent.FoundForeign, "https://b.example", stuck, at),
			seen(consent.FoundUnknown, "statistics/b", stuck, at), seen(consent.FoundMarkup, "element/b", stuck, at),
		}
	}
	today, tomorrow := day.Add(20*time.Hour), day.Add(25*time.Hour)
	first := consent.FindingsTold(of(1, 2*time.Hour), today)
	for count := 1; count < 3000; count++ {
		if got := consent.FindingsTold(of(count, 5*time.Hour), today); !reflect.DeepEqual(got, first) {
			t.Fatalf("while the day goes on, one and %d are told apart: %+v", count, got)
		}
	}
	for _, f := range first {
		if f.Kind.IsOfNotice() || f.Times() != "" {
			t.Errorf("while the day goes on, %+v is told", f)
		}
	}
	for _, same := range [][2]int{{1, 4}, {5, 19}, {20, 199}, {200, 1999}, {2000, 1 << 30}} {
		a, b := consent.FindingsTold(of(same[0], 2*time.Hour), tomorrow), consent.FindingsTold(of(same[1], 5*time.Hour), tomorrow)
		if !reflect.DeepEqual(a, b) {
			t.Errorf("%v are told apart: %+v and %+v", same, a, b)
		}
	}
}

// The day after, all is told in words: the most urgent first, then by name.
func TestFindingsTold(t *testing.T) {
	day := time.Date(2026, time.November, 26, 0, 0, 0, 0, time.UTC)
	var all []consent.Finding
	for i, count := range []int{4, 5, 20, 200, 2000} {
		all = append(all, consent.Finding{Site: "s", Day: day.AddDate(0, 0, i/4), Kind: consent.FindingKinds[4-i], Name: "x/y", Count: count, Last: day})
	}
	var got []string
	for _, f := range consent.FindingsTold(all, day.Add(49*time.Hour)) {
		got = append(got, f.Day.Format("2 ")+string(f.Kind)+" "+string(f.Times()))
	}
	if want := []string{"27 stuck thousands", "26 foreign hundreds", "26 residual tens", "26 unknown some", "26 markup few"}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
