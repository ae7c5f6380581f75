package consent

import (
	"fmt"
	"testing"
)

func TestSameButSpelling(t *testing.T) {
	const sentence = "Teller besøk og kjenner igjen samme nettleser over tid."
	for _, tt := range []struct {
		what, now string
		want      bool
	}{
		{"unchanged", sentence, true},
		{"case and punctuation", "teller besøk, og kjenner igjen samme nettleser over tid!", true},
		{"one letter missing", "Teller besøk og kjenner igjen samme netleser over tid.", true},
		{"one letter wrong", "Teller besøk og kjenner igjen samme nettlesar over tid.", true},
		{"two letters exchanged", "Teller besøk og kjenner igjen samme nettlesre over tid.", true},
		{"words joined", "Teller besøk og kjenner igjen samme nett-leser over tid.", true},
		{"a word more", "Teller ikke besøk og kjenner igjen samme nettleser over tid.", false},
		{"a word less", "Teller besøk og kjenner igjen nettleser over tid.", false},
		{"another word", "Selger besøk og kjenner igjen samme nettleser over tid.", false},
		{"another sentence", "Viser annonser som passer til deg.", false},
		{"nothing", "", false},
	} {
		if got := sameButSpelling(sentence, tt.now); got != tt.want {
			t.Errorf("%s: sameButSpelling(%q) = %v, want %v", tt.what, tt.now, got, tt.want)
		}
	}
	for _, pair := range [][2]string{
		{"kan lagres", "kun lagres"},
		{"er personlig", "er upersonlig"},
		{"i 2 år", "i 9 år"},
		{"sletta etter 30dager", "sletta etter 90dager"},
		{"never shared", "ever shared"},
		{"viser kart", "viser annonser"},
		{"delt med oss", "delt med alle"},
	} {
		if sameButSpelling(pair[0], pair[1]) {
			t.Errorf("%q and %q pass for the same", pair[0], pair[1])
		}
	}
}

// republish gives the checksums after a first notice and after a change.
func republish(t *testing.T, change func(d *Draft)) (before, after map[string]string) {
	t.Helper()
	first := Revise(*validDraft(), nil)
	draft := validDraft()
	change(draft)
	second := Revise(*draft, &first)
	if faults := second.Validate().Faults(); len(faults) > 0 {
		t.Fatal(faults)
	}
	return sums(&first), sums(&second)
}

// sums gives the checksum of each unit by its category, or by its service.
func sums(d *Draft) map[string]string {
	sums := map[string]string{}
	for _, unit := range d.Asks() {
		name := string(unit.Service)
		if name == "" {
			name = string(unit.Category)
		}
		sums[name] = unit.Checksum
	}
	return sums
}

func TestE2NewPurposesAskAgain(t *testing.T) {
	for _, tt := range []struct {
		what   string
		change func(d *Draft)
		asks   map[string]bool // the units that are asked again
	}{
		{"nothing", func(*Draft) {}, nil},
		{"a category's new purpose", func(d *Draft) { d.Categories[2].Purpose = say("Viser annonser som passer til deg.") }, map[string]bool{"statistics": true}},
		{"a category's purpose, spelled better", func(d *Draft) { d.Categories[2].Purpose[Bokmaal] = "Teller besøkk på sidene" }, nil},
		{"a category's purpose, translated anew", func(d *Draft) { d.Categories[2].Purpose[Nynorsk] = "Tel kor mange som er innom." }, nil},
		{"a service's new purpose", func(d *Draft) { find(d, "video").Purpose = say("Viser annonser.") }, map[string]bool{"video": true}},
		{"a cookie's new purpose", func(d *Draft) { find(d, "counter").Cookies[0].Purpose = say("Følger deg på andre nettsteder.") }, map[string]bool{"statistics": true}},
		{"a necessary cookie's new purpose", func(d *Draft) { find(d, "tickets").Cookies[0].Purpose = say("Husker handlekurven.") }, nil},
		{"another kind of data", func(d *Draft) {
			find(d, "counter").DataCategories = append(find(d, "counter").DataCategories, say("Hvor du er"))
		}, map[string]bool{"statistics": true}},
		{"the editor says it is new", func(d *Draft) { d.Categories[2].PurposeRevision = 2 }, map[string]bool{"statistics": true}},
		{"the editor says it is the same", func(d *Draft) {
			d.Categories[2].Purpose, d.Categories[2].PurposeRevision = say("Forteller oss hvor mange som er innom."), 1
		}, nil},
		{"the default language changes", func(d *Draft) { d.Site.Languages = []Language{Nynorsk, Bokmaal, English} }, nil},
	} {
		before, after := republish(t, tt.change)
		for unit, sum := range before {
			if asked := after[unit] != sum; asked != tt.asks[unit] {
				t.Errorf("%s: asked again for %s: %v", tt.what, unit, asked)
			}
		}
	}
}

