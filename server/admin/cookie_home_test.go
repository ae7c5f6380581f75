package admin_test

import (
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/admin"
)

// removes has somebody remove what a page is about.
func (p *person) removes(t *testing.T, page string) {
	t.Helper()
	got := p.post(page+"/remove", "was", hidden(t, p.get(page+"/remove").body, "was"))
	if got.status != 303 {
		t.Fatalf("%s is not removed: status %d", page, got.status)
	}
}

// What was written of a cookie is kept when its service is removed meanwhile, and put where
// the person says.
func TestCookieOfARemovedServiceIsKept(t *testing.T) {
	h := open(t)
	kari, ola := h.pair()
	const into = "/sites/skogen/services/film"
	for _, test := range []struct{ page, done string }{{counterPage + "/new-cookie", "cookie_added"}, {cookiePage, "saved"}} {
		before := h.draft()
		his := ola.get(test.page).form(t)
		kari.removes(t, counterPage)
		got := ola.save(test.page, his, "pattern.name", "_olas", "purpose.nb", "Skrevet lenge", "lifetime.declared", "1 år")
		got.conflicts(t, "hører til, finnes ikke lenger", "Fjernet av Kari Nordmann, ", `href="/sites/skogen/inventory"`, "-"+counterPage)
		kept := got.form(t)
		if kept.Get("pattern.name") != "_olas" || kept.Get("purpose.nb") != "Skrevet lenge" || kept.Get("lifetime.declared") != "1 år" {
			t.Errorf("what was written is lost: %v", kept)
		}
		again := ola.save(test.page, kept)
		again.conflicts(t, "Velg hvor informasjonskapselen skal stå", "Fjernet av Kari Nordmann, ")
		again.shows(t, 409, `<a href="#into">Tjeneste</a>: Velg en tjeneste`)
		ola.save(test.page, kept, "into", "nowhere").conflicts(t, "Velg hvor informasjonskapselen skal stå")
		ola.save(test.page, kept, "into", "film", "lifetime.declared", "evig").shows(t, 422, `<option value="film" selected>`, "Skrevet lenge")
		ola.save(test.page, kept, "into", "film").leads(t, into+"?done="+test.done)
		film, all := h.draft().Service("film"), 0
		for i := range film.Cookies {
			if film.Cookies[i].Pattern.Name == "_olas" && film.Cookies[i].Purpose[consent.Bokmaal] == "Skrevet lenge" {
				all++
			}
		}
		if all != 1 || h.draft().Service("counter") != nil {
			t.Errorf("%s: %d of it in %+v", test.page, all, film.Cookies)
		}
		must(t, h.store.SaveDraft(t.Context(), *before, h.clock()))
	}
	ola.get("/sites/skogen/services/nowhere/new-cookie").shows(t, 404)
}

// A service that visitors have comes back as they have it, with the cookie as it was written.
func TestCookieBringsItsServiceBack(t *testing.T) {
	h := open(t)
	kari, ola := h.pair()
	h.publish(t)
	published := h.draft().Service("counter")
	for _, page := range []string{cookiePage, counterPage + "/new-cookie"} {
		his := ola.get(page).form(t)
		kari.removes(t, counterPage)
		got := ola.save(page, his, "pattern.name", "_olas", "purpose.nb", "Skrevet lenge", "lifetime.declared", "1 år")
		got.shows(t, 409, "slik den står i kunngjøring 2")
		saved := ola.save(page, got.form(t), "into", ".published")
		if saved.status != 303 {
			t.Fatalf("got status %d", saved.status)
		}
		back, want := h.draft().Service("counter"), len(published.Cookies)
		if page != cookiePage {
			want++
		}
		if back == nil || back.Name[consent.Bokmaal] != published.Name[consent.Bokmaal] || len(back.Cookies) != want {
			t.Fatalf("%s: got %+v", page, back)
		}
		ola.get(counterPage+"/cookies/"+admin.AddressName("_olas")).shows(t, 200, "Skrevet lenge")
	}
}

