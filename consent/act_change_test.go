package consent

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// changing gives an Act that tells of these changes.
func changing(t *testing.T, changes ...FieldChange) Act {
	t.Helper()
	var act Act
	if err := act.Changing(changes...); err != nil {
		t.Fatal(err)
	}
	return act
}

func TestAnActTellsFewFieldsAndCountsTheRest(t *testing.T) {
	var short, long []FieldChange
	for i := range 14 {
		short = append(short, FieldChange{fmt.Sprintf("field%d", i), "a", "b"}, FieldChange{"same", "a", "a"})
		long = append(long, FieldChange{"text", strings.Repeat("å", 5000), strings.Repeat("b", 5000)})
	}
	if act := changing(t, short...); len(act.Changes) != 10 || act.More != 4 {
		t.Errorf("%d fields and %d more, want 10 and 4", len(act.Changes), act.More)
	}
	act := changing(t, long...)
	size := 0
	for _, c := range act.Changes {
		size += c.size()
		if len(c.Was) > maxActValue || !regexp.MustCompile(`^å+⟪≠49\d\d⟫å+$`).MatchString(c.Was) {
			t.Errorf("a long text is told as %q", c.Was)
		}
	}
	if size > maxActChanges || len(act.Changes)+act.More != 14 {
		t.Errorf("%d bytes of %d fields and %d more", size, len(act.Changes), act.More)
	}
}

