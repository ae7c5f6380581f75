package admin_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// goneForm is a form with fields in each language, and one of its texts.
type goneForm struct {
	path, field string
	at          func(*consent.Draft) *consent.Text
	open        func(*testing.T, answer) url.Values
	saved       string
}

// goneForms are all kinds of them.
func goneForms() []goneForm {
	settings := func(part string) func(*testing.T, answer) url.Values {
		return func(t *testing.T, a answer) url.Values { t.Helper(); return a.settingsOf(t, part) }
	}
	form := func(t *testing.T, a answer) url.Values { t.Helper(); return a.form(t) }
	const site, contacts, look = "/sites/skogen/settings/site", "/sites/skogen/settings/contacts", "/sites/skogen/settings/look"
	const category = "/sites/skogen/categories/statistics"
	return []goneForm{
		{site, "name", func(d *consent.Draft) *consent.Text { return &d.Site.Name }, settings("site"), site},
		{site, "privacy", func(d *consent.Draft) *consent.Text { return &d.Site.Privacy }, settings("site"), site},
		{site, "declaration", func(d *consent.Draft) *consent.Text { return &d.Site.Declaration }, settings("site"), site},
		{contacts, "controller", func(d *consent.Draft) *consent.Text { return &d.Contacts.Controller.Name }, settings("contacts"), contacts},
		{look, "logo_text", func(d *consent.Draft) *consent.Text { return &d.Site.Look.Logo.Text }, settings("look"), look},
		{counterPage, "purpose", func(d *consent.Draft) *consent.Text { return &d.Service("counter").Purpose }, form, counterPage},
		{cookiePage, "purpose", func(d *consent.Draft) *consent.Text { return &d.Services[0].Cookies[0].Purpose }, form, counterPage},
		{category, "purpose", func(d *consent.Draft) *consent.Text { return &d.Category("statistics").Purpose }, form, "/sites/skogen/categories"},
		{"/sites/skogen/texts", "categories.statistics.purpose", func(d *consent.Draft) *consent.Text { return &d.Category("statistics").Purpose }, form, "/sites/skogen/texts?page=1"},
	}
}

// done is where saving leads.
func (f *goneForm) done() string {
	if strings.Contains(f.saved, "?") {
		return f.saved + "&done=saved"
	}
	return f.saved + "?done=saved"
}

// names gives what the field of the text is called in a form.
func (f *goneForm) names(t *testing.T, form url.Values, lang consent.Language) string {
	t.Helper()
	if strings.HasSuffix(f.path, "/texts") {
		return "text." + textNumber(t, form, f.field) + "." + string(lang)
	}
	return f.field + "." + string(lang)
}

// written is a text that any of the fields may hold.
func written(of string) string { return "https://" + of + ".example/" }

