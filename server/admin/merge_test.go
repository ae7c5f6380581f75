package admin_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// conflictOf gives what a page tells of a conflict, "" for none.
func (a answer) conflictOf() string {
	return regexp.MustCompile(`(?s)<section class="block conflict".*?</section>`).FindString(a.body)
}

// conflicts fails unless the conflict of a page is told with all these, and without those that
// begin with a minus.
func (a answer) conflicts(t *testing.T, texts ...string) {
	t.Helper()
	told := a.conflictOf()
	if a.status != http.StatusConflict || told == "" {
		t.Fatalf("got status %d to %q, want a conflict", a.status, a.header.Get("Location"))
	}
	for _, text := range texts {
		without, not := strings.CutPrefix(text, "-")
		if strings.Contains(told, without) == not {
			t.Errorf("the conflict should say %q:\n%s", text, told)
		}
	}
}

// told opens the page that an answer leads to, and fails unless it tells what was kept of
// others.
func (p *person) told(t *testing.T, a answer, path string, texts ...string) {
	t.Helper()
	p.tells(t, a, path, append(texts, "De endringene er beholdt ved siden av dine.")...)
}

// tells opens the page that an answer leads to, and fails unless it tells something beside
// that it is saved.
func (p *person) tells(t *testing.T, a answer, path string, texts ...string) {
	t.Helper()
	to := a.header.Get("Location")
	if a.status != http.StatusSeeOther || !strings.HasPrefix(to, path+"&kept=") {
		t.Fatalf("got status %d to %.200q, want %s and what was kept\n%.2000s", a.status, to, path, a.conflictOf())
	}
	note := regexp.MustCompile(`<p class="note merged" role="status">.*?</p>`).FindString(p.get(to).body)
	for _, text := range texts {
		if !strings.Contains(note, text) {
			t.Errorf("the page does not tell %q: %q", text, note)
		}
	}
}

// pair is two people who edit one draft.
func (h *house) pair() (kari, ola *person) {
	return h.colleague("Kari Nordmann", "kari@example.no"), h.colleague("Ola Hansen", "ola@example.no")
}

func (h *house) colleague(name, email string) *person {
	h.t.Helper()
	p := h.member(email, consent.RoleEditor, skogen)
	account, err := h.store.Account(h.t.Context(), p.id)
	must(h.t, err)
	account.Name = name
	must(h.t, h.store.ChangeAccount(h.t.Context(), account))
	return p
}

// What two people change in different fields is both saved, and who came last is told.
func TestDifferentFieldsAreMerged(t *testing.T) {
	h := open(t)
	kari, ola := h.pair()
	his := ola.get(counterPage).form(t)
	kari.save(counterPage, kari.get(counterPage).form(t), "name.nb", "Karis navn", "link", "https://kari.example/", "purpose.en", "").leads(t, counterPage+"?done=saved")
	saved := ola.save(counterPage, his, "hosts", "ola.example", "recipients.0.name", "Mottaker AS")
	ola.told(t, saved, counterPage+"?done=saved", "Navn (", "Formål (", " og ")
	s := h.draft().Service("counter")
	if s.Name[consent.Bokmaal] != "Karis navn" || s.Link != "https://kari.example/" || s.Purpose[consent.English] != "" || len(s.Hosts) != 1 || s.Hosts[0] != "ola.example" || len(s.Recipients) != 1 {
		t.Errorf("an edit is lost: %+v", s)
	}
	if note := kari.get(saved.header.Get("Location")).body; strings.Contains(note, "note merged") {
		t.Error("what Ola is told is told to Kari")
	}
	if note := ola.get(counterPage + "?done=saved&kept=forged").body; strings.Contains(note, "note merged") {
		t.Error("anybody can have the page tell something")
	}
}

