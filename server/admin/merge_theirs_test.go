package admin_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// rest gives what the button says that saves the rest of a form in conflict, "" for none.
func (a answer) rest() string {
	found := regexp.MustCompile(`<button class="secondary" name="theirs" value="([^"]*)">Lagre bare resten av mitt</button>`).FindStringSubmatch(a.body)
	if found == nil {
		return ""
	}
	return found[1]
}

// Who keeps what another has saved in the fields in conflict loses nothing else that they
// wrote.
func TestTheRestOfMineIsSaved(t *testing.T) {
	h := open(t)
	kari, ola := h.pair()
	his := ola.get(counterPage).form(t)
	kari.save(counterPage, kari.get(counterPage).form(t), "name.nb", "Karis navn", "link", "https://kari.example/").leads(t, counterPage+"?done=saved")
	got := ola.save(counterPage, his, "name.nb", "Olas navn", "hosts", "ola.example")
	got.conflicts(t, "Karis navn", "«Lagre bare resten av mitt» beholder det som er lagret her")
	if got.rest() != "name.nb" {
		t.Fatalf("the button names %q", got.rest())
	}
	kari.save(counterPage, kari.get(counterPage).form(t), "name.nb", "Karis nyeste").leads(t, counterPage+"?done=saved")
	saved := ola.save(counterPage, got.form(t), "theirs", got.rest())
	ola.tells(t, saved, counterPage+"?done=saved", "Her ble det som var lagret, beholdt:", "Navn (", "Resten av det du skrev, er lagret.")
	s := h.draft().Service("counter")
	if s.Name[consent.Bokmaal] != "Karis nyeste" || s.Link != "https://kari.example/" || len(s.Hosts) != 1 || s.Hosts[0] != "ola.example" {
		t.Errorf("an edit is lost: %+v", s)
	}

	t.Run("and what is in conflict by then is asked about", func(t *testing.T) {
		his := ola.get(counterPage).form(t)
		kari.save(counterPage, kari.get(counterPage).form(t), "name.nb", "Hennes").leads(t, counterPage+"?done=saved")
		got := ola.save(counterPage, his, "name.nb", "Hans", "link", "https://ola.example/")
		kari.save(counterPage, kari.get(counterPage).form(t), "link", "https://kari2.example/").leads(t, counterPage+"?done=saved")
		ola.save(counterPage, got.form(t), "theirs", got.rest()).conflicts(t, "https://kari2.example/", "https://ola.example/", "-Hans")
		if s := h.draft().Service("counter"); s.Link != "https://kari2.example/" {
			t.Errorf("it is overwritten: %+v", s)
		}
	})
	t.Run("and nobody is offered a rest that there is not", func(t *testing.T) {
		his := ola.get(counterPage).form(t)
		kari.save(counterPage, kari.get(counterPage).form(t), "name.nb", "Enda et").leads(t, counterPage+"?done=saved")
		got := ola.save(counterPage, his, "name.nb", "Bare dette")
		got.conflicts(t, "Enda et", "-Lagre bare resten")
		if got.rest() != "" {
			t.Error("a rest of nothing can be saved")
		}
		got = ola.save(counterPage, his, "name.nb", "Bare dette", "hosts", "annen.example", "opened", "x")
		if got.conflicts(t, "Enda et"); got.rest() != "" {
			t.Error("it is not known what the rest is")
		}
	})
	t.Run("and no signature comes under another's reason", func(t *testing.T) {
		h.edit(func(d *consent.Draft) {
			d.Services[0].Cookies[0].Exemption = &consent.Exemption{Ground: consent.ExemptRequested, Reason: consent.Text{consent.Bokmaal: "Trengs."}, Reviewer: "IT", Reviewed: "2026-01-02"}
		})
		his := ola.get(cookiePage).form(t)
		kari.save(cookiePage, kari.get(cookiePage).form(t), "exemption.reason.nb", "Karis grunn.", "exemption.reviewed", "2026-02-02").leads(t, counterPage+"?done=saved")
		got := ola.save(cookiePage, his, "exemption.reviewer", "Ola", "exemption.reviewed", "2026-02-03", "set_by", "Ola AS")
		got.conflicts(t, "Karis grunn.")
		ola.tells(t, ola.save(cookiePage, got.form(t), "theirs", "exemption.reviewed"), counterPage+"?done=saved", "Resten av det du skrev, er lagret.")
		c := h.draft().Services[0].Cookies[0]
		if e := c.Exemption; e.Reviewer != "IT" || e.Reviewed != "2026-02-02" || e.Reason[consent.Bokmaal] != "Karis grunn." || c.SetBy != "Ola AS" {
			t.Errorf("mixed: %+v, set by %q", e, c.SetBy)
		}
	})
}

