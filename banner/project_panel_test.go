package banner

import (
	"os"
	"testing"
	"time"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
)

func gjerdrum(t *testing.T) *consent.Notice {
	t.Helper()
	site, err := os.ReadFile("../examples/gjerdrum/site.yaml")
	if err != nil {
		t.Fatal(err)
	}
	draft, problems, err := config.ParseSite(site)
	if err != nil || len(problems.Faults()) > 0 {
		t.Fatal(err, problems)
	}
	notice, err := consent.Freeze(*draft, 1, time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	return notice
}

func TestPanelKeepsToItsBudget(t *testing.T) {
	notice := gjerdrum(t)
	for _, lang := range []consent.Language{consent.Bokmaal, consent.Nynorsk, consent.NorthernSami, consent.English} {
		program, err := panelProgram(notice, lang)
		if err != nil {
			t.Fatal(err)
		}
		body, err := program.bundle()
		if err != nil {
			t.Fatal(err)
		}
		size := len(brotliOf(body))
		t.Logf("%s: %d bytes, %d in brotli", lang, len(body), size)
		if size > panelBudget {
			t.Errorf("the %s panel takes %d bytes of brotli, %d are allowed", lang, size, panelBudget)
		}
	}
}
