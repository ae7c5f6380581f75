package consent

import (
	"slices"
	"testing"
)

// TestSignals: a site file may tell vendors what they have a name for, by what
// somebody is asked, and Google's advanced mode is refused.
func TestSignals(t *testing.T) {
	for name, each := range map[string]struct {
		signals Signals
		wants   []string
	}{
		"by category":           {Signals{Google: map[string]string{"analytics_storage": "statistics"}}, nil},
		"by service":            {Signals{TikTok: map[string]string{"consent": "marketing/video"}}, nil},
		"a type nobody has":     {Signals{Google: map[string]string{"analytics": "statistics"}}, []string{"site.signals.google.analytics unknown_signal"}},
		"another vendor's type": {Signals{Clarity: map[string]string{"ad_storage": "statistics"}}, []string{"site.signals.microsoft_clarity.ad_storage unknown_signal"}},
		"the advanced mode":     {Signals{Google: map[string]string{"mode": "advanced"}}, []string{"site.signals.google.mode unknown_signal"}},
		"what is necessary":     {Signals{Meta: map[string]string{"consent": "necessary"}}, []string{"site.signals.meta.consent unknown_answer"}},
		"asked in place only":   {Signals{Meta: map[string]string{"consent": "marketing"}}, []string{"site.signals.meta.consent unknown_answer"}},
		"two modes of Matomo":   {Signals{Matomo: map[string]string{"consent": "statistics", "cookie_consent": "statistics"}}, []string{"site.signals.matomo two_modes"}},
	} {
		d := validDraft()
		d.Site.Signals = each.signals
		var got []string
		for _, problem := range d.Validate().Faults() {
			got = append(got, problem.Path+" "+problem.Code)
		}
		if !slices.Equal(got, each.wants) {
			t.Errorf("%s: %q, want %q", name, got, each.wants)
		}
	}
}
