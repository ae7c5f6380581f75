package sqlite

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// A database from before services came up by themselves keeps the days that were set and
// when somebody looked last, and knows from its notices since when each service is public.
func TestReviewsFromBefore(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	s := openTest(t, Options{Path: path, Exclusive: true})
	for _, site := range []consent.SiteKey{"skogen", "havet"} {
		must(t, s.SaveDraft(t.Context(), storagetest.Draft(site), storagetest.Morning))
	}
	first := storagetest.Draft("skogen")
	second := storagetest.Draft("skogen")
	second.Services[0].Key = "later"
	for i, draft := range []consent.Draft{first, second} {
		notice, err := consent.Freeze(draft, consent.NoticeNumber(i+1), storagetest.Morning.AddDate(0, i, 0))
		must(t, err)
		must(t, s.SaveNotice(t.Context(), "skogen", notice))
	}
	day := consent.DayOf(storagetest.Morning)
	own := consent.Review{Service: first.Services[0].Key, Due: day + 400, Reviewed: day + 35}
	must(t, s.SetReview(t.Context(), "skogen", own, consent.Review{}))
	must(t, s.Close())
	db := openWriting(path)
	for _, statement := range []string{"DROP TRIGGER services_are_published", "DROP TABLE published_service", "ALTER TABLE site DROP COLUMN review_months", "DROP INDEX site_entry", "DROP INDEX act_by_action", "DELETE FROM goose_db_version WHERE version_id >= 40"} {
		if _, err := db.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	must(t, db.Close())

	again := openTest(t, Options{Path: path, Exclusive: true})
	own.Published = day
	want := []consent.Review{{Service: "later", Published: day.AddMonths(1)}, own}
	for _, service := range first.Services[1:] {
		want = append(want, consent.Review{Service: service.Key, Published: day})
	}
	slices.SortFunc(want, func(a, b consent.Review) int {
		return slices.Compare([]string{a.Due.String(), string(a.Service)}, []string{b.Due.String(), string(b.Service)})
	})
	if got, err := again.Reviews(t.Context(), "skogen"); err != nil || !slices.Equal(got, want) {
		t.Errorf("got %+v, want %+v: %v", got, want, err)
	}
	if got, err := again.Reviews(t.Context(), "havet"); err != nil || len(got) > 0 {
		t.Errorf("what was never published: %+v, %v", got, err)
	}
	if every, err := again.ReviewInterval(t.Context(), "havet"); err != nil || every != consent.UsualReviewInterval {
		t.Errorf("every %d months: %v", every, err)
	}
	green(t, again)
}
