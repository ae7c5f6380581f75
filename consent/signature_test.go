package consent

import "testing"

// A signature is that of the text below which it was written: another text needs another
// one, and what only says the same in one more language needs none.
func TestASignatureIsOfOneText(t *testing.T) {
	was := Exemption{
		Ground: ExemptRequested, Reason: Text{Bokmaal: "Holder deg innlogget.", English: "Keeps you logged in."},
		When: Text{Bokmaal: "Bare på Min side."}, Reviewer: "Nettredaktør", Reviewed: "2026-11-22",
	}
	today, err := ParseDay("2026-11-30")
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		change func(*Exemption)
		today  Day
		stale  bool
	}{
		"nothing":                    {func(*Exemption) {}, today, false},
		"space":                      {func(e *Exemption) { e.Reason[Bokmaal] = " Holder  deg innlogget. " }, today, false},
		"the reason":                 {func(e *Exemption) { e.Reason[Bokmaal] = "Måler hvem som leser." }, today, true},
		"a translation of it":        {func(e *Exemption) { e.Reason[English] = "Measures who reads." }, today, true},
		"a new translation":          {func(e *Exemption) { e.Reason[Nynorsk] = "Held deg innlogga." }, today, false},
		"a translation taken away":   {func(e *Exemption) { delete(e.Reason, English) }, today, false},
		"the circumstances":          {func(e *Exemption) { e.When[Bokmaal] = "Alltid." }, today, true},
		"no circumstances":           {func(e *Exemption) { e.When = nil }, today, true},
		"their translation":          {func(e *Exemption) { e.When[English] = "On My page only." }, today, false},
		"the ground":                 {func(e *Exemption) { e.Ground = ExemptTransmission }, today, true},
		"the reason, signed anew":    {func(e *Exemption) { e.Reason[Bokmaal], e.Reviewed = "Annet.", "2026-11-29" }, today, false},
		"the reason, by another":     {func(e *Exemption) { e.Reason[Bokmaal], e.Reviewer = "Annet.", "personvernombudet" }, today, false},
		"the reason, large letters":  {func(e *Exemption) { e.Reason[Bokmaal], e.Reviewer = "Annet.", "NETTREDAKTØR " }, today, true},
		"the reason, on its own day": {func(e *Exemption) { e.Reason[Bokmaal] = "Annet." }, today - 8, false},
		"the reason, the day after":  {func(e *Exemption) { e.Reason[Bokmaal] = "Annet." }, today - 7, true},
		"the reason, on no day":      {func(e *Exemption) { e.Reason[Bokmaal] = "Annet." }, 0, true},
	} {
		published, draft := validDraft(), validDraft()
		find(published, "forms").Cookies[0].Exemption = &was
		find(draft, "forms").Cookies[0].Exemption = &was
		draft = draft.Copy()
		test.change(find(draft, "forms").Cookies[0].Exemption)
		signed := SignaturesOf(published)
		path := "services.forms.cookies." + find(draft, "forms").Cookies[0].Pattern.Name + ".exemption.reviewed"
		for way, got := range map[string]Problems{
			"published": signed.Stale(draft, test.today), "validated": draft.ValidateAfter(signed, test.today).only("stale_signature"),
			"changed": signed.StaleBy(published, draft, test.today), "never published": Signatures{}.StaleBy(published, draft, test.today),
		} {
			if stale := len(got) > 0; stale != test.stale {
				t.Errorf("%s, %s: stale is %t", name, way, stale)
			} else if stale && (got[0].Path != path || got[0].Severity != Fault || len(got) > 1) {
				t.Errorf("%s, %s: got %+v", name, way, got)
			}
		}
	}
}

func (p Problems) only(code string) (some Problems) {
	for _, one := range p {
		if one.Code == code {
			some = append(some, one)
		}
	}
	return some
}

// What a change brings back to what is published needs no new signature, and what another
// change made stale is not about the next one.
func TestBackToWhatWasSigned(t *testing.T) {
	signed := func(reason, day string) *Exemption {
		return &Exemption{Ground: ExemptRequested, Reason: Text{Bokmaal: reason}, Reviewer: "Nettredaktør", Reviewed: day}
	}
	published := signed("Gammel.", "2026-11-22")
	for name, test := range map[string]struct {
		before, after *Exemption
		stale         bool
	}{
		"back":                     {signed("Ny.", "2026-11-22"), signed("Gammel.", "2026-11-22"), false},
		"stale already":            {signed("Ny.", "2026-11-22"), signed("Ny.", "2026-11-22"), false},
		"another one":              {signed("Ny.", "2026-11-22"), signed("Nyere.", "2026-11-22"), true},
		"a new one rewritten":      {signed("Ny.", "2026-11-24"), signed("Nyere.", "2026-11-24"), true},
		"the old signature again":  {signed("Ny.", "2026-11-24"), signed("Ny.", "2026-11-22"), true},
		"a new one, back to old":   {signed("Ny.", "2026-11-24"), signed("Gammel.", "2026-11-22"), false},
		"never signed, signed now": {nil, signed("Ny.", "2026-11-24"), false},
		"written again after none": {nil, signed("Ny.", "2026-11-22"), true},
	} {
		if got := test.after.StaleBy(test.before, published, 0); got != test.stale {
			t.Errorf("%s: stale is %t", name, got)
		}
	}
}