// Whoever removed it is told so, and not that others did.
func TestWhoRemovedItThemselves(t *testing.T) {
	h := open(t)
	_, ola := h.pair()
	his := ola.get(filmPage).form(t)
	ola.removes(t, filmPage)
	gone := ola.save(filmPage, his, "name.nb", "Film likevel")
	gone.conflicts(t, "Du har selv fjernet det", "Fjernet av deg selv, ", `href="/sites/skogen/inventory"`, "-De har")
}

// A cookie that another has renamed is saved under its new name, and is one.
func TestRenamedCookieIsOne(t *testing.T) {
	h := open(t)
	kari, ola := h.pair()
	was := len(h.draft().Service("counter").Cookies)
	his, again := ola.get(cookiePage).form(t), ola.get(cookiePage).form(t)
	renames := func(from, to string, more ...string) {
		t.Helper()
		page := counterPage + "/cookies/" + admin.AddressName(from)
		kari.save(page, kari.get(page).form(t), append([]string{"pattern.name", to}, more...)...).leads(t, counterPage+"?done=saved")
	}
	renames("_counter", "_first")
	renames("_first", "_second", "notes", "Et notat")
	ola.told(t, ola.save(cookiePage, his, "purpose.nb", "Olas formål"), counterPage+"?done=saved")
	only := func(want string) {
		t.Helper()
		cookies := h.draft().Service("counter").Cookies
		if len(cookies) != was || cookies[0].Pattern.Name != "_second" || cookies[0].Purpose[consent.Bokmaal] != want || cookies[0].Notes[0] != "Et notat" {
			t.Errorf("got %+v", cookies)
		}
	}
	only("Olas formål")

	got := ola.save(cookiePage, again, "purpose.nb", "Noe annet")
	got.conflicts(t, "Olas formål", "Noe annet", "-fjernet")
	address := counterPage + "/cookies/" + admin.AddressName("_second")
	got.shows(t, 409, `action="`+address+`"`)
	ola.save(address, got.form(t)).leads(t, counterPage+"?done=saved")
	only("Noe annet")
}

// What the trail does not tell for certain is asked about, and a cookie that was removed is
// told as removed.
func TestCookieUnderNoName(t *testing.T) {
	h := open(t)
	kari, ola := h.pair()
	his := ola.get(cookiePage).form(t)
	h.edit(func(d *consent.Draft) { d.Service("counter").Cookies[0].Pattern.Name = "_by_file" })
	got := ola.save(cookiePage, his, "purpose.nb", "Olas formål")
	got.conflicts(t, "Har noen bare gitt den et nytt navn, blir det to av den")
	ola.save(cookiePage, got.form(t)).leads(t, counterPage+"?done=saved")
	if d := h.draft().Service("counter"); d.Cookies[len(d.Cookies)-1].Pattern.Name != "_counter" {
		t.Errorf("got %+v", d.Cookies)
	}

	his = ola.get(cookiePage).form(t)
	kari.removes(t, cookiePage)
	got = ola.save(cookiePage, his, "purpose.nb", "Olas formål")
	got.conflicts(t, "De har fjernet det", "Fjernet av Kari Nordmann, ", "-to av den")
	if strings.Contains(got.body, cookiePage+"/remove") {
		t.Error("the page offers to remove what is gone")
	}
}

// The heading names the service as people know it, also when it is gone.
func TestHeadingOfACookieWhoseServiceIsGone(t *testing.T) {
	h := open(t)
	kari, ola := h.pair()
	h.publish(t)
	name := h.draft().Service("counter").Name[consent.Bokmaal]
	his := ola.get(counterPage + "/new-cookie").form(t)
	kari.removes(t, counterPage)
	ola.save(counterPage+"/new-cookie", his, "pattern.name", "_olas").shows(t, 409, "<h1>Ny informasjonskapsel for "+name+"</h1>")
}
