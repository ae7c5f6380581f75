package admin

import (
	"context"
	"net/netip"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
	"github.com/samtykke/samtykke/server/figures"
)

// newAPI makes the JSON API, which lies on the same listener and shares with the
// pages what they look up.
func (a *Admin) newAPI() (*api.API, error) {
	return api.New(api.Options{
		Store: a.Store, Said: a.Said, Clock: a.Clock, Prove: a.Prove, Looks: a.looks, Looked: a.noteLook, Pack: a.Pack, Release: a.Release, Figures: a.figuresFor, Gaps: a.gapsFor, Preview: a.previewFor, Say: a.sayChanges, Called: callings, Import: a.importFor, WriteDraft: WriteDraft, Sharing: sharing{a}, Answer: a.answerFor, TrailFile: a.trailFile, KnowsAct: KnowsAct, Catalogue: a.catalogueFor, Refused: a.refusedFor, Failed: a.keyFailed, Often: a.doneOften, Publisher: a.publisher,
		Audits: a.Audits, Origins: a.origins, Files: a.files, Turns: a.turns,
		Peers: a.peers, Log: a.Log, Hand: a.hand, Try: a.tryRecipients, Address: a.Address, Help: a.Address + "/help",
	})
}

// keyFailed counts a key that does not work. Keys cannot be guessed: what is kept
// off is a program that goes on with an old one. It does not count with passwords.
func (a *Admin) keyFailed(network netip.Prefix) time.Duration {
	return a.delays.try(guessing{whose: "key from " + network.String(), most: accountWait})
}

// previewFor makes what the page for the preview shows, for programs.
func (a *Admin) previewFor(ctx context.Context, site consent.SiteEntry) (*consent.Bundle, *consent.Draft, consent.DraftRevision, error) {
	r := &request{Admin: a, ctx: ctx, site: &site}
	r.speak(consent.English)
	bundle, err := r.buildDraft()
	if err != nil {
		return nil, nil, 0, err
	}
	return bundle, r.shownDraft.draft, r.shownDraft.revision, nil
}

// sayChanges tells what two drafts say otherwise, as the page for publishing does.
func (a *Admin) sayChanges(ctx context.Context, site consent.SiteEntry, lang consent.Language, before, after *consent.Draft) ([]api.ChangedThing, int, error) {
	r := &request{Admin: a, ctx: ctx, site: &site}
	r.speak(lang)
	groups, more, err := r.changeGroups(before, after)
	return changedThings(groups), more, err
}

// figuresFor counts what a chart of the page shows, for programs.
func (a *Admin) figuresFor(ctx context.Context, site consent.SiteEntry, ask api.FiguresQuery) (*api.Figures, error) {
	r := &request{Admin: a, ctx: ctx, site: &site}
	r.speak(ask.Language)
	p, form, err := r.periodAsked(ask)
	if err != nil {
		return nil, err
	}
	if ask.Chart == api.RefusalsChart {
		return r.refusals(p, form)
	}
	made, err := r.chart(ask.Chart, p)
	if err != nil {
		return nil, err
	}
	return tableOf(made, ask.Chart, form), nil
}

// periodAsked reads the days that a program asks for.
func (r *request) periodAsked(ask api.FiguresQuery) (period, periodForm, error) {
	p, form, ok := r.periodOf(ask.From, ask.To)
	if ok {
		return p, form, nil
	}
	var wrong []api.FieldFault
	for field, fault := range map[string]string{"from": form.FromFault, "to": form.ToFault} {
		if fault != "" {
			wrong = append(wrong, api.FieldFault{Field: field, Message: fault, Repair: "Write days as 2026-11-27, in order."})
		}
	}
	return p, form, api.WrongFields(wrong...)
}

// gapsFor gives what went missing on the way, as the page for figures says it: how much
// in a word and never in a number.
func (a *Admin) gapsFor(ctx context.Context, site consent.SiteEntry, ask api.FiguresQuery) (*api.Gaps, error) {
	r := &request{Admin: a, ctx: ctx, site: &site}
	r.speak(consent.English)
	p, form, err := r.periodAsked(ask)
	if err != nil {
		return nil, err
	}
	found, err := r.gaps(p)
	given := &api.Gaps{From: form.From, To: form.To, Gaps: []api.Gap{}}
	for _, each := range found {
		gap := api.Gap{Day: each.Day.Format(time.DateOnly), Kind: each.Kind, Missing: each.Kind.Alarms()}
		if size := each.Size(); size != "" {
			gap.Size = &size
		}
		given.Gaps = append(given.Gaps, gap)
	}
	return given, err
}

// refusals gives the refusals that are only counted, in the units that end in a period.
func (r *request) refusals(p period, form periodForm) (*api.Figures, error) {
	f, err := r.count(p)
	if err != nil {
		return nil, err
	}
	found, err := figures.Refusals(r.ctx, r.Store, r.site.Key, p.span())
	given := tableOf(nil, api.RefusalsChart, form)
	if given.Hidden = f.Empty(); given.Hidden || err != nil {
		return given, err
	}
	days := func(span figures.Span) (first, last string) {
		return span.First.Format(time.DateOnly), span.Last.Format(time.DateOnly)
	}
	first, last := days(f.Covers)
	given.Covers, given.Columns = &api.FiguresDays{From: first, To: last}, []string{r.say("figures_method_counted")}
	for _, each := range found {
		first, last := days(each.Span)
		row := api.FiguresRow{From: &first, To: &last}
		if !each.Joint {
			row.Counts = []int{each.Count}
		}
		given.Rows = append(given.Rows, row)
	}
	return given, nil
}

// tableOf gives the table of a chart, as the file of the page has it.
func tableOf(made *chart, name string, form periodForm) *api.Figures {
	given := &api.Figures{Chart: name, From: form.From, To: form.To, Hidden: made == nil, Columns: []string{}, Rows: []api.FiguresRow{}}
	if made == nil {
		return given
	}
	if !made.Covers.first.IsZero() {
		given.Covers = &api.FiguresDays{From: made.Covers.first.Format(time.DateOnly), To: made.Covers.last.Format(time.DateOnly)}
	}
	for _, column := range made.Columns {
		given.Columns = append(given.Columns, column.Name)
	}
	for _, row := range made.Rows {
		line := api.FiguresRow{Name: row.Name, Least: row.Least}
		if made.Plot != nil {
			line.From, line.To = new(row.first.Format(time.DateOnly)), new(row.last.Format(time.DateOnly))
		}
		if row.Cells != nil {
			line.Counts = make([]int, len(row.Cells))
			for i := range row.Cells {
				line.Counts[i] = row.Cells[i].Count
			}
		}
		given.Rows = append(given.Rows, line)
	}
	return given
}
