package main_test

import (
	"strings"
	"testing"
)

// Before the first notice every service is told with what pages will load from.
func TestDiffOfNothingPublishedTellsWhatIsLoaded(t *testing.T) {
	i := installation{t.TempDir()}
	must(t, "site", "import", exampleFile, "--data", i.data)
	words := must(t, "notice", "diff", "gjerdrum", "--data", i.data)
	for _, want := range []string{"Nothing is published yet.\nPages will load:\n", "The service Video playback (YouTube), Hosts: – → www.youtube-nocookie.com, www.youtube.com, i.ytimg.com\n"} {
		if !strings.Contains(words, want) {
			t.Errorf("the difference does not say %q:\n%s", want, words)
		}
	}
	var diff struct {
		Notice  int
		Things  []struct{ Thing string }
		Changes []struct{ Path []string }
	}
	if read(t, must(t, "notice", "diff", "gjerdrum", "--json", "--data", i.data), &diff); diff.Notice != 0 || len(diff.Things) != 11 {
		t.Errorf("got %d things of notice %d", len(diff.Things), diff.Notice)
	}
}

// The difference names every host of a new service to its end, and those of a removed one.
func TestDiffTellsWhatAServiceLoadsFrom(t *testing.T) {
	i := newInstallation(t)
	const evil = "www.samtykke.example.statistikk.gjerdrum.kommune.no.innhold.levert.av.only.evil.example"
	done := i.edit(t, "\nservices:\n", `
services:
  - key: zz-new
    name: { nb: Kart, nn: Kart, en: Map }
    purpose: { nb: Viser kart., nn: Viser kart., en: Shows maps. }
    provider: { name: Kart AS, country: [NO], role: processor }
    category: statistics
    ask: banner
    legal_basis: consent
    data_categories: [{ nb: IP-adresse, nn: IP-adresse, en: IP address }]
    hosts: [kart.example, fliser.kart.example, skrift.kart.example, `+evil+`]
    cookies: []
`)
	if done.code != 0 {
		t.Fatal(done.err)
	}
	words := must(t, "notice", "diff", "gjerdrum", "--data", i.data)
	for _, want := range []string{
		"The service Map: Adds the provider Kart AS to Statistics.\n",
		"The service Map, Hosts: – → kart.example, fliser.kart.example, skrift.kart.example, " + evil + "\n",
		"The service Map, Where it is asked: – → in the banner\n", "The service Map, Legal basis: – → consent\n", "The service Map, Category: – → Statistics\n",
	} {
		if !strings.Contains(words, want) {
			t.Errorf("the difference does not say %q:\n%s", want, words)
		}
	}
}
