package main_test

import (
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// What a command advises is something to do with commands, in words that it takes.
func TestAdviceIsForCommands(t *testing.T) {
	i := newInstallation(t)
	must(t, "account", "add", "kari@example.no", "--data", i.data)
	i.refused(t, 1, `["one", "two"]`, "service", "set", "gjerdrum", "youtube", "never_on=true")
	i.change(t, "service", "set", "gjerdrum", "youtube", "never_on=/one")
	i.change(t, "service", "set", "gjerdrum", "youtube", `never_on=["/one", "/two"]`)
	i.refused(t, 1, `"2 years"`, "cookie", "set", "gjerdrum", "youtube", "YSC", "lifetime.declared=some days")
	i.change(t, "cookie", "set", "gjerdrum", "youtube", "YSC", "lifetime.declared=2 years")
	i.change(t, "text", "set", "gjerdrum", "services.youtube.purpose", "en", "")
	const advice = "Correct the draft of gjerdrum first, on its pages or with commands: samtykke help draft"
	i.refused(t, 1, "Nothing was published. "+advice, "notice", "publish", "gjerdrum", "--no-pictures")
	must(t, "help", "draft")
}

// Two lifetimes that differ are told in words, as they may be written.
func TestCommandsSayLifetimesInWords(t *testing.T) {
	i := newInstallation(t)
	said := i.change(t, "cookie", "set", "gjerdrum", "youtube", "YSC", "lifetime.declared=2 years", "lifetime.vendor=1000 days")
	told := consent.Problems(said.Problems).Error()
	if !strings.Contains(told, "Stated: 2 years. The provider says: 1000 days.") || strings.Contains(told, "P1000D") {
		t.Errorf("got %s", told)
	}
}

// What changed at the end of a long text is what a comparison shows of it.
func TestComparisonShowsTheEndOfALongText(t *testing.T) {
	i := newInstallation(t)
	long := strings.Repeat("Forklaringen er lang og sier mye. ", 15)
	set := func(end string) {
		t.Helper()
		i.change(t, "category", "set", "gjerdrum", "marketing", "purpose.nb="+long+end)
	}
	set("Slutten er slik.")
	must(t, "notice", "publish", "gjerdrum", "--no-pictures", "--data", i.data)
	set("Slutten er annerledes.")
	if said := must(t, "notice", "diff", "gjerdrum", "--data", i.data); !strings.Contains(said, "slik. → ") || !strings.Contains(said, "annerledes.") {
		t.Errorf("got %s", said)
	}
}