// A purpose that says something else in another language asks nobody, and is told.
func TestRetoldPurposesAreTold(t *testing.T) {
	for what, c := range map[string]struct {
		change func(*Draft)
		want   string
	}{
		"a category":                {func(d *Draft) { d.Categories[2].Purpose[Nynorsk] = "Sel opplysningane dine." }, "[{category statistics 2 statistics }]"},
		"spelled better":            {func(d *Draft) { d.Categories[2].Purpose[Nynorsk] += "." }, "[]"},
		"the language compared":     {func(d *Draft) { d.Categories[2].Purpose = say("Viser annonser som passer til deg.") }, "[]"},
		"a translation that is new": {func(d *Draft) { find(d, "video").Purpose[NorthernSami] = "Nu." }, "[]"},
		"a service":                 {func(d *Draft) { find(d, "video").Purpose[English] = "Sells your data to advertisers." }, "[{service video 2  video}]"},
		"a cookie":                  {func(d *Draft) { find(d, "counter").Cookies[0].Purpose[English] = "Follows you elsewhere, always." }, "[{service counter 2  counter}]"},
		"a person has decided":      {func(d *Draft) { d.Categories[2].Purpose[Nynorsk], d.Categories[2].PurposeRevision = "Sel.", 2 }, "[]"},
	} {
		before := Revise(*validDraft(), nil)
		draft := validDraft()
		c.change(draft)
		settled := Revise(*draft, &before)
		if got := fmt.Sprint(FindRetold(&before, &settled)); got != c.want {
			t.Errorf("%s: got %s, want %s", what, got, c.want)
		}
	}
}

func TestReviseCountsOn(t *testing.T) {
	notice := Revise(*validDraft(), nil)
	for want := 2; want <= 4; want++ {
		draft := validDraft()
		draft.Categories[2].Purpose = say([]string{"Viser annonser.", "Måler hastighet.", "Teller besøk."}[want-2])
		notice = Revise(*draft, &notice)
		if got := notice.Category(Statistics).PurposeRevision; got != want {
			t.Fatalf("revision %d, want %d", got, want)
		}
		if draft.Categories[2].PurposeRevision != 0 {
			t.Fatal("the draft itself was changed")
		}
		unchanged := Revise(*draft, &notice)
		if got := unchanged.Category(Statistics).PurposeRevision; got != want {
			t.Fatalf("published again it has revision %d, want %d", got, want)
		}
	}
}

// A purpose that was reworded is told of only where somebody is asked again because of it.
func TestRewordedPurposesThatAskNobodyAreNotTold(t *testing.T) {
	for what, c := range map[string]struct {
		change func(*Draft)
		want   string
	}{
		"a category": {func(d *Draft) { d.Categories[2].Purpose = say("Viser annonser som passer til deg.") }, "[{category statistics 1 statistics }]"},
		"beside one that asks nobody": {func(d *Draft) {
			d.Categories[0].Purpose = say("Får alt til å virke på en helt annen måte.")
			d.Categories[2].Purpose = say("Viser annonser som passer til deg.")
		}, "[{category statistics 1 statistics }]"},
		"one that asks nobody": {func(d *Draft) { d.Categories[0].Purpose = say("Får alt til å virke på en helt annen måte.") }, "[]"},
		"with a service in it": {func(d *Draft) {
			d.Categories[2].Purpose = say("Viser annonser som passer til deg.")
			find(d, "counter").Purpose = say("Selger opplysninger om besøket ditt.")
		}, "[{category statistics 1 statistics } {service counter 1  counter}]"},
	} {
		before := Revise(*validDraft(), nil)
		draft := validDraft()
		c.change(draft)
		settled := Revise(*draft, &before)
		if got := fmt.Sprint(FindReworded(&before, draft, &settled, CompareAsks(&before, &settled))); got != c.want {
			t.Errorf("%s: got %s, want %s", what, got, c.want)
		}
	}
}

// Languages are told of in the order of the pages.
func TestLanguagesAreComparedInTheOrderOfThePages(t *testing.T) {
	before, after := validDraft(), validDraft()
	after.Categories[2].Purpose = Text{English: "New.", Nynorsk: "Ny.", Bokmaal: "Nytt.", NorthernSami: "Ođđa."}
	found, err := Differences(before, after)
	if err != nil {
		t.Fatal(err)
	}
	var order []string
	for _, d := range found {
		order = append(order, d.Path[len(d.Path)-1])
	}
	if got := fmt.Sprint(order); got != "[nb nn se en]" {
		t.Errorf("got %s", got)
	}
}
