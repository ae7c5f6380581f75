package admin_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// speaks has somebody else change the languages of the site.
func (h *house) speaks(languages ...consent.Language) {
	h.t.Helper()
	draft := h.draft()
	draft.Site.Languages = languages
	must(h.t, h.store.SaveDraft(h.t.Context(), *draft, h.clock()))
}

// A form that was opened before a language came to the site leaves the texts in it be, and
// one that has a language which went keeps what was written.
func TestLanguagesComeAndGoMeanwhile(t *testing.T) {
	h := open(t)
	_, ola := h.pair()
	const category, texts = "/sites/skogen/categories/statistics", "/sites/skogen/texts"
	draft := h.draft()
	counter, statistics := draft.Service("counter"), draft.Category("statistics")
	for _, text := range []consent.Text{counter.Name, counter.Purpose, statistics.Name} {
		text[consent.Nynorsk] = "På nynorsk"
	}
	counter.DataCategories = []consent.Text{{consent.Bokmaal: "IP-adresse", consent.English: "IP address", consent.Nynorsk: "IP-adressa"}}
	must(t, h.store.SaveDraft(t.Context(), *draft, h.clock()))
	nynorsk := func(when string) {
		t.Helper()
		got := h.draft()
		c := got.Service("counter")
		if c.Name[consent.Nynorsk] == "" || c.Purpose[consent.Nynorsk] == "" || c.DataCategories[0][consent.Nynorsk] == "" || got.Category("statistics").Name[consent.Nynorsk] == "" {
			t.Errorf("%s: a text is lost: %+v", when, c)
		}
	}

	h.speaks(consent.Bokmaal, consent.English)
	service, theirs, all := ola.get(counterPage).form(t), ola.get(category).form(t), ola.get(texts).form(t)
	h.speaks(consent.Bokmaal, consent.English, consent.Nynorsk)
	ola.save(counterPage, service, "notes", "Et notat").leads(t, counterPage+"?done=saved")
	nynorsk("a service")
	ola.save(category, theirs, "purpose.en", "Counting").leads(t, "/sites/skogen/categories?done=saved")
	nynorsk("a category")
	ola.save(texts, all, "text."+textNumber(t, all, "services.counter.purpose")+".nb", "Teller").leads(t, texts+"?page=1&done=saved")
	nynorsk("the texts")

	service, all = ola.get(counterPage).form(t), ola.get(texts).form(t)
	h.speaks(consent.Bokmaal, consent.Nynorsk)
	const keeps = "Nettstedet har ikke engelsk lenger. Det som er skrevet på engelsk, blir beholdt i kladden til språket kommer tilbake."
	ola.tells(t, ola.save(counterPage, service, "name.en", "Written meanwhile"), counterPage+"?done=saved", keeps)
	ola.tells(t, ola.save(texts, all, "text."+textNumber(t, all, "services.counter.purpose")+".en", "And this"), texts+"?page=1&done=saved", keeps)
	if c := h.draft().Service("counter"); c.Name[consent.English] != "Written meanwhile" || c.Purpose[consent.English] != "And this" {
		t.Errorf("what was written is lost: %q, %q", c.Name, c.Purpose)
	}
}

// What is written for one kind of data does not land at another that has its place by now.
func TestTextsOfAListStayWithTheirs(t *testing.T) {
	h := open(t)
	_, ola := h.pair()
	const texts = "/sites/skogen/texts"
	draft := h.draft()
	draft.Service("counter").DataCategories = []consent.Text{{consent.Bokmaal: "IP-adresse"}, {consent.Bokmaal: "Språk"}}
	must(t, h.store.SaveDraft(t.Context(), *draft, h.clock()))
	his := ola.get(texts).form(t)
	slices.Reverse(draft.Service("counter").DataCategories)
	must(t, h.store.SaveDraft(t.Context(), *draft, h.clock()))
	got := ola.save(texts, his, "text."+textNumber(t, his, "services.counter.data_categories.0")+".en", "IP address")
	got.shows(t, 409, "IP address")
	for _, text := range h.draft().Service("counter").DataCategories {
		if text[consent.English] != "" {
			t.Errorf("it landed at %q", text[consent.Bokmaal])
		}
	}
}

