package main_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// A site is made with a key of its name, or with one that was chosen and is free; what
// cannot be a site makes none.
func TestSitesAreAddedOnTheMachine(t *testing.T) {
	i := newInstallation(t)
	add := func(name, origin string, flags ...string) []string {
		return append([]string{"site", "add", "gjerdrum", name, origin}, flags...)
	}
	i.refused(t, 1, "There are: gjerdrum.", "site", "add", "havet", "Havet", "havet.example")
	i.refused(t, 1, "Nothing was saved.", add("Bibliotek", "ftp://x")...)
	i.refused(t, 1, "The site has no name.", add(" ", "bibliotek.example")...)
	i.refused(t, 1, "Nothing was saved.", add("Bibliotek", "bibliotek.example", "--key", "Bib liotek")...)
	i.refused(t, 2, "no language", add("Bibliotek", "bibliotek.example", "--language", "xx")...)
	i.refused(t, 1, "There is a site with this key already.", add("Bibliotek", "bibliotek.example", "--key", "gjerdrum")...)
	if said := must(t, append(add("Bibliotek", "Bibliotek.example/"), "--data", i.data)...); !strings.Contains(said, "There is a site bibliotek in gjerdrum.") {
		t.Errorf("got %s", said)
	}
	var made struct{ Site string }
	read(t, must(t, append(add("Bibliotek", "andre.example", "--language", "nn", "--language", "en", "--json"), "--data", i.data)...), &made)
	if made.Site != "bibliotek-2" {
		t.Errorf("the second one is %q", made.Site)
	}
	i.refused(t, 1, "There is a site with this name and this address already.", add("bibliotek", "https://BIBLIOTEK.example:443")...)
	i.refused(t, 1, `The origin "javascript:1" cannot be used: it does not begin with https://`, add("Skript", "javascript:1")...)
	i.refused(t, 1, `The origin "javascript:1" cannot be used`, "origin", "add", "gjerdrum", "javascript:1")
	store := i.open(t)
	first, err := store.Draft(t.Context(), "bibliotek")
	if err != nil {
		t.Fatal(err)
	}
	second, err := store.Draft(t.Context(), "bibliotek-2")
	if err != nil {
		t.Fatal(err)
	}
	acts, err := store.Acts(t.Context(), consent.TrailQuery{Organisation: "gjerdrum", Action: "site.add", Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(first.Site.Origins, []string{"https://bibliotek.example"}) || first.Organisation.Number != "864949762" || len(first.Site.Languages) != 3 {
		t.Errorf("got %+v", first.Site)
	}
	if !slices.Equal(second.Site.Languages, []consent.Language{"nn", "en"}) || len(second.Categories) == 0 {
		t.Errorf("got %+v", second.Site)
	}
	if len(acts) != 2 || acts[1].Site != "bibliotek" || acts[0].Site != "bibliotek-2" || acts[0].Account != 0 {
		t.Errorf("the trail has %+v", acts)
	}
	if list := must(t, "site", "list", "--json", "--data", i.data); strings.Count(list, "\n") != 3 {
		t.Errorf("what was refused made a site: %s", list)
	}
}

// Settings are listed by the names with which they are changed, and nothing else changes.
func TestSettingsOnTheMachine(t *testing.T) {
	i := newInstallation(t)
	set := func(values ...string) []string { return append([]string{"site", "settings", "gjerdrum"}, values...) }
	list := must(t, append(set(), "--data", i.data)...)
	for _, wanted := range []string{"placement", "top, bottom, corner, dialog", "retention ", "2 years", "dpo_email", "name.nn", "same_origin"} {
		if !strings.Contains(list, wanted) {
			t.Errorf("the list lacks %q:\n%s", wanted, list)
		}
	}
	was := i.draft(t)
	i.refused(t, 2, `no setting "place"`, set("place=top")...)
	i.refused(t, 2, "NAME=VALUE", set("placement")...)
	i.refused(t, 2, "by themselves", set("placement=top", "retention=3 years")...)
	i.refused(t, 1, "placement: Choose one of the values. They are: top, bottom, corner and dialog.", set("placement=left", "accent=#112233")...)
	i.refused(t, 1, "same_origin: Choose one of the values.", set("same_origin=perhaps")...)
	i.refused(t, 1, "languages: Choose one of the values. They are: nb, nn, ", set("languages=nb tlh")...)
	i.refused(t, 1, "Nothing was saved.", set("retention=soon")...)
	i.refused(t, 1, "1 fault. Nothing was saved.", set("accent=red-ish")...)
	i.refused(t, 1, "1 fault. Nothing was saved.", set("background_dark=#10221a")...)
	i.refused(t, 1, "1 fault. Nothing was saved.", set("background_dark=#10221a", "ink_dark=#20221a")...)
	i.refused(t, 1, "1 fault. Nothing was saved.", set(`logo=<svg viewBox="0 0 9 9"><script>alert(1)</script></svg>`)...)
	if now := i.draft(t); now.Site.Look != was.Site.Look || now.Site.Retention != was.Site.Retention || !slices.Equal(now.Site.Languages, was.Site.Languages) {
		t.Fatalf("what was refused is saved: %+v", now.Site)
	}
	must(t, append(set("placement=bottom", "dpo_phone=63 96 00 00", "same_origin=yes"), "--data", i.data)...)
	const logo = `<svg viewBox="0 0 9 9"><path d="M1 1h7v3z"/></svg>`
	must(t, append(set("background_dark=#10221a", "ink_dark=#f0f0f0", "logo="+logo, "logo_text.nb=Gjerdrum", "logo_text.nn=Gjerdrum", "logo_text.en=Gjerdrum"), "--data", i.data)...)
	if l := i.draft(t).Site.Look; l.Dark == nil || l.Dark.Background != "#10221a" || l.Dark.Text != "#f0f0f0" || l.Logo == nil || l.Logo.SVG != logo || l.Logo.Text["nb"] != "Gjerdrum" {
		t.Errorf("got %+v", l)
	}
	must(t, append(set("background_dark=", "ink_dark=", "accent_dark=", "logo=", "logo_text.nb=", "logo_text.nn=", "logo_text.en="), "--data", i.data)...)
	if l := i.draft(t).Site.Look; l.Dark != nil || l.Logo != nil {
		t.Errorf("what is taken away stays: %+v", l)
	}
	must(t, append(set("languages=nn, en"), "--data", i.data)...)
	must(t, append(set("retention=3 years"), "--data", i.data)...)
	if said := must(t, append(set("retention=3 years"), "--data", i.data)...); !strings.Contains(said, "already") {
		t.Errorf("got %s", said)
	}
	now := i.draft(t)
	if now.Site.Look.Placement != consent.PlacementBottom || now.Contacts.DPO.Phone != "63 96 00 00" || !now.Site.SameOrigin || now.Site.Retention != "P3Y" || !slices.Equal(now.Site.Languages, []consent.Language{"nn", "en"}) {
		t.Errorf("got %+v", now.Site)
	}
	if now.Site.Look.Accent != was.Site.Look.Accent || now.Contacts.DPO.Email != was.Contacts.DPO.Email || now.Site.Validity != was.Site.Validity {
		t.Errorf("what was not named is another: %+v", now.Site)
	}
	if got, want := i.told(t, "gjerdrum", "draft"), []string{"draft.settings.save contacts look manner", "draft.settings.save look", "draft.settings.save look", "draft.settings.save site", "draft.keeping.save retention=" + string(was.Site.Retention) + "->P3Y"}; !slices.Equal(got, want) {
		t.Errorf("the trail has %q, want %q", got, want)
	}
}

// A language is added before its texts are written. What is missing is told, keeps the draft
// from being published, and nothing else is let through by the way.
func TestALanguageIsAddedOnTheMachine(t *testing.T) {
	i := newInstallation(t)
	set := func(values ...string) []string { return append([]string{"site", "settings", "gjerdrum"}, values...) }
	text := []string{"text", "set", "gjerdrum", "site.name", "sv", "Gjerdrums kommun"}
	i.refused(t, 1, `samtykke site settings gjerdrum "languages=nb nn en sv"`, text...)
	i.refused(t, 1, `"samtykke text list" shows`, "text", "set", "gjerdrum", "site.name", "tlh", "Gjerdrum")
	i.refused(t, 1, "1 fault. Nothing was saved.", set("languages=nb nn en sv", "accent=red-ish")...)
	i.refused(t, 1, "1 fault. Nothing was saved.", set("languages=nb nn en sv", "name.nn=")...)
	said := must(t, append(set("languages=nb nn en sv"), "--data", i.data)...)
	lacking := len(i.draft(t).Validate().Faults())
	if lacking < 20 || !strings.Contains(said, "lacks "+strconv.Itoa(lacking)+" texts in the new languages") || !strings.Contains(said, "samtykke text list gjerdrum --missing") {
		t.Errorf("%d texts are missing; got %s", lacking, said)
	}
	i.refused(t, 1, "site.name.sv", "notice", "publish", "gjerdrum")
	if list := must(t, "text", "list", "gjerdrum", "--missing", "--data", i.data); !strings.Contains(list, "site.name ") {
		t.Errorf("what is missing is not listed: %s", list)
	}
	must(t, append(text, "--data", i.data)...)
	d := i.draft(t)
	if d.Site.Name["sv"] != "Gjerdrums kommun" || !slices.Equal(d.Site.Languages, []consent.Language{"nb", "nn", "en", "sv"}) || len(d.Validate().Faults()) != lacking-1 {
		t.Errorf("got %+v", d.Site)
	}
	var done struct {
		Changed  bool
		Revision int
		Problems consent.Problems
	}
	read(t, must(t, append(set("languages=nb nn en sv da", "name.da=Gjerdrum", "--json"), "--data", i.data)...), &done)
	if !done.Changed || done.Revision == 0 || len(done.Problems.Faults()) != lacking-1 {
		t.Errorf("got %+v", done)
	}
	var without struct {
		Changed bool
		Gone    []consent.Language `json:"languages_gone"`
	}
	read(t, must(t, append(set("languages=nb nn en da", "--json"), "--data", i.data)...), &without)
	if !without.Changed || !slices.Equal(without.Gone, []consent.Language{"sv"}) {
		t.Errorf("got %+v, want that Swedish goes", without)
	}
	must(t, append(set("languages=nb nn en sv da"), "--data", i.data)...)
	gone := must(t, append(set("languages=nb nn en"), "--data", i.data)...)
	for _, name := range []string{"Swedish", "Danish"} {
		if !strings.Contains(gone, name+" is removed. The draft keeps the texts in it until it comes back, and they are not published.") {
			t.Errorf("it does not say that %s goes: %s", name, gone)
		}
	}
	if faults := i.draft(t).Validate().Faults(); len(faults) > 0 {
		t.Errorf("a language that is taken away leaves %v", faults)
	}
	if got, want := i.told(t, "gjerdrum", "draft"), []string{"draft.settings.save site", "draft.texts.save site.name.sv", "draft.settings.save site", "draft.settings.save site", "draft.settings.save site", "draft.settings.save site"}; !slices.Equal(got, want) {
		t.Errorf("the trail has %q, want %q", got, want)
	}
}