// A category that both have named is called what is stored, in both of its texts.
func TestTextsInConflictStandUnderOneName(t *testing.T) {
	h := open(t)
	kari, ola := h.pair()
	const texts = "/sites/skogen/texts"
	his := ola.get(texts).form(t)
	name, purpose := textNumber(t, his, "categories.statistics.name"), textNumber(t, his, "categories.statistics.purpose")
	kari.save(texts, kari.get(texts).form(t), "text."+name+".nb", "Karis navn", "text."+purpose+".nb", "Karis").leads(t, texts+"?page=1&done=saved")
	got := ola.save(texts, his, "text."+name+".nb", "Olas navn", "text."+purpose+".nb", "Olas")
	got.shows(t, http.StatusConflict, "<h2><bdi>Kategori: Karis navn</bdi></h2>")
	if strings.Contains(got.body, "Kategori: Olas navn") {
		t.Error("one category has two names")
	}
}

func TestTheRestOfTextsAndSettingsIsSaved(t *testing.T) {
	h := open(t)
	kari, ola := h.pair()
	const texts, look = "/sites/skogen/texts", "/sites/skogen/settings/look"
	his := ola.get(texts).form(t)
	film, counter := textNumber(t, his, "services.film.purpose"), textNumber(t, his, "services.counter.purpose")
	kari.save(texts, kari.get(texts).form(t), "text."+film+".nb", "Karis", "text."+film+".en", "Hers").leads(t, texts+"?page=1&done=saved")
	got := ola.save(texts, his, "text."+film+".nb", "Olas", "text."+counter+".nb", "Teller for Ola")
	got.shows(t, http.StatusConflict, "«Lagre bare resten av mitt» beholder det som er lagret her")
	if !strings.HasPrefix(got.rest(), "text.") || !strings.HasSuffix(got.rest(), ".nb") {
		t.Fatalf("the button names %q", got.rest())
	}
	ola.tells(t, ola.save(texts, got.form(t), "theirs", got.rest()), texts+"?page=1&done=saved", "Her ble det som var lagret, beholdt:", "Filmviseren", "Resten av det du skrev, er lagret.")
	if d := h.draft(); d.Service("film").Purpose[consent.Bokmaal] != "Karis" || d.Service("film").Purpose[consent.English] != "Hers" || d.Service("counter").Purpose[consent.Bokmaal] != "Teller for Ola" {
		t.Errorf("an edit is lost: %q, %q", d.Service("film").Purpose, d.Service("counter").Purpose)
	}

	his = ola.get(look).settingsOf(t, "look")
	kari.save(look, kari.get(look).settingsOf(t, "look"), "accent", "#202020", "radius", "9").leads(t, look+"?done=saved")
	got = ola.save(look, his, "accent", "#303030", "width", "600")
	if got.conflicts(t, "#202020"); got.rest() != "accent" {
		t.Fatalf("the button names %q", got.rest())
	}
	ola.tells(t, ola.save(look, got.settingsOf(t, "look"), "theirs", "accent"), look+"?done=saved", "Resten av det du skrev, er lagret.")
	if l := h.draft().Site.Look; l.Accent != "#202020" || l.Radius != 9 || l.Width != 600 {
		t.Errorf("an edit is lost: %+v", l)
	}
}