// Who sets the day of a review does not take away another's without seeing it.
func TestReviewsAreAskedAbout(t *testing.T) {
	h := open(t)
	kari, ola := h.pair()
	his := ola.get(counterPage)
	day := (consent.DayOf(h.clock()) + 40).String()
	kari.post(counterPage+"/review", "review", hidden(t, kari.get(counterPage).body, "review"), "due", day).leads(t, counterPage+"?done=review")
	stale := hidden(t, his.body, "review")
	ola.post(counterPage+"/review", "review", stale, "due", "").shows(t, 409, "Noen andre har endret dette i mellomtiden", "Endret av Kari Nordmann, ")
	kari.post(counterPage+"/review", "review", stale, "due", "").shows(t, 409, "Du har selv endret dette i mellomtiden", "Endret av deg selv, ")
	got := ola.post(counterPage+"/reviewed", "review", stale)
	got.shows(t, 409, "Noen andre har endret dette i mellomtiden")
	kari.get(counterPage).shows(t, 200, `value="`+day+`"`)
	ola.post(counterPage+"/reviewed", "review", hidden(t, got.body, "review")).leads(t, counterPage+"?done=review")
}

// What was written in a language that is removed meanwhile stands in the form of a conflict,
// and is kept for when the language comes back.
func TestTextsInALanguageThatWent(t *testing.T) {
	h := open(t)
	kari, ola := h.pair()
	const texts, settings, kept = "/sites/skogen/texts", "/sites/skogen/settings/site", "Teksten blir beholdt til språket kommer tilbake."
	h.speaks(consent.Bokmaal, consent.English)
	page := ola.get(settings)
	service, all, site := ola.get(counterPage).form(t), ola.get(texts).form(t), page.settingsOf(t, "site")
	kari.save(counterPage, kari.get(counterPage).form(t), "name.nb", "Karis navn", "data_categories.nb", "Hennes").leads(t, counterPage+"?done=saved")
	kari.save(settings, kari.get(settings).settingsOf(t, "site"), "name.nb", "Karis sted").leads(t, settings+"?done=saved")
	h.speaks(consent.Bokmaal)

	got := ola.save(counterPage, service, "name.nb", "Olas navn", "name.en", "Ola’s name", "data_categories.nb", "Hans", "data_categories.en", "His")
	got.conflicts(t, "Karis navn", "Olas navn")
	got.shows(t, 409, kept, "Ola’s name")
	ola.tells(t, ola.save(counterPage, got.form(t)), counterPage+"?done=saved", "Nettstedet har ikke engelsk lenger.")
	if c := h.draft().Service("counter"); c.Name[consent.English] != "Ola’s name" || c.Name[consent.Bokmaal] != "Olas navn" || c.DataCategories[0][consent.English] != "His" {
		t.Errorf("a service: %q, %q", c.Name, c.DataCategories)
	}

	at := "text." + textNumber(t, all, "services.counter.name")
	got = ola.save(texts, all, at+".nb", "Enda et navn", at+".en", "One more")
	got.shows(t, 409, kept, "One more")
	ola.tells(t, ola.save(texts, got.form(t)), texts+"?page=1&done=saved", "Nettstedet har ikke engelsk lenger.")
	if c := h.draft().Service("counter"); c.Name[consent.English] != "One more" || c.Name[consent.Bokmaal] != "Enda et navn" {
		t.Errorf("the texts: %q", c.Name)
	}

	got = ola.save(settings, site, "name.nb", "Olas sted", "name.en", "Ola’s place")
	got.conflicts(t, "Karis sted", "Olas sted", "-Ola’s place")
	got.shows(t, 409, kept, "Ola’s place")
	ola.tells(t, ola.save(settings, got.settingsOf(t, "site")), settings+"?done=saved", "Nettstedet har ikke engelsk lenger.")
	if name := h.draft().Site.Name; name[consent.English] != "Ola’s place" || name[consent.Bokmaal] != "Olas sted" {
		t.Errorf("the settings: %q", name)
	}
	h.speaks(consent.Bokmaal, consent.English)
	ola.get(settings).shows(t, 200, "Ola’s place")
}

