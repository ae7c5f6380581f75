package admin

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

func catalogueRoutes() []route {
	const path = "/organisations/:organisation/catalogue"
	return []route{
		{method: http.MethodGet, path: path, may: consent.MaySee, handle: (*request).catalogueGet},
		{method: http.MethodPost, path: path, may: consent.MayEdit, action: "catalogue.import", handle: (*request).cataloguePost},
		{method: http.MethodPost, path: path + "/remove", may: consent.MayEdit, action: "catalogue.remove", ask: asksOnly("catalogue_remove"), handle: (*request).catalogueRemovePost},
	}
}

// cataloguePage is the catalogue that an organisation has imported.
type cataloguePage struct {
	May       bool // the person may import and remove
	There     bool
	Imported  time.Time
	By        string
	Entries   string
	Platforms string
	Language  string
	Refusals  int
	Refused   []importLine
	More      int // refused rows that are not listed
	Languages []choice
	Most      string
	Fault     string // why nothing was imported
}

// catalogue gives that of the Organisation, nil when there is none.
func (r *request) catalogue() (*consent.Catalogue, error) {
	found, err := r.Store.Catalogue(r.ctx, r.organisation.ID)
	if consent.KindOf(err) == consent.NotFound {
		return nil, nil //nolint:nilnil // there is none, which is nothing wrong
	}
	return found, err
}

func (r *request) catalogueGet() error { return r.showCatalogue(http.StatusOK, &cataloguePage{}) }

func (r *request) showCatalogue(status int, shown *cataloguePage) error {
	c, err := r.catalogue()
	if err != nil {
		return err
	}
	chosen := consent.English // what the Open Cookie Database is written in
	if c != nil {
		chosen = c.Language
		if err := r.describeCatalogue(shown, c); err != nil {
			return err
		}
	}
	if lang := consent.Language(r.field("language")); lang.Known() {
		chosen = lang
	}
	for _, lang := range r.languages() {
		shown.Languages = append(shown.Languages, choice{string(lang), r.languageLabel(lang), lang == chosen})
	}
	shown.May, shown.Most = r.may(consent.MayEdit), r.grouped(consent.MaxCatalogue)
	r.c.Status(status)
	return r.show(page{
		name: "catalogue.html", title: "catalogue_title",
		trail: []web.AdminLink{{Text: r.organisation.Name, URL: "/organisations/" + string(r.organisation.ID)}}, data: shown,
	})
}

func (r *request) describeCatalogue(shown *cataloguePage, c *consent.Catalogue) error {
	accounts, err := r.Store.Accounts(r.ctx)
	if err != nil {
		return err
	}
	shown.There, shown.Imported, shown.By, shown.Language = true, c.Imported, brief(r.nameIn(callings(accounts, r.organisation.ID), c.Importer)), r.languageLabel(c.Language)
	shown.Entries, shown.Platforms = r.grouped(len(c.Entries)), r.grouped(c.Platforms())
	if shown.Fault == "" {
		shown.refuse(r, c)
	}
	return nil
}

// refuse lists the rows that were not taken.
func (p *cataloguePage) refuse(r *request, c *consent.Catalogue) {
	p.Refusals, p.More = c.Refusals, c.Refusals-len(c.Refused)
	for _, row := range c.Refused {
		text := r.say("catalogue_refused_" + row.Why)
		if row.Name != "" {
			text = brief(row.Name) + ": " + text
		}
		p.Refused = append(p.Refused, importLine{row.Line, problemLine{Code: "catalogue_" + row.Why, Text: text}})
	}
}

// cataloguePost reads a file. One of which nothing can be taken changes nothing.
func (r *request) cataloguePost() error {
	if r.came == fileOther {
		return r.showCatalogue(http.StatusUnprocessableEntity, &cataloguePage{Fault: r.say("import_fault_not_utf8")})
	}
	made, fault := r.readCatalogue(strings.TrimPrefix(r.form.Get("file"), byteOrderMark))
	if fault != "" {
		shown := &cataloguePage{Fault: fault}
		shown.refuse(r, made)
		return r.showCatalogue(http.StatusUnprocessableEntity, shown)
	}
	r.tells(func(act *consent.Act) { act.Object = strconv.Itoa(len(made.Entries)) })
	if err := r.Store.SetCatalogue(r.ctx, made); err != nil {
		return err
	}
	return r.redirect("/organisations/"+string(r.organisation.ID)+"/catalogue", "catalogue_imported")
}

// catalogueRemovePost takes it away.
func (r *request) catalogueRemovePost() error {
	if err := r.Store.DropCatalogue(r.ctx, r.organisation.ID); err != nil {
		return err
	}
	return r.redirect("/organisations/"+string(r.organisation.ID)+"/catalogue", "catalogue_removed")
}

// calledIn says whether a service is what a catalogue calls a platform.
func calledIn(s *consent.Service, platform string) bool {
	return slices.ContainsFunc(s.Called(), func(name string) bool { return strings.EqualFold(name, platform) })
}