// Whoever meets their own change from another window on the page of texts is told that it
// was theirs; where anybody else has changed one, too, that it was somebody else.
func TestTextsTellOwnConflicts(t *testing.T) {
	h := open(t)
	kari, ola := h.pair()
	const texts = "/sites/skogen/texts"
	his := ola.get(texts).form(t)
	film, counter := textNumber(t, his, "services.film.purpose"), textNumber(t, his, "services.counter.purpose")
	ola.save(texts, ola.get(texts).form(t), "text."+film+".nb", "I et annet vindu.").leads(t, texts+"?page=1&done=saved")
	got := ola.save(texts, his, "text."+film+".nb", "I dette.", "text."+counter+".nb", "Teller i dette.")
	got.shows(t, 409, "Du har selv endret enkelte av tekstene i mellomtiden, i et annet vindu.", "Endret av deg selv, ")
	if strings.Contains(got.body, "Noen andre") {
		t.Error("his own change is said to be somebody else's")
	}
	kari.save(texts, kari.get(texts).form(t), "text."+counter+".nb", "Karis.").leads(t, texts+"?page=1&done=saved")
	got = ola.save(texts, his, "text."+film+".nb", "I dette.", "text."+counter+".nb", "Teller i dette.")
	got.shows(t, 409, "Noen andre har endret enkelte av tekstene", "Endret av deg selv, ", "Endret av Kari Nordmann, ")
	if strings.Contains(got.body, "Du har selv endret") {
		t.Error("her change is said to be his own")
	}
}

// Who emptied a text, or wrote it in a language that has left the site, keeps theirs, too.
func TestTheRestOfTextsThatAreEmptyOrGone(t *testing.T) {
	h := open(t)
	kari, ola := h.pair()
	const texts = "/sites/skogen/texts"
	h.speaks(consent.Bokmaal, consent.English, consent.Nynorsk)
	his := ola.get(texts).form(t)
	film, counter := textNumber(t, his, "services.film.purpose"), textNumber(t, his, "services.counter.purpose")
	kari.save(texts, kari.get(texts).form(t), "text."+film+".nb", "Karis").leads(t, texts+"?page=1&done=saved")
	got := ola.save(texts, his, "text."+film+".nb", "", "text."+film+".en", "", "text."+film+".nn", "", "text."+counter+".nb", "Teller for Ola")
	ola.tells(t, ola.save(texts, got.form(t), "theirs", got.rest()), texts+"?page=1&done=saved", "Her ble det som var lagret, beholdt:")
	if d := h.draft(); d.Service("film").Purpose[consent.Bokmaal] != "Karis" || d.Service("counter").Purpose[consent.Bokmaal] != "Teller for Ola" {
		t.Errorf("an edit is lost: %q, %q", d.Service("film").Purpose, d.Service("counter").Purpose)
	}

	his = ola.get(texts).form(t)
	kari.save(texts, kari.get(texts).form(t), "text."+film+".nn", "Karis nynorsk").leads(t, texts+"?page=1&done=saved")
	h.speaks(consent.Bokmaal, consent.English)
	got = ola.save(texts, his, "text."+film+".nn", "Olas nynorsk", "text."+counter+".nb", "Nok en gang")
	got.shows(t, http.StatusConflict, "Karis nynorsk", "Olas nynorsk")
	ola.tells(t, ola.save(texts, got.form(t), "theirs", got.rest()), texts+"?page=1&done=saved", "Her ble det som var lagret, beholdt:")
	if d := h.draft(); d.Service("film").Purpose[consent.Nynorsk] != "Karis nynorsk" || d.Service("counter").Purpose[consent.Bokmaal] != "Nok en gang" {
		t.Errorf("an edit is lost: %q, %q", d.Service("film").Purpose, d.Service("counter").Purpose)
	}
}
