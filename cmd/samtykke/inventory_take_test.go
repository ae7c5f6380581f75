package main_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

const takeRows = openRows +
	"4,Hotjar,Analytics,_hjid,,Counts visitors,1 year,Hotjar Ltd,https://hotjar.example/privacy,0\n" +
	"5,Hotjar,Analytics,_hjs,,Counts visits,session,Hotjar Ltd,,0\n"

// What the catalogue suggests is told first and taken over with --yes, as the forms of the
// pages are filled; what there is not, or is there already, is refused with all the rest.
func TestSuggestionsAreTakenOverOnTheMachine(t *testing.T) {
	i := newInstallation(t)
	must(t, "account", "add", "kari@example.no", "--role", "gjerdrum=editor", "--data", i.data)
	must(t, "catalogue", "import", "gjerdrum", written(t, "open.csv", takeRows), "--maker", "kari@example.no", "--data", i.data)
	was := inventoryOf(t, i.draft(t))
	cookies := []string{"inventory", "suggest", "gjerdrum", "--service", "youtube", "--take", "PREFX"}
	looked := invoke(t, append(cookies, "--data", i.data)...)
	if looked.code != 0 || !strings.Contains(looked.out, "New cookie: PREFX") || !strings.Contains(looked.out, "--yes") || !strings.Contains(looked.err, "services.youtube.cookies.PREFX.purpose") {
		t.Errorf("got %+v", looked)
	}
	i.refused(t, 1, `no cookie "YSC" that youtube lacks`, append(cookies, "--take", "YSC", "--yes")...)
	i.refused(t, 1, `knows no service "Matomo"`, "inventory", "suggest", "gjerdrum", "--take", "Hotjar", "--take", "Matomo", "--yes")
	i.refused(t, 1, "There is a service with this short name already", "inventory", "suggest", "gjerdrum", "--take", "YouTube", "--yes")
	i.refused(t, 2, "--take", "inventory", "suggest", "gjerdrum", "hotjar", "--yes")
	i.refused(t, 2, "by itself", "inventory", "suggest", "gjerdrum", "hotjar", "--take", "Hotjar")
	if inventoryOf(t, i.draft(t)) != was {
		t.Fatal("what was looked at or refused is saved")
	}
	var said struct {
		Changed bool
		Changes []string
	}
	read(t, must(t, append(cookies, "--yes", "--json", "--data", i.data)...), &said)
	if !said.Changed || len(said.Changes) != 1 {
		t.Errorf("got %+v", said)
	}
	must(t, "inventory", "suggest", "gjerdrum", "--take", "Hotjar", "--yes", "--data", i.data)
	must(t, "inventory", "suggest", "gjerdrum", "--service", "hotjar", "--take", "_hjs", "--take", "_hjid", "--yes", "--data", i.data)
	draft := i.draft(t)
	c := cookieOf(t, draft, "youtube", "PREFX")
	if c.Status != consent.StatusVerify || c.Lifetime.Vendor != "P2Y" || c.Lifetime.Declared != "" || c.Purpose["en"] != "Keeps wishes" {
		t.Errorf("got %+v", c)
	}
	if s := draft.Service("hotjar"); s.Category != consent.Statistics || s.Provider.Name != "Hotjar Ltd" || s.Name["nb"] != "Hotjar" || len(s.Cookies) != 2 {
		t.Errorf("got %+v", s)
	}
	want := []string{"draft.cookie.add youtube/PREFX", "draft.service.add hotjar", "draft.cookie.add hotjar/_hjs hotjar/_hjid"}
	if got := i.told(t, "gjerdrum", "draft"); !slices.Equal(got, want) {
		t.Errorf("the trail has %q, want %q", got, want)
	}
}

// A service of a file that seems to be there already, under another key, is told as that.
func TestAnImportTellsOfDoubles(t *testing.T) {
	i := newInstallation(t)
	rows := "service,service_category,name\nyt-embed,marketing,YSC\nyt-embed,marketing,PREF\nvideoavspilling-youtube,marketing,\nhotjar,statistics,_hjid\n"
	draft := i.draft(t)
	draft.Service("youtube").Name["en"] = "Videoavspilling YouTube"
	i.save(t, draft)
	said := must(t, "inventory", "import", "gjerdrum", written(t, "in.csv", rows), "--data", i.data)
	for _, wanted := range []string{
		"There already, it seems, under another key: 2 of the services below.",
		"New service: yt-embed in Marketing, which seems to be Videoavspilling YouTube in Marketing, there already\n",
		"New service: videoavspilling-youtube in Marketing, which seems to be Videoavspilling YouTube in Marketing, there already\n",
		"New service: hotjar, in the category Statistics\n",
	} {
		if !strings.Contains(said, wanted) {
			t.Errorf("the import does not say %q:\n%s", wanted, said)
		}
	}
}
