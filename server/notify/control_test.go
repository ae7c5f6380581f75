package notify_test

import (
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/notify"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// A proof that is gone is told in the morning, once, with the day until which it
// holds. Nothing is told of one that is found again, of one that no site needs, and
// of an address that another proof covers.
func TestLostProof(t *testing.T) {
	i, got := mailed(t, "en")
	draft := storagetest.Draft("skogen")
	draft.Site.Origins = []string{"https://www.skogen.example", "https://kart.havet.example"}
	must(t, i.SaveDraft(t.Context(), draft, noon))
	proven := consent.OriginProof{Organisation: draft.Organisation.ID, Method: consent.ProofByDNS, Token: strings.Repeat("t", 16), Proven: noon, Checked: noon}
	save := func(origin string, change func(*consent.OriginProof)) {
		t.Helper()
		proof := proven
		proof.Origin = origin
		change(&proof)
		must(t, i.SaveOriginProof(t.Context(), &proof))
	}
	kept := func(*consent.OriginProof) {}
	lost := func(p *consent.OriginProof) { *p = p.Found("", consent.ProofNothing, i.now) }
	save("https://www.skogen.example", kept)
	save("https://kart.havet.example", kept)
	save("https://*.havet.example", kept)
	save("https://old.skogen.example", kept)
	w := notify.New(i.options)
	days := func(n int) (texts []string) {
		t.Helper()
		for range n * 24 {
			w.Step(t.Context())
			if text := got()["An address must be confirmed again: The Test Municipality"]; text != "" {
				texts = append(texts, text)
				if hour := consent.InNorway(i.now).Hour(); hour < 7 {
					t.Errorf("told at %d", hour)
				}
			}
			i.now = i.now.Add(time.Hour)
		}
		return texts
	}
	if texts := days(31); len(texts) != 0 {
		t.Fatalf("nothing is lost: %v", texts)
	}
	i.now = consent.MidnightOf(i.now).Add(time.Hour)
	save("https://www.skogen.example", lost)
	save("https://kart.havet.example", lost)
	save("https://old.skogen.example", lost)
	texts := days(40)
	if len(texts) != 1 || !strings.Contains(texts[0], "https://www.skogen.example counts as confirmed until 3 May 2026") || strings.Contains(texts[0], "havet") || strings.Contains(texts[0], "old") {
		t.Fatalf("got %d: %v", len(texts), texts)
	}
	proven.Proven, proven.Checked = i.now, i.now
	save("https://www.skogen.example", kept)
	if texts := days(31); len(texts) != 0 {
		t.Fatalf("it was found again: %v", texts)
	}
	save("https://www.skogen.example", lost)
	if texts := days(2); len(texts) != 1 {
		t.Errorf("lost a second time: %v", texts)
	}
}
