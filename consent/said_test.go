package consent

import (
	"bytes"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// leftOver puts a text into every text of a draft, in Swedish.
func leftOver(d *Draft, text string) {
	for _, t := range d.Texts() {
		if t.Kind == TextWording {
			continue
		}
		t.Text["sv"] = text
	}
	d.Site.Wording["heading_one"]["sv"] = text
	d.Site.Privacy["sv"] = text
	d.Contacts.DPO.Name["sv"] = text
}

// A notice says nothing in a language that its site lacks, which its draft keeps.
func TestNoticesSayNothingInLanguagesThatWent(t *testing.T) {
	plain := freeze(t, new(Revise(*validDraft(), nil)))
	draft := validDraft()
	leftOver(draft, "Nödvändiga")
	draft.Site.Name["nb_NO"] = "Nödvändiga"
	kept := draft.Copy()
	settled := Revise(*draft, nil)
	notice := freeze(t, &settled)
	if !bytes.Equal(notice.JSON, plain.JSON) {
		t.Errorf("the notice says something else than one of a draft without: %d times", strings.Count(string(notice.JSON), "Nödvändiga"))
	}
	if !reflect.DeepEqual(draft, kept) {
		t.Error("the draft has lost its texts")
	}
	draft.Site.Languages = append(draft.Site.Languages, "sv")
	if back := Revise(*draft, nil); back.Site.Name["sv"] == "" || back.Contacts.DPO.Name["sv"] == "" {
		t.Error("what was kept is not back with its language")
	}
}

// A text that may be left out is no fault where only a language that went is left of it;
// with one of the site's languages, or one that there is not, it lacks the others.
func TestWhatIsLeftOfALanguageIsNoFault(t *testing.T) {
	for path, set := range map[string]func(*Draft, Text){
		"site.declaration":        func(d *Draft, text Text) { d.Site.Declaration = text },
		"site.withdrawal_method":  func(d *Draft, text Text) { d.Site.Withdrawal = text },
		"site.rights":             func(d *Draft, text Text) { d.Site.Rights = text },
		"services.forms.warning":  func(d *Draft, text Text) { find(d, "forms").Warning = text },
		"services.forms.security": func(d *Draft, text Text) { find(d, "forms").Security = text },
	} {
		for lang, want := range map[Language]bool{"sv": false, Bokmaal: true, "nb_NO": true} {
			draft := validDraft()
			set(draft, Text{lang: "https://www.example.no/her"})
			got := slices.ContainsFunc(draft.Validate().Faults(), func(p Problem) bool { return p.Path == path+".nn" })
			if got != want {
				t.Errorf("%s in %s alone: that another language lacks is a fault: %v, want %v", path, lang, got, want)
			}
		}
	}
}

// A notice of earlier, with such texts, is repeated by a draft with them or without,
// and stays as it is.
func TestWhatIsLeftOutIsNoChange(t *testing.T) {
	old := Revise(*validDraft(), nil)
	leftOver(&old, "Nödvändiga")
	notice := freeze(t, &old)
	was := slices.Clone(notice.JSON)
	repeats := func(what string, want bool, change func(*Draft)) {
		t.Helper()
		draft := validDraft()
		change(draft)
		if got, err := notice.Repeats(Revise(*draft, &notice.Draft)); err != nil || got != want {
			t.Errorf("%s: repeats is %v: %v", what, got, err)
		}
	}
	repeats("without", true, func(*Draft) {})
	repeats("with", true, func(d *Draft) { leftOver(d, "Nödvändiga") })
	repeats("with others", true, func(d *Draft) { leftOver(d, "Andra") })
	repeats("another name", false, func(d *Draft) { d.Site.Name[Bokmaal] = "Et annet sted" })
	repeats("a language less", false, func(d *Draft) { d.Site.Languages = d.Site.Languages[:2] })
	if !bytes.Equal(notice.JSON, was) || notice.Draft.Site.Name["sv"] == "" {
		t.Error("the notice of earlier is another")
	}
}

// Of a language that goes the list of languages tells, and not each text in it.
func TestComparingTellsALanguageOnce(t *testing.T) {
	before, after := validDraft(), validDraft()
	after.Site.Languages = after.Site.Languages[:2]
	leftOver(after, "Nödvändiga")
	found, err := Differences(Comparing(before, after))
	if err != nil || len(found) != 1 || !slices.Equal(found[0].Path, []string{"site", "languages", "en"}) {
		t.Errorf("%d differences: %v", len(found), err)
	}
}
