package admin

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/organising"
)

func siteAddRoutes() []route {
	return []route{
		{method: http.MethodGet, path: "/organisations/:organisation/sites/new", may: consent.MayAdminister, handle: (*request).siteAddGet},
		{method: http.MethodPost, path: "/organisations/:organisation/sites/new", may: consent.MayAdminister, action: "site.add", handle: (*request).siteAddPost},
		{method: http.MethodPost, path: "/organisations/:organisation/sites/import", may: consent.MayAdminister, action: "site.import", handle: (*request).siteImportPost},
	}
}

// siteAddPage asks what a new site is, or for its site file.
type siteAddPage struct {
	Fields   []shown
	Faults   misfits
	File     string
	Problems []fileProblem // of the file, the first of them
	Faulty   int           // how many there are
	More     int           // how many are not listed
	Fault    string        // of the file as a whole
	Base     string        // address of the organisation
	Guide    *guide        // of a newcomer's first site
}

// siteAddGet shows the two forms.
func (r *request) siteAddGet() error {
	usual := make([]string, len(organising.UsualLanguages))
	for i, lang := range organising.UsualLanguages {
		usual[i] = string(lang)
	}
	first := map[string]string{"languages": strings.Join(usual, " ")}
	return r.showSiteAdd(http.StatusOK, siteAddPage{Fields: r.addFields(func(c control) string { return first[c.name] }, nil)})
}

func (r *request) showSiteAdd(status int, shown siteAddPage) error {
	if shown.Fields == nil {
		shown.Fields = r.addFields(func(control) string { return "" }, nil)
	}
	shown.Faults = misfitsIn(shown.Fields)
	shown.Base = "/organisations/" + string(r.organisation.ID)
	sites, err := r.Store.Sites(r.ctx)
	if err != nil {
		return err
	}
	if len(sites) == 0 {
		shown.Guide = &guide{Step: 2}
	}
	r.c.Status(status)
	return r.show(page{name: "site_add.html", title: "site_add_title", data: shown})
}

// addFields are the fields of a new site.
func (r *request) addFields(value func(control) string, faults map[string]string) []shown {
	languages := r.languageControl()
	controls := []control{
		{name: "name", kind: "text"},
		{name: "key", kind: "text"},
		{name: "origin", kind: "url"},
		{name: "languages", kind: "checks", options: languages.options[:4]},
	}
	return r.controls(controls, value, faults, nil)
}

// siteAddPost makes the site.
func (r *request) siteAddPost() error {
	wanted := organising.NewSite{Organisation: *r.organisation, Key: consent.SiteKey(r.field("key")), Name: r.field("name"), Origin: r.field("origin")}
	for _, tag := range r.form["languages"] {
		if lang := consent.Language(tag); lang.Known() && !slices.Contains(wanted.Languages, lang) {
			wanted.Languages = append(wanted.Languages, lang)
		}
	}
	key, wrong, err := wanted.Add(r.ctx, r.Store, r.Clock())
	if err != nil {
		return err
	}
	if len(wrong) == 0 {
		return r.redirect("/sites/"+string(key), "site_added")
	}
	faults := map[string]string{}
	for _, p := range wrong {
		faults[p.Path] = r.say("site_add_bad_" + p.Path)
		switch p.Code {
		case "key_taken":
			faults[p.Path] = r.say("site_add_taken")
		case "same_site":
			faults[p.Path] = r.say("site_add_same")
		case "hidden_character":
			faults[p.Path] = r.say("inventory_fault_hidden_character")
		}
	}
	value := func(c control) string {
		if c.kind == "checks" {
			return strings.Join(r.form[c.name], " ")
		}
		return r.field(c.name)
	}
	return r.showSiteAdd(http.StatusUnprocessableEntity, siteAddPage{Fields: r.addFields(value, faults)})
}

// misfitsIn lists what is wrong with fields, each with where it is mended.
func misfitsIn(fields []shown) (all misfits) {
	for i := range fields {
		field := &fields[i]
		at := field.ID
		if field.Kind == "checks" && len(field.Options) > 0 {
			at += "-" + field.Options[0].Value
		}
		for _, fault := range field.Faults {
			all = append(all, misfit{Field: at, Text: fault.Text, Lang: fault.Lang})
		}
	}
	return all
}

// fileProblem is a problem where a site file has it.
type fileProblem struct {
	Line  int
	Place string
	faultLine
}

// siteFileFault says why nothing of a site file can be read.
func (r *request) siteFileFault(err error) string {
	var own *consent.Error
	if errors.As(err, &own) && own.Code != "not_yaml" && r.words["import_fault_"+own.Code] != "" {
		return r.say("import_fault_" + own.Code)
	}
	if line := lineOf(err); line > 0 {
		return r.say("site_import_stops", "line", line)
	}
	return r.say("site_import_none")
}

// siteImportPost makes a site of a site file.
func (r *request) siteImportPost() error {
	shown := siteAddPage{File: r.form.Get("file")}
	draft, problems, err := config.ParseSite([]byte(shown.File))
	if err != nil || isNothing(draft) {
		shown.Fault = r.siteFileFault(err)
		return r.showSiteAdd(http.StatusUnprocessableEntity, shown)
	}
	faults, at := problems.Faults(), r.wordsIn(draft)
	for i := range faults[:min(len(faults), maxImportLines)] {
		said := r.sayProblem(&faults[i])
		if text := r.noneOf(&faults[i]); text != "" {
			said = faultLine{Text: text}
		}
		shown.Problems = append(shown.Problems, fileProblem{faults[i].Line, at.words(faults[i].Path), said})
	}
	shown.Faulty, shown.More = len(faults), len(faults)-len(shown.Problems)
	if draft.Organisation.ID != r.organisation.ID {
		shown.Fault = r.say("site_import_foreign", "theirs", draft.Organisation.ID, "ours", r.organisation.ID)
	}
	if len(shown.Problems) > 0 || shown.Fault != "" {
		return r.showSiteAdd(http.StatusUnprocessableEntity, shown)
	}
	draft.Organisation = *r.organisation
	r.tells(func(act *consent.Act) { act.Site = draft.Site.Key })
	err = r.Store.ReplaceDraft(r.ctx, draft, 0, r.Clock())
	if consent.KindOf(err) == consent.Conflict {
		shown.Fault = r.say("site_add_taken")
		return r.showSiteAdd(http.StatusUnprocessableEntity, shown)
	}
	if err != nil {
		return err
	}
	return r.redirect("/sites/"+string(draft.Site.Key), "site_added")
}
