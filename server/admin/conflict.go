package admin

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"

	"github.com/samtykke/samtykke/consent"
)

// conflictView shows what two people made of one part.
type conflictView struct {
	Gone   bool   // the other one removed it
	Named  bool   // or gave it another name
	Lost   string // what it belongs to was removed
	Alone  bool   // and what was in it does not come back
	By     string // who did, and when
	Own    bool   // it was the person, elsewhere
	Differ bool   // whatever differs is listed: what the form said at first is not known
	Rows   []conflictRow
	Kept   string // the fields that are the others' in any case
	Rest   string // the fields of Rows, where the person may keep theirs and save the rest
}

type conflictRow struct {
	Label, Mine, Theirs string
	By                  string // who wrote theirs, and when
}

// conflict shows the fields that are to be asked about. told is what acts call one, and
// words say a value.
func (r *request) conflict(m *merging, who *changers, told func(field string) string, words func(f *mergeField, value string) string) (*conflictView, error) {
	shown := &conflictView{Differ: m.was == nil, Kept: r.takenWords(m.kept), Rest: m.restNames()}
	for i := range m.clash {
		f := &m.clash[i]
		by, err := who.of(told(f.name))
		if err != nil {
			return nil, err
		}
		shown.Rows = append(shown.Rows, conflictRow{f.label, words(f, f.mine), words(f, f.theirs), by})
	}
	shown.Own = len(shown.Rows) > 0 && !who.others
	return shown, nil
}

// showConflict shows what somebody else has saved meanwhile beside what the form
// says, which is kept. Saving again replaces theirs.
func (r *request) showConflict(p *part, draft *consent.Draft, now string, m *merging) error {
	r.form = m.into(r.form)
	b := &builder{request: r, draft: draft, values: r.form, stored: p.values(draft)}
	p.fields(b)
	path := p.path(draft)
	conflict, err := r.conflict(m, r.changers(m.was), func(field string) string { return path + "." + toldAs(field) },
		func(f *mergeField, value string) string { return b.spoken(b.input(f.name), value) })
	if err != nil {
		return err
	}
	return r.showPartPage(http.StatusConflict, p, b, partPage{Was: now, Opened: r.openedPart(p, draft), Conflict: conflict})
}

// showGone shows a form whose part is not there any more. Saving again puts it back.
func (r *request) showGone(p *part, draft *consent.Draft) error {
	if p.remove = ""; p.alone {
		p.leave = r.sitePath("/inventory")
	}
	return r.showAway(p, draft, conflictView{Gone: true, Alone: p.alone}, nil)
}

// showHomeless shows a form that is about a part of what is not there any more. It asks
// where the part is to be instead.
func (r *request) showHomeless(p *part, draft *consent.Draft, told string) error {
	p.remove = ""
	var wrong map[string]string
	if r.form.Has(intoField) { // it was asked before
		wrong = map[string]string{intoField: r.say("cookie_lost_choose")}
	}
	return r.showAway(p, draft, conflictView{Lost: told}, wrong)
}

// showAway says who removed what a form is about, and since when.
func (r *request) showAway(p *part, draft *consent.Draft, conflict conflictView, wrong map[string]string) error {
	b := &builder{request: r, draft: draft, values: r.form}
	p.fields(b)
	b.attach("", nil, wrong)
	shown := partPage{Was: gone, Conflict: &conflict}
	was := r.opened(cmp.Or(p.address, r.c.Path()))
	if was != nil {
		shown.Opened = r.form.Get(openedField) // it is still what this form began with
	}
	if p.spot != "" {
		who := r.changers(was)
		var err error
		if conflict.By, err = who.removed(p.spot); err != nil {
			return err
		}
		conflict.Own = !who.others
		conflict.Named = p.renames && (conflict.By == "" || !who.certain)
	}
	return r.showPartPage(http.StatusConflict, p, b, shown)
}

// openedPart is what the form of a part carries of what is stored.
func (r *request) openedPart(p *part, draft *consent.Draft) string {
	return r.openedText(cmp.Or(p.address, r.c.Path()), r.mergeFields(p, draft, url.Values{}))
}