// What both have changed is asked about, and that alone: with who and when, and with the
// rest of theirs kept whatever is chosen.
func TestTheSameFieldIsAskedAbout(t *testing.T) {
	h := open(t)
	kari, ola := h.pair()
	his := ola.get(counterPage).form(t)
	h.wait(10 * time.Minute)
	kari.save(counterPage, kari.get(counterPage).form(t), "name.nb", "Karis navn", "link", "https://kari.example/").leads(t, counterPage+"?done=saved")
	kari.save(counterPage, kari.get(counterPage).form(t), "retention", "3 år").leads(t, counterPage+"?done=saved")
	h.wait(10 * time.Minute)
	got := ola.save(counterPage, his, "name.nb", "Olas navn", "hosts", "ola.example")
	got.conflicts(t, "Karis navn", "Olas navn", "Endret av Kari Nordmann, ", "-ola.example", "-https://kari.example/", "Lenke", "blir beholdt uansett", "-Formål")
	if strings.Count(got.conflictOf(), "<tr>") != 2 { // with the head
		t.Errorf("more than the name is asked about:\n%s", got.conflictOf())
	}
	if d := h.draft(); d.Services[0].Name[consent.Bokmaal] != "Karis navn" || len(d.Services[0].Hosts) > 0 && d.Services[0].Hosts[0] == "ola.example" {
		t.Error("it is saved before it is asked about")
	}
	again := got.form(t)
	if again.Get("name.nb") != "Olas navn" || again.Get("link") != "https://kari.example/" || again.Get("hosts") != "ola.example" {
		t.Errorf("the form holds something else: %q", again)
	}
	ola.save(counterPage, again).leads(t, counterPage+"?done=saved")
	s := h.draft().Service("counter")
	if s.Name[consent.Bokmaal] != "Olas navn" || s.Link != "https://kari.example/" || s.Retention != "P3Y" || s.Hosts[0] != "ola.example" {
		t.Errorf("after saving his: %+v", s)
	}
	t.Run("and what is merged is checked as any other", func(t *testing.T) {
		his := ola.get(counterPage).form(t)
		kari.save(counterPage, kari.get(counterPage).form(t), "warning.nb", "Karis advarsel").leads(t, counterPage+"?done=saved")
		got := ola.save(counterPage, his, "retention", "en stund")
		got.shows(t, http.StatusUnprocessableEntity, `href="#retention"`, "står i skjemaet nå")
		if form := got.form(t); form.Get("warning.nb") != "Karis advarsel" || form.Get("retention") != "en stund" {
			t.Error("the form does not hold what is merged")
		}
	})
	t.Run("and who has it in two windows is told so", func(t *testing.T) {
		his := ola.get(counterPage).form(t)
		ola.save(counterPage, his, "name.nb", "I det ene vinduet").leads(t, counterPage+"?done=saved")
		ola.save(counterPage, his, "name.nb", "I det andre").conflicts(t, "Du har selv endret dette", "Endret av deg selv, ")
	})
	t.Run("and a key is called one, and what no act tells is nobody's", func(t *testing.T) {
		his := ola.get(counterPage).form(t)
		kari.program(t, consent.ScopeRead, consent.ScopeEdit).write("services.counter.name", "nb", "Fra et program").shows(t, http.StatusOK)
		ola.save(counterPage, his, "name.nb", "Olas").conflicts(t, "Fra et program", "Endret av en API-nøkkel, ", "-Kari")
		h.edit(func(d *consent.Draft) { d.Services[0].Name[consent.Bokmaal] = "Fra ingensteds" })
		ola.save(counterPage, his, "name.nb", "Olas").conflicts(t, "Fra ingensteds", "-Endret av")
	})
}

// What a form carries of the time it was opened is ours, or nothing: then whatever differs
// is asked about, as it was before forms carried it.
func TestForgedOpenedOverwritesNothing(t *testing.T) {
	h := open(t)
	kari, ola := h.pair()
	his := ola.get(counterPage).form(t)
	kari.save(counterPage, kari.get(counterPage).form(t), "name.nb", "Karis navn", "link", "https://kari.example/").leads(t, counterPage+"?done=saved")
	ours := his.Get("opened")
	words := strings.Fields(ours)
	for _, forged := range []string{
		"", "x", " ", "\x00", ours[1:], ours[:len(ours)-1], ours + " ", strings.Replace(ours, "name.nb:", "name.nn:", 1), strings.Join(words[:len(words)-1], " "),
		words[0] + " " + words[len(words)-1], kari.get(cookiePage).form(t).Get("opened"), strings.Repeat("a:b ", 100_000), "🙂:🙂 🙂",
	} {
		got := ola.save(counterPage, his, "hosts", "ola.example", "opened", forged)
		got.conflicts(t, "Karis navn", "https://kari.example/", "ola.example")
	}
	without := url.Values{}
	for name, values := range his {
		if without[name] = values; name == "opened" {
			delete(without, name)
		}
	}
	ola.save(counterPage, without, "hosts", "ola.example").conflicts(t, "Karis navn", "https://kari.example/", "ola.example")
	if s := h.draft().Service("counter"); s.Name[consent.Bokmaal] != "Karis navn" || s.Link != "https://kari.example/" {
		t.Errorf("it is overwritten: %+v", s)
	}
}