func TestAnActTellsNothingThatTurnsThePageAround(t *testing.T) {
	act := changing(t, FieldChange{"na\nme", "a\u202eb", "<b>\u200b\t=1+1\xff"})
	if got, want := fmt.Sprintf("%q", act.Changes), fmt.Sprintf("%q", []FieldChange{{"na me", "a\ufffdb", "<b>\ufffd =1+1\ufffd"}}); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// Two texts never look alike in a trail: what differs is within what is told of them,
// wherever it is, and is named where the eye cannot see it.
func TestAChangeIsSeenWhereverItIs(t *testing.T) {
	long := strings.Repeat("Vi teller besøk. ", 60)
	family := "👨\u200d👩\u200d👧"
	for name, c := range map[string]struct{ was, is, seenWas, seenIs string }{
		"at the end":                            {long + "Vi deler ikke.", long + "Vi deler alt.", "Vi deler ikke.", "Vi deler alt."},
		"in the middle":                         {long + "til 30 dager" + long, long + "til 30 år" + long, " 30 dager", " 30 år"},
		"something more":                        {long, long + "Og selger.", "besøk. ", "besøk. Og selger."},
		"both at the beginning and the end":     {"Alt " + long + "ikke.", "All " + long + "alltid.", "ikke.", "alltid."},
		"a blank":                               {"30 000", "30\u00a0000", "30 000", "30[U+00A0]000"},
		"letters that look alike":               {"Vipps AS", "Viр\u0440s AS", "Vipps", "Vi[U+0440][U+0440]s"},
		"marks that are written apart":          {"å", "a\u030a", "[U+00E5]", "a[U+030A]"},
		"what nobody sees":                      {"a\u202eb", "a\u202db", "a[U+202E]b", "a[U+202D]b"},
		"what nobody sees, twice":               {long + "a\u200bb", long + "a\u200cb", "a[U+200B]b", "a[U+200C]b"},
		"letters with their marks":              {long + "e\u0301e", long + "e\u0300e", "e\u0301e", "e\u0300e"},
		"letters that look alike beside others": {"Alt Vipps " + long, "All Vi\u0440\u0440s " + long, "t Vipps", "l Vi[U+0440][U+0440]s"},
		"one picture of three":                  {long + family + "a", long + "👨\u200d👩\u200d👦" + "a", family + "a", "👦a"},
	} {
		t.Run(name, func(t *testing.T) {
			got := changing(t, FieldChange{"text", c.was, c.is}).Changes[0]
			if got.Was == got.Is || !strings.Contains(got.Was, c.seenWas) || !strings.Contains(got.Is, c.seenIs) || len(got.Was) > maxActValue || len(got.Is) > maxActValue {
				t.Errorf("told as\n%q\n%q, want %q and %q in them", got.Was, got.Is, c.seenWas, c.seenIs)
			}
		})
	}
}

// Where a text is cut, no letter loses its marks and no picture a part.
func TestATextIsCutBetweenWholeCharacters(t *testing.T) {
	for _, whole := range []string{"å", "e\u0301\u0323", "👨\u200d👩\u200d👧", "👍🏽", "🇳🇴", "각", "한"} {
		for shift := range 40 {
			text := strings.Repeat("x", shift) + strings.Repeat(whole, 60)
			got := changing(t, FieldChange{"text", text + "a" + text, text + "b" + text}).Changes[0].Was
			rest := strings.NewReplacer("…", "", "x", "", "a", "").Replace(regexp.MustCompile("⟪≠?[0-9]+⟫").ReplaceAllString(got, ""))
			if rest = strings.ReplaceAll(rest, whole, ""); rest != "" || len(got) > maxActValue {
				t.Fatalf("%q (after %d others) is cut to %q in %q", whole, shift, rest, got)
			}
		}
	}
	zalgo := "a" + strings.Repeat("\u0301", 9000)
	if got := changing(t, FieldChange{"text", zalgo + "a", zalgo + "b"}).Changes[0]; len(got.Was) > maxActValue || !utf8.ValidString(got.Was) {
		t.Errorf("a letter with 9,000 marks is told as %d bytes: %q", len(got.Was), got.Was)
	}
}

// However many texts change, what decides is told, and the rest is in the hash.
func TestAWeightyChangeIsNotDrowned(t *testing.T) {
	before, after := validDraft(), validDraft()
	for i := range after.Services {
		after.Services[i].Purpose[Bokmaal] += "!"
		after.Services[i].Name[Bokmaal] += "!"
		for j := range after.Services[i].Cookies {
			after.Services[i].Cookies[j].Purpose[Bokmaal] += "!"
		}
	}
	find(after, "tickets").Category = Marketing
	find(after, "tickets").Cookies[0].Lifetime.Declared = "P9Y"
	changes, err := DraftChanges(before, after)
	if err != nil {
		t.Fatal(err)
	}
	act := changing(t, changes...)
	if len(changes) <= mostActChanges || len(act.Changes)+act.More != len(changes) {
		t.Fatalf("%d of %d changes and %d more", len(act.Changes), len(changes), act.More)
	}
	if got := act.Changes[0].Field + " " + act.Changes[1].Field; got != "services.tickets.category services.tickets.cookies."+find(after, "tickets").Cookies[0].Pattern.Name+".lifetime.declared" {
		t.Errorf("the first that is told is %s", got)
	}
	whole, _ := ChangesHash(changes)
	slices.Reverse(changes)
	again, _ := ChangesHash(changes)
	changes[0].Is += "?"
	other, _ := ChangesHash(changes)
	if act.ChangesHash.IsZero() || whole != act.ChangesHash || again != whole || other == whole {
		t.Errorf("the hash is %s, and %s of all, %s in another order, %s of others", act.ChangesHash, whole, again, other)
	}
	if empty := changing(t, FieldChange{"same", "a", "a"}); !empty.ChangesHash.IsZero() {
		t.Error("what changes nothing has a hash")
	}
}

// However many services and cookies there are, each is looked at once.
func TestNotesAreComparedInOnePass(t *testing.T) {
	const n = 30_000
	looks := 0
	before, after := make([]Cookie, n), make([]Cookie, n)
	for i := range before {
		before[i].Pattern.Name = fmt.Sprintf("c%d", i)
		after[n-1-i].Pattern.Name = before[i].Pattern.Name
	}
	both := 0
	for was, is := range bothHave(before, after, func(c *Cookie) string { looks++; return c.Pattern.Name }) {
		if both++; was.Pattern.Name != is.Pattern.Name {
			t.Fatalf("%s is compared to %s", was.Pattern.Name, is.Pattern.Name)
		}
	}
	if both != n || looks != 2*n {
		t.Errorf("%d of %d cookies are compared, and names are read %d times, want %d", both, n, looks, 2*n)
	}
}

// crowded is a Draft with so many services or cookies of one service.
func crowded(services, cookies int) *Draft {
	draft := validDraft()
	draft.Services = nil
	for i := range services {
		s := Service{Key: ServiceKey(fmt.Sprintf("s%d", i)), Category: Statistics, Notes: []string{"a"}}
		for j := range cookies {
			s.Cookies = append(s.Cookies, Cookie{Pattern: Pattern{Name: fmt.Sprintf("c%d", j)}, Notes: []string{"a"}})
		}
		draft.Services = append(draft.Services, s)
	}
	return draft
}

func BenchmarkNoteChanges(b *testing.B) {
	for _, c := range [][2]int{{1, 3000}, {1, 30_000}, {3000, 1}, {30_000, 1}} {
		before, after := crowded(c[0], c[1]), crowded(c[0], c[1])
		after.Services[0].Notes = nil
		b.Run(fmt.Sprintf("%dx%d", c[0], c[1]), func(b *testing.B) {
			for b.Loop() {
				noteChanges(before, after)
			}
		})
	}
}

func TestDraftChangesNameFieldsAndNobody(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Draft)
		want   string
	}{
		"a lifetime":      {func(d *Draft) { find(d, "counter").Cookies[0].Lifetime.Declared = "P3D" }, "services.counter.cookies.nmstat.lifetime.declared: P6M -> P3D"},
		"a later service": {func(d *Draft) { find(d, "tickets").Category = Marketing }, "services.tickets.category: statistics -> marketing"},
		"a service gone":  {func(d *Draft) { d.Services = d.Services[1:] }, "services.counter: counter -> ; services.counter.legal_basis: consent -> ; services.counter.category: statistics -> ; services.counter.hosts.*.counter.example: *.counter.example -> ; services.counter.hosts.counter.example: counter.example -> ; services.counter.provider.name: Siteimprove A/S -> ; services.counter.provider.country.DK: DK -> ; services.counter.ask: banner -> ; services.counter.purpose.en: Teller besøk på sidene. (English) -> ; services.counter.purpose.nb: Teller besøk på sidene. -> ; services.counter.purpose.nn: Teller besøk på sidene. (nynorsk) -> ; services.counter.cookies.nmstat: nmstat -> ; services.counter.cookies.nmstat.lifetime.declared: P6M -> ; services.counter.cookies.nmstat.purpose.en: Kjenner igjen nettleseren. (English) -> ; services.counter.cookies.nmstat.purpose.nb: Kjenner igjen nettleseren. -> ; services.counter.cookies.nmstat.purpose.nn: Kjenner igjen nettleseren. (nynorsk) -> "},
		"a text that is new": {func(d *Draft) {
			find(d, "counter").Warning = Text{Bokmaal: "Ikke skriv hemmeligheter.", English: "Write no secrets."}
		}, "services.counter.warning.en:  -> Write no secrets.; services.counter.warning.nb:  -> Ikke skriv hemmeligheter."},
		"own words gone": {func(d *Draft) { d.Site.Wording = nil }, "site.wording.heading_one.en: Vil du hjelpe oss? (English) -> ; site.wording.heading_one.nb: Vil du hjelpe oss? -> ; site.wording.heading_one.nn: Vil du hjelpe oss? (nynorsk) -> "},
		"a contact":      {func(d *Draft) { d.Contacts.DPO.Email = "kari.nordmann@example.no" }, "contacts.data_protection_officer.email: … -> …"},
		"notes":          {func(d *Draft) { find(d, "counter").Notes = []string{"Kari knows"} }, "services.counter.notes: … -> …"},
		"a company's contact": {func(d *Draft) {
			find(d, "counter").Recipients = []Provider{{Name: "AS", Country: []string{"NO"}, Role: "processor", Contact: &Channels{Email: "ola@example.no"}}}
		}, `services.counter.recipients:  -> [{"country":["NO"],"name":"AS","role":"processor"}]`},
	} {
		t.Run(name, func(t *testing.T) {
			before, after := validDraft(), validDraft()
			c.change(after)
			changes, err := DraftChanges(before, after)
			if err != nil {
				t.Fatal(err)
			}
			var told []string
			for _, change := range changes {
				told = append(told, change.Field+": "+change.Was+" -> "+change.Is)
			}
			if got := strings.Join(told, "; "); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// A path is split at its own dots, and not at those of an address or a name in it.
func TestPlaceKeepsWhatHoldsDots(t *testing.T) {
	before := &Draft{Site: Site{Origins: []string{"https://example.no"}}, Services: []Service{{Key: "map", Hosts: []string{"a.example.no"}}}}
	after := &Draft{Site: Site{Origins: []string{"https://example.no", "https://bibliotek.gjerdrum.kommune.no"}}, Services: []Service{{
		Key: "map", Hosts: []string{"a.example.no", "tiles.example.se"}, NeverOn: []string{"https://example.no/kart.html"},
	}}}
	changes, err := DraftChanges(before, after)
	if err != nil {
		t.Fatal(err)
	}
	changes = append(changes, FieldChange{Field: "services.map.cookies._a.b.pattern.aliases._c.d"}, FieldChange{Field: "services.map.cookies._a.b.lifetime.declared"}, FieldChange{Field: "services.map.provider.name.nb"})
	var got []string
	for i := range changes {
		thing, field := changes[i].Place()
		got = append(got, strings.Join(thing, "|")+" "+strings.Join(field, "|"))
	}
	want := []string{
		"services|map hosts|tiles.example.se", "services|map never_on|https://example.no/kart.html", " site|origins|https://bibliotek.gjerdrum.kommune.no",
		"services|map|cookies|_a.b pattern|aliases|_c.d", "services|map|cookies|_a.b lifetime|declared", "services|map provider|name|nb",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