// openedFresh is what the form of a new part carries: when it was opened.
func (r *request) openedFresh() string {
	if r.opened(r.c.Path()) != nil {
		return r.form.Get(openedField)
	}
	return r.openedText(r.c.Path(), nil)
}

// input finds a field of the form.
func (b *builder) input(name string) *input {
	for s := range b.sections {
		for _, row := range b.sections[s].Rows {
			for i := range row.Inputs {
				if row.Inputs[i].Name == name {
					return &row.Inputs[i]
				}
			}
		}
	}
	return &input{Name: name}
}

// spoken gives the value of a field as a person reads it.
func (b *builder) spoken(in *input, value string) string {
	for _, option := range in.Options {
		if option.Value == value {
			return option.Text
		}
	}
	if in.Kind == "check" {
		if value != "" {
			return b.say("inventory_yes")
		}
		return b.say("inventory_no")
	}
	if value == "" {
		return b.say("inventory_empty")
	}
	return value
}

// savePart saves what a form says of a part, or shows the form again.
func (r *request) savePart(p *part) error {
	if p.suggest != nil && r.onlyLooks() {
		return r.lookFor(p)
	}
	var answer func() error
	var merged *merging
	var yields []mergeField
	written, kept := r.form, ""
	err := r.changeDraft(func(draft *consent.Draft) error {
		r.form, merged = written, nil // it may be tried anew, on what another has saved
		kept = r.languagesTold("languages_kept", r.languagesWritten(draft))
		if answer = r.away(p, draft); answer != nil {
			return errNotSaved
		}
		now := hashOf(p.find(draft))
		if yields = nil; written.Has(theirsField) {
			yields = r.yield(r.mergeFields(p, draft, written))
		}
		if was := r.form.Get("was"); now != was {
			if now == gone && was == "" {
				return errNoPage()
			}
			if now == gone {
				answer = func() error { return r.showGone(p, draft) }
				return errNotSaved
			}
			merged = merge(r.opened(r.c.Path()), r.mergeFields(p, draft, r.form))
			if !merged.settled() {
				answer = func() error { return r.showConflict(p, draft, now, merged) }
				return errNotSaved
			}
			r.form = merged.into(r.form)
		}
		if answer = r.applyPart(p, draft, now, merged); answer != nil {
			return errNotSaved
		}
		return nil
	})
	if errors.Is(err, errNotSaved) {
		return answer()
	}
	if err != nil {
		return err
	}
	return r.redirectTold(p.back, p.done, r.mergedWords(merged), r.yieldedWords(yields), kept)
}

// away answers a form whose part belongs to what is gone, nil for any other.
func (r *request) away(p *part, draft *consent.Draft) func() error {
	if p.homeless == nil {
		return nil
	}
	told, err := p.homeless(draft)
	switch {
	case err != nil:
		return func() error { return err }
	case told != "":
		return func() error { return r.showHomeless(p, draft, told) }
	}
	return nil
}

// applyPart puts the form into the draft. What it gives answers why it may not be saved,
// nil when it may.
func (r *request) applyPart(p *part, draft *consent.Draft, now string, merged *merging) func() error {
	shown, stored := partPage{Was: now}, url.Values(nil)
	if now != gone {
		shown.Opened, stored = r.openedPart(p, draft), p.values(draft)
	}
	rd := &reader{request: r, draft: draft, wrong: map[string]string{}}
	p.apply(rd)
	path, problems := p.path(draft), consent.Problems(nil)
	if path != "" {
		problems = r.checkDraft(draft).of[path]
	}
	stops := len(rd.wrong) > 0
	for i := range problems {
		stops = stops || problems[i].Refused()
	}
	if !stops {
		return nil
	}
	return func() error {
		b := &builder{request: r, draft: draft, values: r.form, stored: stored}
		p.fields(b)
		shown.Others = b.attach(path, problems, rd.wrong)
		if merged != nil && len(merged.kept) > 0 {
			shown.Kept = r.say("merged_shown", "fields", r.takenWords(merged.kept))
		}
		var err error
		if p.suggest != nil {
			shown.Suggest, err = p.suggest(draft, r.form)
		}
		return errors.Join(err, r.showPartPage(http.StatusUnprocessableEntity, p, b, shown))
	}
}
