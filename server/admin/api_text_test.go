package admin_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

const apiTexts = apiSite + "/texts"

// write writes a text in a language, on the draft as it is now.
func (g *program) write(path, lang, text string) answer {
	g.t.Helper()
	body := jsonOf(g.t, api.Written{Text: text})
	return g.call(http.MethodPut, apiTexts+"/"+url.PathEscape(path)+"/"+lang, body, "If-Match", g.get(apiDraft).header.Get("ETag"))
}

// Texts are listed wherever they stand, those that are missing are marked, and each is
// written in one language at a time.
func TestAPITexts(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	g := kari.program(t, consent.ScopeRead, consent.ScopeEdit)
	const purpose = "services.film.cookies.a/b c?.purpose"
	h.redraft(t, func(d *consent.Draft) {
		d.Site.Languages = append(d.Site.Languages, consent.Nynorsk)
		d.Services[1].Cookies[0].Pattern.Name = "a/b c?"
		for _, text := range d.Texts() {
			if text.Kind != consent.TextWording {
				all := consent.Text{consent.Nynorsk: "På nynorsk"}
				for lang, said := range text.Text {
					all[lang] = said
				}
				text.Set(all)
			}
		}
		delete(d.Services[1].Cookies[0].Purpose, consent.English)
	})
	list := func(query string) (api.Texts, []string) {
		t.Helper()
		got := read[api.Texts](t, g.get(apiTexts+query))
		var paths []string
		for _, each := range got.Texts {
			paths = append(paths, each.Path)
		}
		return got, paths
	}
	all, paths := list("")
	if all.Missing != 1 || len(all.Languages) != 3 || !slices.IsSortedFunc([]int{
		slices.Index(paths, "site.name"), slices.Index(paths, "categories.statistics.purpose"), slices.Index(paths, "services.counter.data_categories.0"), slices.Index(paths, purpose), slices.Index(paths, "site.wording.open"),
	}, func(a, b int) int { return a - b }) || paths[0] != "site.name" {
		t.Fatalf("got %d missing in %v of %q", all.Missing, all.Languages, paths)
	}
	missing, paths := list("?state=missing")
	if !slices.Equal(paths, []string{purpose}) || !slices.Equal(missing.Texts[0].Missing, []consent.Language{consent.English}) || missing.Texts[0].Optional {
		t.Fatalf("got %+v", missing.Texts)
	}
	g.get(apiTexts+"?state=none").faultsAt(t, "state")

	// It is written in one language, and stays as it was in the others.
	before := h.draft()
	const hostile = "<b>Films</b> {{.}} 😀"
	got := g.write(purpose, "en", " "+hostile+"\n")
	if saved := read[api.Saved](t, got); !saved.Changed || len(saved.Warnings) != 0 {
		t.Errorf("got %+v", saved)
	}
	g.wantLast("api.draft.text.save", purpose+".en")
	one := g.get(apiTexts + "/" + url.PathEscape(purpose))
	if said := read[api.SiteText](t, one); said.Text[consent.English] != hostile || len(said.Missing) != 0 || one.header.Get("ETag") != got.header.Get("ETag") {
		t.Errorf("got %+v", said)
	}
	after := h.draft()
	before.Services[1].Cookies[0].Purpose[consent.English] = hostile
	if jsonOf(t, after) != jsonOf(t, before) {
		t.Errorf("something else was changed: %s", jsonOf(t, after))
	}
	if none, _ := list("?state=missing"); none.Missing != 0 || len(none.Texts) != 0 {
		t.Errorf("got %+v", none)
	}
	kari.get("/sites/skogen/texts?missing=on").shows(t, 200, "Alt er skrevet på alle språk.")
	if saved := read[api.Saved](t, g.write(purpose, "en", hostile)); saved.Changed {
		t.Error("what it says already changes it")
	}
	// One may be empty for a while: it only keeps the draft from being published.
	if saved := read[api.Saved](t, g.write("site.name", "nn", "")); !slices.ContainsFunc(saved.Warnings, func(p consent.Problem) bool { return p.Path == "site.name.nn" && p.Code == "missing_text" }) {
		t.Errorf("got %+v", saved)
	}
	read[api.Saved](t, g.write("site.name", "nn", "På nynorsk"))
	acts := len(g.trail())
	for _, wrong := range []string{strings.Repeat("x", 2000), "a\u202eb"} {
		g.write(purpose, "en", wrong).faultsAt(t, purpose+".en")
	}
	g.call(http.MethodPut, apiTexts+"/site.name/nb", `{"text": "Ny"}`, "If-Match", `"1"`).problem(t, http.StatusPreconditionFailed, "draft_changed")
	g.call(http.MethodPut, apiTexts+"/site.name/nb", `{"text": "Ny"}`).problem(t, http.StatusPreconditionRequired, "match_needed")
	g.call(http.MethodPut, apiTexts+"/site.name/nb", `{}`, "If-Match", g.get(apiDraft).header.Get("ETag")).faultsAt(t, "text")
	for _, none := range []string{"site.privacy", "services.none.name", "services.film.warning"} {
		g.write(none, "nb", "Ny").problem(t, http.StatusNotFound, "unknown_address")
	}
	g.write("site.name", "de", "Neu").problem(t, http.StatusNotFound, "unknown_address")
	if jsonOf(t, h.draft()) != jsonOf(t, after) || len(g.trail()) != acts {
		t.Error("something was saved")
	}
}

// A fixed text of the banner gets words of the site's own language by language: what is
// missing meanwhile is told. Taken away in all of them, it is as it was.
func TestAPIWording(t *testing.T) {
	h := open(t)
	g := h.member("kari@example.no", consent.RoleEditor, skogen).program(t, consent.ScopeRead, consent.ScopeEdit)
	path := "site.wording." + consent.Wordable()[0]
	before := jsonOf(t, h.draft())
	first := read[api.SiteText](t, g.get(apiTexts+"/"+path))
	if !first.Optional || len(first.Missing) != 0 || len(first.Text) != 0 || first.Fixed[consent.Bokmaal] == "" || first.Fixed[consent.English] == "" {
		t.Fatalf("got %+v", first)
	}
	saved := read[api.Saved](t, g.write(path, "nb", first.Fixed[consent.Bokmaal]+" Ja."))
	if !saved.Changed || !slices.ContainsFunc(saved.Warnings, func(p consent.Problem) bool { return p.Path == path+".en" && p.Code == "missing_text" }) {
		t.Errorf("got %+v", saved)
	}
	if said := read[api.SiteText](t, g.get(apiTexts+"/"+path)); !slices.Equal(said.Missing, []consent.Language{consent.English}) {
		t.Errorf("got %+v", said)
	}
	read[api.Saved](t, g.write(path, "nb", ""))
	if after := jsonOf(t, h.draft()); after != before {
		t.Errorf("got %s", after)
	}
}