// A box that is not ticked any more is a change, and so is one that is.
func TestBoxesAreMerged(t *testing.T) {
	h := open(t)
	kari, ola := h.pair()
	h.edit(func(d *consent.Draft) { d.Services[0].Cookies[0].HTTPOnly = true })
	at := func() *consent.Cookie { return &h.draft().Services[0].Cookies[0] }
	his, hers := ola.get(cookiePage).form(t), kari.get(cookiePage).form(t)
	hers.Del("http_only")
	kari.save(cookiePage, hers, "pattern.any_case", "on").leads(t, counterPage+"?done=saved")
	ola.told(t, ola.save(cookiePage, his, "set_by", "Ola AS"), counterPage+"?done=saved", " og ")
	if c := at(); c.HTTPOnly || !c.Pattern.AnyCase || c.SetBy != "Ola AS" {
		t.Errorf("got %+v", c)
	}
	his, hers = ola.get(cookiePage).form(t), kari.get(cookiePage).form(t)
	his.Del("pattern.any_case")
	kari.save(cookiePage, hers, "set_by", "Kari AS").leads(t, counterPage+"?done=saved")
	ola.told(t, ola.save(cookiePage, his), counterPage+"?done=saved")
	if c := at(); c.Pattern.AnyCase || c.SetBy != "Kari AS" {
		t.Errorf("his tick is back, or hers is gone: %+v", c)
	}
}

// Members of a list that have another place by now are not mixed, and what is signed is
// not put under another's reason.
func TestWhatBelongsTogetherIsNotMixed(t *testing.T) {
	h := open(t)
	kari, ola := h.pair()
	company := func(name, country string) consent.Provider {
		return consent.Provider{Name: name, Country: []string{country}}
	}
	h.edit(func(d *consent.Draft) {
		d.Services[0].Recipients = []consent.Provider{company("Første AS", "NO"), company("Andre AS", "SE")}
	})
	his, hers := ola.get(counterPage).form(t), kari.get(counterPage).form(t)
	for name := range hers {
		if strings.HasPrefix(name, "recipients.0.") {
			hers.Set(name, "")
		}
	}
	kari.save(counterPage, hers).leads(t, counterPage+"?done=saved")
	got := ola.save(counterPage, his, "recipients.1.country", "Danmark")
	got.conflicts(t, "Første AS", "Andre AS", "Danmark")
	if all := h.draft().Services[0].Recipients; len(all) != 1 || all[0].Name != "Andre AS" {
		t.Errorf("got %+v", all)
	}
	his, hers = ola.get(counterPage).form(t), kari.get(counterPage).form(t)
	kari.save(counterPage, hers, "recipients.1.name", "Ny AS", "recipients.1.country", "Finland").leads(t, counterPage+"?done=saved")
	ola.told(t, ola.save(counterPage, his, "recipients.0.country", "Danmark"), counterPage+"?done=saved")
	if all := h.draft().Services[0].Recipients; len(all) != 2 || all[0].Country[0] != "DK" || all[1].Country[0] != "FI" {
		t.Errorf("got %+v", all)
	}

	h.edit(func(d *consent.Draft) {
		d.Services[0].Cookies[0].Exemption = &consent.Exemption{Ground: consent.ExemptRequested, Reason: consent.Text{consent.Bokmaal: "Trengs."}, Reviewer: "IT", Reviewed: "2026-01-02"}
	})
	his = ola.get(cookiePage).form(t)
	kari.save(cookiePage, kari.get(cookiePage).form(t), "exemption.reason.nb", "En helt annen grunn.", "exemption.reviewed", "2026-02-02").leads(t, counterPage+"?done=saved")
	ola.save(cookiePage, his, "exemption.reviewer", "Ola", "exemption.reviewed", "2026-02-03").conflicts(t, "En helt annen grunn.", "Ola", "Endret av Kari Nordmann")
}

