package visitor_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// findings is a request that reports names of one kind.
func (w *world) findings(kind string, names ...string) request {
	list := make([]string, len(names))
	for i, name := range names {
		list[i] = fmt.Sprintf(`{"kind":%q,"name":%q}`, kind, name)
	}
	body := fmt.Sprintf(`{"bundle":%q,"findings":[%s]}`, w.bundle, strings.Join(list, ","))
	return request{http.MethodPost, "/gjerdrum/findings", []string{"Origin: https://www.gjerdrum.kommune.no", "Content-Type: text/plain"}, body}
}

// TestFindingsAreCounted by day, kind and name.
func TestFindingsAreCounted(t *testing.T) {
	w := start(t)
	for range 3 {
		if got := w.once(t, w.findings("residual", "facebook-login/fbm_")); got.StatusCode != http.StatusNoContent {
			t.Fatal(got.StatusCode, got.body)
		}
	}
	found, err := w.store.Findings(t.Context(), "gjerdrum")
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	want := consent.Finding{
		Site: "gjerdrum", Day: noon.Truncate(24 * time.Hour), Kind: consent.FoundResidual, Name: "facebook-login/fbm_", Count: 3, Last: noon,
	}
	if got := found[0]; got.Site != want.Site || !got.Day.Equal(want.Day) || got.Kind != want.Kind || got.Name != want.Name ||
		got.Count != want.Count || !got.Last.Equal(want.Last) {
		t.Errorf("%+v instead of %+v", got, want)
	}
}

// TestMarkupIsReported by names that markup may have, whatever the Notice says.
func TestMarkupIsReported(t *testing.T) {
	w := start(t)
	for name, status := range map[string]int{
		"control/open": http.StatusNoContent, "element/lite-youtube": http.StatusNoContent,
		"https://www.example.com/?visitor=7": http.StatusBadRequest, "control": http.StatusBadRequest,
	} {
		if got := w.once(t, w.findings("markup", name)); got.StatusCode != status {
			t.Errorf("%s: %d %s", name, got.StatusCode, got.body)
		}
	}
	if found, err := w.store.Findings(t.Context(), "gjerdrum"); err != nil || len(found) != 2 {
		t.Error(found, err)
	}
}

// TestMadeUpFindings: names that anybody can make up do not fill the store, and
// do not push out those that were seen before.
func TestMadeUpFindings(t *testing.T) {
	w := start(t)
	w.once(t, w.findings("unknown", "statistics/misspelt"))
	for i := range 50 {
		names := make([]string, 20)
		for j := range names {
			names[j] = fmt.Sprintf("x/made-up-%d-%d", i, j)
		}
		if got := w.once(t, w.findings("unknown", names...)); got.StatusCode != http.StatusNoContent {
			t.Fatal(got.StatusCode, got.body)
		}
	}
	w.once(t, w.findings("unknown", "statistics/misspelt"))
	found, err := w.store.Findings(t.Context(), "gjerdrum")
	if err != nil || len(found) > 200 {
		t.Errorf("%d rows, %v", len(found), err)
	}
	counted := 0
	for _, f := range found {
		if f.Name == "statistics/misspelt" {
			counted = f.Count
		}
	}
	if counted != 2 {
		t.Errorf("the real one was counted %d times", counted)
	}
}