// begins has the draft say something in all three languages, or nothing in nynorsk.
func (f *goneForm) begins(t *testing.T, h *house, nynorsk string) {
	t.Helper()
	h.edit(func(d *consent.Draft) {
		d.Site.Languages = []consent.Language{consent.Bokmaal, consent.Nynorsk, consent.English}
		if d.Site.Look.Logo == nil {
			d.Site.Look.Logo = &consent.Logo{SVG: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"></svg>`}
		}
		*f.at(d) = consent.Text{consent.Bokmaal: written("nb"), consent.English: written("en")}
		if nynorsk != "" {
			(*f.at(d))[consent.Nynorsk] = nynorsk
		}
	})
}

// A language that another removes changes no text: what is written in it meanwhile is saved,
// on every form, and nobody is asked about a field that the other has not touched.
func TestALanguageThatWentIsNoConflict(t *testing.T) {
	const keeps = "Nettstedet har ikke nynorsk lenger. Det som er skrevet på nynorsk, blir beholdt i kladden til språket kommer tilbake."
	for _, f := range goneForms() {
		t.Run(f.path+" "+f.field, func(t *testing.T) {
			h := open(t)
			kari, ola := h.pair()
			for _, was := range []string{written("nn"), ""} {
				f.begins(t, h, was)
				his := f.open(t, ola.get(f.path))
				kari.drops(t, "nb", "en")
				got := ola.save(f.path, his, f.names(t, his, "nn"), written("nn1"), f.names(t, his, "en"), written("en1"))
				ola.tells(t, got, f.done(), keeps)
				if text := *f.at(h.draft()); text["nn"] != written("nn1") || text["en"] != written("en1") || len(h.draft().Site.Languages) != 2 {
					t.Errorf("after %q: %q", was, text)
				}
			}
		})
	}
}

// drops has a person leave the site these languages, and nothing else.
func (p *person) drops(t *testing.T, languages ...string) {
	t.Helper()
	const site = "/sites/skogen/settings/site"
	form := p.get(site).settingsOf(t, "site")
	form["languages"] = languages
	p.tells(t, p.save(site, form), site+"?done=saved", "Nynorsk er fjernet.")
}

// What the other wrote before the language went is theirs: it stays where the person has not
// touched it, and is asked about where both have.
func TestTextsWrittenBeforeTheLanguageWent(t *testing.T) {
	for _, f := range goneForms() {
		t.Run(f.path+" "+f.field, func(t *testing.T) {
			h := open(t)
			kari, ola := h.pair()
			for _, was := range []string{written("nn"), ""} {
				f.begins(t, h, was)
				his := f.open(t, ola.get(f.path))
				kari.writesLast(t, &f, written("hers"))
				ola.told(t, ola.save(f.path, his, f.names(t, his, "en"), written("en1")), f.done())
				if text := *f.at(h.draft()); text["nn"] != written("hers") || text["en"] != written("en1") {
					t.Errorf("untouched after %q: %q", was, text)
				}
			}
			for _, mine := range []string{written("his"), ""} {
				f.begins(t, h, written("nn"))
				his := f.open(t, ola.get(f.path))
				kari.writesLast(t, &f, written("hers"))
				got := ola.save(f.path, his, f.names(t, his, "nn"), mine, f.names(t, his, "en"), written("en2"))
				says := written("his")
				if mine == "" {
					says = "(tomt)"
				}
				got.shows(t, 409, `<span class="as-written">`+says+`</span>`, `<span class="as-written">`+written("hers")+`</span><br><small>Endret av Kari Nordmann, `)
				if rest := f.names(t, his, "nn"); got.rest() != rest {
					t.Errorf("asked about %q, want %q", got.rest(), rest)
				}
				again := f.open(t, got)
				ola.tells(t, ola.save(f.path, again, "theirs", got.rest()), f.done(), "Resten av det du skrev, er lagret.")
				if text := *f.at(h.draft()); text["nn"] != written("hers") || text["en"] != written("en2") {
					t.Errorf("the rest beside %q: %q", mine, text)
				}
				f.begins(t, h, written("hers"))
				h.speaks(consent.Bokmaal, consent.English)
				got = ola.save(f.path, his, f.names(t, his, "nn"), mine, f.names(t, his, "en"), written("en2"))
				ola.save(f.path, f.open(t, got))
				if text := *f.at(h.draft()); text["nn"] != mine {
					t.Errorf("%q was to be saved anyway: %q", mine, text)
				}
			}
		})
	}
}

// writesLast has a person change the text in nynorsk, and then remove that.
func (p *person) writesLast(t *testing.T, f *goneForm, text string) {
	t.Helper()
	hers := f.open(t, p.get(f.path))
	if !strings.HasSuffix(f.path, "/site") {
		p.save(f.path, hers, f.names(t, hers, "nn"), text).leads(t, f.done())
		p.drops(t, "nb", "en")
		return
	}
	hers["languages"] = []string{"nb", "en"} // both are saved at once
	p.tells(t, p.save(f.path, hers, f.names(t, hers, "nn"), text), f.done(), "Nynorsk er fjernet.")
}

// Where both change which languages the site has, that is asked about, and only that. Who
// brings the language back is not told that it is gone.
func TestLanguagesThatBothChange(t *testing.T) {
	h := open(t)
	kari, ola := h.pair()
	f := goneForms()[0]
	f.begins(t, h, written("nn"))
	his := f.open(t, ola.get(f.path))
	kari.drops(t, "nb", "en")
	his["languages"] = []string{"nb", "nn", "en", "sv"}
	got := ola.save(f.path, his, "name.nn", written("nn1"))
	got.conflicts(t, "<th scope=\"row\">Språk</th>", "-Nynorsk)", "Endret av Kari Nordmann, ")
	if got.rest() != "languages" {
		t.Fatalf("asked about %q", got.rest())
	}
	if strings.Contains(got.body, `name="privacy.nn"`) || !strings.Contains(got.body, `name="privacy.en"`) {
		t.Error("a field in which nobody wrote is kept for a language that went")
	}
	form := f.open(t, got)
	ola.tells(t, ola.save(f.path, form, "theirs", "languages"), f.done(), "Nettstedet har ikke nynorsk lenger.", "Resten av det du skrev, er lagret.")
	if s := h.draft().Site; len(s.Languages) != 2 || s.Name["nn"] != written("nn1") {
		t.Errorf("the rest: %+v", s)
	}
	form = f.open(t, ola.save(f.path, his, "name.nn", written("nn2")))
	form["languages"] = []string{"nb", "nn", "en", "sv"}
	if saved := ola.save(f.path, form); saved.status != 303 || strings.Contains(saved.header.Get("Location"), "kept=") {
		t.Errorf("got status %d to %q", saved.status, saved.header.Get("Location"))
	}
	if s := h.draft().Site; len(s.Languages) != 4 || s.Name["nn"] != written("nn2") {
		t.Errorf("anyway: %+v", s)
	}
}

// A page that shows a form again keeps the field of a text that was emptied in a language that
// went, and knows what it says: nothing is asked about that nobody else has changed.
func TestAFormShownAgainKeepsTheLanguageThatWent(t *testing.T) {
	h := open(t)
	kari, ola := h.pair()
	forms := goneForms()
	contacts, cookie, category, texts := forms[3], forms[6], forms[7], forms[8]

	cookie.begins(t, h, written("nn"))
	his := cookie.open(t, ola.get(cookie.path))
	kari.drops(t, "nb", "en")
	got := ola.save(cookie.path, his, "purpose.nn", "", "lifetime.declared", "tull")
	got.shows(t, 422, "tull")
	ola.save(cookie.path, cookie.open(t, got), "lifetime.declared", "1 år").leads(t, cookie.done())
	if text := *cookie.at(h.draft()); text["nn"] != "" {
		t.Errorf("it is there again: %q", text)
	}

	texts.begins(t, h, written("nn"))
	his = texts.open(t, ola.get(texts.path))
	kari.drops(t, "nb", "en")
	kari.save(category.path, kari.get(category.path).form(t), "purpose.nb", "Karis").leads(t, category.done())
	got = ola.save(texts.path, his, texts.names(t, his, "nb"), "Olas", texts.names(t, his, "nn"), written("nn1"))
	kari.save(category.path, kari.get(category.path).form(t), "purpose.nb", "Karis nyeste").leads(t, category.done())
	again := texts.open(t, got)
	got = ola.save(texts.path, again)
	got.shows(t, 409, "Karis nyeste")
	if got.rest() != texts.names(t, again, "nb") {
		t.Errorf("asked about %q", got.rest())
	}

	contacts.begins(t, h, "")
	his = contacts.open(t, ola.get(contacts.path))
	kari.drops(t, "nb", "en")
	ola.save(contacts.path, his, "controller.en", written("en1"), "opened", "x").leads(t, contacts.done())
}

// Where one side of a conflict is empty, that is said, on the texts as anywhere.
func TestAnEmptySideOfAConflictIsTold(t *testing.T) {
	const empty = `<span class="as-written">(tomt)</span>`
	h := open(t)
	kari, ola := h.pair()
	texts := goneForms()[8]
	for hers, mine := range map[string]string{"": "Olas", "Karis": ""} {
		texts.begins(t, h, "")
		his := texts.open(t, ola.get(texts.path))
		form := texts.open(t, kari.get(texts.path))
		kari.save(texts.path, form, texts.names(t, form, "en"), hers).leads(t, texts.done())
		got := ola.save(texts.path, his, texts.names(t, his, "en"), mine)
		got.shows(t, 409, empty, `<span class="as-written">`+hers+mine+`</span>`)
	}
}