// What is written in a language that another has just removed is in the draft, and nothing
// tells of it as published: neither the diff, nor the notice, nor the preview. The same
// draft but for such texts is not published again.
func TestTextsInALanguageThatWentAreNotPublished(t *testing.T) {
	h := open(t)
	_, ola := h.pair()
	kari := h.member("chief@example.no", consent.RolePublisher, skogen)
	const category, swedish = "/sites/skogen/categories/statistics", "Räknar ert besök"
	h.redraft(t, func(d *consent.Draft) { d.Site.Languages = append(d.Site.Languages, "sv") })
	his := ola.get(category).form(t)
	h.redraft(t, func(d *consent.Draft) {
		d.Site.Languages, d.Site.Validity = d.Site.Languages[:2], "P11M"
	})
	ola.save(category, his, "purpose.sv", swedish)
	if h.draft().Category("statistics").Purpose["sv"] != swedish {
		t.Fatal("what was written is not kept")
	}
	without := func(what string, got answer) {
		t.Helper()
		if got.status != 200 || strings.Contains(got.body, swedish) || strings.Contains(got.body, "svensk") {
			t.Errorf("%s: %d, with Swedish: %v", what, got.status, strings.Contains(got.body, swedish))
		}
	}
	page := kari.get("/sites/skogen/publish")
	page.shows(t, 200, "11 måneder")
	without("the diff", page)
	without("the preview", kari.get("/sites/skogen/preview/frame?lang=nb&state=first"))
	kari.post("/sites/skogen/publish", "was", page.was(t)).leads(t, "/sites/skogen/notices/2?done=publish")
	site, err := h.store.Site(t.Context(), "skogen")
	must(t, err)
	notice := "/sites/skogen/notices/" + strconv.Itoa(int(site.Notice))
	without("the notice", kari.get(notice+"/notice.json"))
	without("its page", kari.get(notice))

	h.redraft(t, func(d *consent.Draft) { d.Category("statistics").Purpose["sv"] = "Räknar inte längre" })
	kari.get("/sites/skogen/publish").shows(t, 200, "Kladden sier det samme som den publiserte kunngjøringen.")
	if again := h.publish(t); again.Number != site.Notice {
		t.Errorf("notice %d says nothing new", again.Number)
	}
}

// Who removes a language is told so in words, after saving and before publishing; what
// another has saved of the languages is told by their names.
func TestRemovedLanguagesAreTold(t *testing.T) {
	h := open(t)
	kari, ola := h.pair()
	const settings = "/sites/skogen/settings/site"
	h.redraft(t, func(d *consent.Draft) { d.Site.Languages = append(d.Site.Languages, "nn") })
	form, late := kari.get(settings).settingsOf(t, "site"), ola.get(settings).settingsOf(t, "site")
	form["languages"] = []string{"nb"}
	kari.tells(t, kari.save(settings, form), settings+"?done=saved",
		"Engelsk og nynorsk er fjernet. Tekstene på engelsk og nynorsk blir beholdt i kladden til språkene kommer tilbake, men blir ikke publisert.")
	kari.get("/sites/skogen/publish").shows(t, 200, "Fjerner engelsk. Kladden beholder tekstene på engelsk til språket kommer tilbake.")
	late["languages"] = []string{"nb", "en", "sv"}
	got := ola.save(settings, late)
	got.shows(t, 409, "Lagret nå: <strong>Bokmål</strong>")
}
