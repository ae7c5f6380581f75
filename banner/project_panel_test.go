package banner

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
)

func gjerdrum(t *testing.T) *consent.Notice {
	t.Helper()
	return noticeOf(t, "../examples/gjerdrum/site.yaml")
}

// noticeOf freezes a site file.
func noticeOf(t *testing.T, path string) *consent.Notice {
	t.Helper()
	site, err := os.ReadFile(path)
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

func panelOf(t *testing.T, notice *consent.Notice, lang consent.Language) *panelNotice {
	t.Helper()
	made := panelProgram(notice, consent.Shipped().In(lang), lang)
	panel, ok := made.modules["panel"].(*panelNotice)
	if !ok {
		t.Fatal("the panel's module is no panelNotice")
	}
	return panel
}

func TestPanelHoldsTheWholeInventory(t *testing.T) {
	notice := gjerdrum(t)
	var want []string
	for _, service := range notice.Draft.Services {
		for _, cookie := range service.Cookies {
			want = append(want, string(service.Key)+" "+cookie.Pattern.Name)
		}
	}
	slices.Sort(want)
	for _, lang := range consent.Languages() {
		panel := panelOf(t, notice, lang)
		var got []string
		for _, section := range panel.Sections {
			for _, entry := range section.Has {
				for _, row := range entry.rows {
					got = append(got, string(panel.Services[entry.service].Key)+" "+row.name)
				}
			}
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s: the panel holds\n%q\nand the notice\n%q", lang, got, want)
		}
	}
}

// TestPanelDoesNotExcuseServicesByTheirPurpose: what a service of consent is for
// is not what the necessary thing that it keeps is for.
func TestPanelDoesNotExcuseServicesByTheirPurpose(t *testing.T) {
	notice := gjerdrum(t)
	for _, lang := range consent.Languages() {
		panel := panelOf(t, notice, lang)
		for _, section := range panel.Sections {
			for _, entry := range section.Has {
				service := panel.Services[entry.service]
				declared := notice.Draft.Service(service.Key)
				beside := section.Key == consent.Necessary && declared.Basis != consent.BasisNecessary
				if beside != (service.Purpose == "") {
					t.Errorf("%s: %s under %s is for %q", lang, service.Key, section.Name, service.Purpose)
				}
			}
		}
	}
}

func TestPanelAsksForExactlyWhatTheNoticeAsks(t *testing.T) {
	notice := gjerdrum(t)
	var want []string
	for _, unit := range notice.Draft.Asks() {
		for _, ref := range unit.Refs {
			want = append(want, string(ref))
		}
	}
	panel := panelOf(t, notice, consent.Bokmaal)
	var got []string
	boxes := map[consent.CategoryKey]int{}
	for _, section := range panel.Sections {
		if section.Box {
			boxes[section.Key]++
		}
		for _, entry := range section.Has {
			if entry.asked {
				got = append(got, string(consent.Ref(section.Key, panel.Services[entry.service].Key)))
			}
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("the panel asks for\n%q\nand the notice for\n%q", got, want)
	}
	if boxes[consent.Necessary] != 0 || boxes[consent.Statistics] != 1 || boxes[""] != 0 {
		t.Errorf("boxes by category: %v", boxes)
	}
}

func TestPanelSaysWhatIsNotKnown(t *testing.T) {
	panel := panelOf(t, gjerdrum(t), consent.Bokmaal)
	all, err := json.Marshal(panel)
	if err != nil {
		t.Fatal(err)
	}
	for _, said := range []string{
		"Leverandøren er ikke oppgitt ennå. Kommunen må oppgi hvilket selskap som leverer billettløsningen.",
		"Oppgitt: 2 år. Leverandøren sier: 1000 dager.",
		"undersøkes", "utgått",
	} {
		if !strings.Contains(string(all), said) {
			t.Errorf("the panel does not say %q", said)
		}
	}
}

// TestPanelSaysWhatThereIs: every text that the panel's code names is in the files.
func TestPanelSaysWhatThereIs(t *testing.T) {
	declared, err := os.ReadFile("src/panel-notice.d.ts")
	if err != nil {
		t.Fatal(err)
	}
	there := consent.Shipped()[consent.Bokmaal].Panel
	_, say, _ := strings.Cut(string(declared), "'samtykke:say'")
	for line := range strings.Lines(say) {
		if _, rest, ok := strings.Cut(line, "export const "); ok {
			key, _, _ := strings.Cut(rest, ":")
			if there[key] == "" {
				t.Errorf("the panel says %q, which no file has", key)
			}
		}
	}
}
