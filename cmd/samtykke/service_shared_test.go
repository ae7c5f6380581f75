package main_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// elsewhereLine is what a verb says with --json of a service on another site.
type elsewhereLine struct {
	Site, Service, Seen string
	Same, Changed       bool
}

func elsewhereLines(t *testing.T, text string) map[string]elsewhereLine {
	t.Helper()
	all := map[string]elsewhereLine{}
	for line := range strings.Lines(text) {
		var one elsewhereLine
		if err := json.Unmarshal([]byte(line), &one); err != nil {
			t.Fatal(err)
		}
		all[one.Site] = one
	}
	return all
}

// Services are copied between the sites of an organisation, compared and passed on by
// commands as on the pages: what changes stands in the trail of the site that it changes,
// and what cannot be is refused as a whole.
func TestServicesAreSharedOnTheMachine(t *testing.T) {
	i := newInstallation(t)
	for _, name := range []string{"Bibliotek", "Kulturskolen"} {
		must(t, "site", "add", "gjerdrum", name, name+".example", "--data", i.data)
	}
	must(t, "organisation", "add", "Havet", "--number", "974760673", "--id", "havet", "--data", i.data)
	must(t, "site", "add", "havet", "Havet", "havet.example", "--data", i.data)
	of := func(site string) *consent.Draft { return i.draftOf(t, consent.SiteKey(site)) }
	on := func(site, verb string, more ...string) []string {
		return append([]string{"service", verb, site}, more...)
	}
	list := must(t, append(on("bibliotek", "shared", "youtube"), "--data", i.data)...)
	if !strings.Contains(list, "gjerdrum/youtube") || strings.Contains(list, "gjerdrum/facebook") {
		t.Errorf("got %s", list)
	}
	if list := must(t, append(on("havet", "shared"), "--data", i.data)...); !strings.Contains(list, "No other site") {
		t.Errorf("another organisation sees %s", list)
	}
	i.refused(t, 1, "gjerdrum/nothing: No other site of the organisation has this.", on("bibliotek", "copy", "gjerdrum/youtube", "gjerdrum/nothing")...)
	i.refused(t, 1, "gjerdrum/youtube: No other site", on("havet", "copy", "gjerdrum/youtube")...)
	if len(of("bibliotek").Services) != 0 {
		t.Fatal("what was refused is copied")
	}
	i.change(t, on("bibliotek", "copy", "gjerdrum/youtube")...)
	i.refused(t, 1, "Nothing was saved.", on("bibliotek", "copy", "gjerdrum/youtube")...)
	if s := of("bibliotek").Service("youtube"); s == nil || len(s.Cookies) != 4 {
		t.Fatalf("got %+v", s)
	}

	compare := func() map[string]elsewhereLine {
		return elsewhereLines(t, must(t, append(on("bibliotek", "compare", "youtube"), "--json", "--data", i.data)...))
	}
	if now := compare(); !now["gjerdrum"].Same || now["kulturskolen"].Service != "" || len(now) != 2 {
		t.Errorf("got %+v", now)
	}
	seen := compare()["gjerdrum"].Seen
	i.change(t, "service", "set", "gjerdrum", "youtube", "link=https://ny.example/")
	if said := must(t, append(on("bibliotek", "take", "youtube", "gjerdrum"), "--data", i.data)...); !strings.Contains(said, "gjerdrum: https://ny.example/") || !strings.Contains(said, "--yes") {
		t.Errorf("got %s", said)
	}
	i.refused(t, 1, "Somebody has changed youtube on gjerdrum meanwhile.", append(on("bibliotek", "take", "youtube", "gjerdrum", "--yes"), "--seen", seen)...)
	i.refused(t, 1, "at revision", append(on("bibliotek", "take", "youtube", "gjerdrum", "--yes"), "--revision", "99")...)
	i.refused(t, 1, "has no other site \"havet\", but: ", on("bibliotek", "take", "youtube", "havet", "--yes")...)
	i.refused(t, 1, "kulturskolen does not have youtube.", on("bibliotek", "take", "youtube", "kulturskolen", "--yes")...)
	if of("bibliotek").Service("youtube").Link == "https://ny.example/" {
		t.Error("it was taken over without being asked for")
	}
	i.change(t, on("bibliotek", "take", "youtube", "gjerdrum", "--yes", "--seen", compare()["gjerdrum"].Seen)...)
	if s := of("bibliotek").Service("youtube"); s.Link != "https://ny.example/" {
		t.Errorf("got %+v", s)
	}

	i.change(t, "service", "set", "bibliotek", "youtube", "link=https://hit.example/")
	must(t, append(on("bibliotek", "send", "youtube", "gjerdrum", "kulturskolen"), "--data", i.data)...)
	i.refused(t, 1, "has no other site \"havet\"", on("bibliotek", "send", "youtube", "gjerdrum", "havet", "--yes")...)
	i.refused(t, 1, "on gjerdrum meanwhile", append(on("bibliotek", "send", "youtube", "gjerdrum", "--yes"), "--seen", seen)...)
	i.refused(t, 2, "once for each site", append(on("bibliotek", "send", "youtube", "gjerdrum", "kulturskolen", "--yes"), "--seen", seen)...)
	if of("gjerdrum").Service("youtube").Link != "https://ny.example/" || of("kulturskolen").Service("youtube") != nil {
		t.Error("something was sent that was only looked at, or refused")
	}
	sent := elsewhereLines(t, must(t, append(on("bibliotek", "send", "youtube", "gjerdrum", "kulturskolen", "--yes"), "--json", "--data", i.data)...))
	if !sent["gjerdrum"].Changed || !sent["kulturskolen"].Changed || of("gjerdrum").Service("youtube").Link != "https://hit.example/" || of("kulturskolen").Service("youtube") == nil {
		t.Errorf("got %+v", sent)
	}
	if said := must(t, append(on("bibliotek", "send", "youtube", "gjerdrum", "--yes"), "--data", i.data)...); !strings.Contains(said, "says so already") {
		t.Errorf("got %s", said)
	}
	want := []string{"draft.service.copy gjerdrum/youtube", "draft.service.take gjerdrum/youtube", "draft.service.send bibliotek/youtube", "draft.service.send bibliotek/youtube"}
	if got := i.told(t, "gjerdrum", "draft.service.copy", "draft.service.take", "draft.service.send"); !slices.Equal(got, want) {
		t.Errorf("the trail has %q, want %q", got, want)
	}
}

// What was planned for a draft lapses when a service is put into it, and whoever did that is
// told.
func TestSendingAServiceTellsWhatLapsed(t *testing.T) {
	i := newInstallation(t)
	must(t, "site", "add", "gjerdrum", "Bibliotek", "bibliotek.example", "--data", i.data)
	i.change(t, "service", "copy", "bibliotek", "gjerdrum/youtube")
	i.change(t, "service", "set", "bibliotek", "youtube", "link=https://hit.example/")
	i.change(t, "text", "set", "gjerdrum", "site.name", "nb", "Gjerdrum!")
	must(t, "account", "add", "ola@example.no", "--role", "gjerdrum=publisher", "--data", i.data)
	must(t, "notice", "propose", "gjerdrum", "--maker", "ola@example.no", "--data", i.data)
	done := invoke(t, "service", "send", "bibliotek", "youtube", "gjerdrum", "--yes", "--data", i.data)
	if done.code != 0 || !strings.Contains(done.err, "The proposal to publish the draft of gjerdrum lapsed") {
		t.Errorf("got %d %s", done.code, done.err)
	}
}