// A part that is removed tells who has removed it.
func TestWhoHasRemovedIt(t *testing.T) {
	h := open(t)
	kari, ola := h.pair()
	his := ola.get(filmPage).form(t)
	kari.post(filmPage+"/remove", "was", hidden(t, kari.get(filmPage+"/remove").body, "was")).leads(t, "/sites/skogen/inventory?done=service_removed")
	gone := ola.save(filmPage, his, "name.nb", "Film likevel")
	gone.conflicts(t, "De har fjernet det", "Fjernet av Kari Nordmann, ")
	ola.save(filmPage, gone.form(t)).leads(t, filmPage+"?done=saved")
}

// Categories, texts and settings are merged as services are.
func TestCategoriesAndTextsAreMerged(t *testing.T) {
	h := open(t)
	kari, ola := h.pair()
	const category, texts = "/sites/skogen/categories/statistics", "/sites/skogen/texts"
	his := ola.get(category).form(t)
	kari.save(category, kari.get(category).form(t), "purpose.nb", "Karis formål").leads(t, "/sites/skogen/categories?done=saved")
	ola.told(t, ola.save(category, his, "name.nb", "Olas statistikk"), "/sites/skogen/categories?done=saved", "Formål (")
	if c := h.draft().Category("statistics"); c.Name[consent.Bokmaal] != "Olas statistikk" || c.Purpose[consent.Bokmaal] != "Karis formål" {
		t.Errorf("got %+v", c)
	}

	his = ola.get(texts).form(t)
	at := textNumber(t, his, "services.film.purpose")
	hers := kari.get(texts).form(t)
	kari.save(texts, hers, "text."+at+".en", "Shows films.").leads(t, texts+"?page=1&done=saved")
	ola.told(t, ola.save(texts, his, "text."+at+".nb", "Spiller filmer."), texts+"?page=1&done=saved", "Filmviseren", "Formål (")
	if s := h.draft().Services[1].Purpose; s[consent.English] != "Shows films." || s[consent.Bokmaal] != "Spiller filmer." {
		t.Errorf("got %q", s)
	}
	his = ola.get(texts).form(t)
	kari.save(texts, kari.get(texts).form(t), "text."+at+".en", "Plays films.", "text."+at+".nb", "Karis").leads(t, texts+"?page=1&done=saved")
	got := ola.save(texts, his, "text."+at+".nb", "Olas")
	got.shows(t, 409, "Denne teksten er endret i mellomtiden", "Endret av Kari Nordmann, ", ">Karis<", "blir beholdt uansett",
		`<a href="#text.`+at+`.nb">Formål (<bdi>Tjeneste: Filmviseren</bdi>)</a>`, `<a href="?page=1">Behold det som er lagret`)
	if strings.Contains(got.body, "Viser ") || strings.Contains(got.body, "Alt er skrevet") {
		t.Error("it is said how many texts were found")
	}
	if sides := regexp.MustCompile(`(?s)<table class="rows">.*?</table>`).FindString(got.body); strings.Contains(sides, "Plays films.") {
		t.Error("a language that he did not touch is asked about")
	}
	ola.save(texts, got.form(t)).leads(t, texts+"?page=1&done=saved")
	if s := h.draft().Services[1].Purpose; s[consent.English] != "Plays films." || s[consent.Bokmaal] != "Olas" {
		t.Errorf("got %q", s)
	}
	stale := ola.get(texts).form(t)
	kari.save(texts, kari.get(texts).form(t), "text."+at+".en", "Once more.").leads(t, texts+"?page=1&done=saved")
	ola.save(texts, stale, "text."+at+".nb", "Igjen", "opened", "x").shows(t, 409, "Once more.", "Igjen")
}

func textNumber(t *testing.T, form url.Values, path string) string {
	t.Helper()
	for name := range form {
		if n, ok := strings.CutPrefix(name, "path."); ok && form.Get(name) == path {
			return n
		}
	}
	t.Fatalf("no text %s", path)
	return ""
}
