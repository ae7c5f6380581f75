package consent_test

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// noon of a day in Norway, whatever the season.
func noon(d consent.Day) time.Time { return time.Unix(int64(d)*24*60*60+11*60*60, 0) }

func receive(t *testing.T, on string) *consent.Request {
	t.Helper()
	made, err := consent.Receive(consent.Request{Kind: consent.RequestAccess, Channel: consent.ChannelLetter}, day(t, on), noon(day(t, on)))
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// TestDue is the calendar of GDPR art. 12(3) with Regulation 1182/71.
func TestDue(t *testing.T) {
	for _, each := range []struct{ received, due, extended, why string }{
		{"2026-11-09", "2026-12-09", "2027-02-09", "the same date"},
		{"2026-03-02", "2026-04-07", "2026-06-02", "skjærtorsdag 2 April, then Easter: Tuesday after it"},
		{"2027-01-31", "2027-03-01", "2027-04-30", "28 February, a Sunday"},
		{"2025-01-31", "2025-02-28", "2025-04-30", "28 February"},
		{"2028-01-31", "2028-02-29", "2028-05-02", "29 February; 30 April is a Sunday, 1 May a holiday"},
		{"2028-01-30", "2028-02-29", "2028-05-02", "no 30 February either"},
		{"2026-08-31", "2026-09-30", "2026-11-30", "no 31 September"},
		{"2026-02-28", "2026-03-30", "2026-05-28", "28 March is a Saturday, the clocks go forward after it"},
		{"2026-09-25", "2026-10-26", "2026-12-28", "Sunday 25 October, when clocks go back; Christmas and a weekend"},
		{"2026-03-06", "2026-04-07", "2026-06-08", "second day of Easter; Saturday"},
		{"2027-04-17", "2027-05-18", "2027-07-19", "17 May is also second day of Pentecost; Saturday"},
		{"2023-04-17", "2023-05-19", "2023-07-17", "17 May, then Ascension Day"},
		{"2024-04-17", "2024-05-21", "2024-07-17", "17 May, a weekend, second day of Pentecost"},
		{"2026-12-01", "2027-01-04", "2027-03-01", "New Year's Day, then a weekend"},
		{"2025-11-24", "2025-12-24", "2026-02-24", "Christmas Eve is no holiday in law"},
		{"2025-11-25", "2025-12-29", "2026-02-25", "Christmas, then a weekend"},
		{"2027-04-01", "2027-05-03", "2027-07-01", "1 May, a Saturday"},
	} {
		made := receive(t, each.received)
		if got := made.Due().String(); got != each.due {
			t.Errorf("received %s: due %s, want %s (%s)", each.received, got, each.due, each.why)
		}
		err := made.Append(consent.RequestEvent{Step: consent.StepExtended, Time: noon(made.Due()), Day: made.Received() + 1, Ground: consent.GroundNumber})
		if got := made.Due().String(); err != nil || got != each.extended {
			t.Errorf("received %s, extended: due %s (%v), want %s (%s)", each.received, got, err, each.extended, each.why)
		}
	}
}

func TestExtensionRules(t *testing.T) {
	extend := func(on consent.Day, ground consent.ExtensionGround) consent.RequestEvent {
		return consent.RequestEvent{Step: consent.StepExtended, Time: noon(on), Day: on, Ground: ground}
	}
	made := receive(t, "2026-11-09")
	due := made.Due()
	wantCode(t, made.Append(extend(due, "")), "extension_ground")
	wantCode(t, made.Append(extend(due, "the summer holidays")), "extension_ground")
	wantCode(t, made.Append(extend(due+1, consent.GroundNumber)), "extended_late")
	wantCode(t, made.Append(extend(made.Received()-1, consent.GroundNumber)), "early_day")
	future := extend(due, consent.GroundNumber)
	future.Time = noon(due - 1)
	wantCode(t, made.Append(future), "future_day")
	if err := made.Append(extend(due, consent.GroundComplexity)); err != nil {
		t.Errorf("on the last day it is still in time: %v", err)
	}
	wantCode(t, made.Append(extend(due, consent.GroundComplexity)), "extended_already")
	if len(made.Events) != 2 {
		t.Errorf("what was refused is in the history: %+v", made.Events)
	}
}

// TestANoIsReasoned: GDPR art. 12(4).
func TestANoIsReasoned(t *testing.T) {
	for _, each := range []struct {
		outcome consent.Outcome
		refusal consent.RefusalReason
		code    string
	}{
		{consent.OutcomeRefused, "", "refusal_reason"},
		{consent.OutcomePartly, "", "refusal_reason"},
		{consent.OutcomeRefused, "we would rather not", "refusal_reason"},
		{consent.OutcomeGranted, consent.RefusedUnfounded, "refusal_reason"},
		{"perhaps", "", "request_outcome"},
		{consent.OutcomeGranted, "", ""},
		{consent.OutcomePartly, consent.RefusedRightsOfOthers, ""},
		{consent.OutcomeRefused, consent.RefusedNotIdentified, ""},
		{consent.OutcomePartly, consent.RefusedLegalClaims, "refusal_kind"}, // of access
	} {
		made := receive(t, "2026-11-09")
		event := consent.RequestEvent{Step: consent.StepAnswered, Time: noon(made.Due()), Day: made.Due(), Outcome: each.outcome, Refusal: each.refusal}
		err := made.Append(event)
		wantCode(t, err, each.code)
		if (made.Answer() != nil) != (err == nil) {
			t.Errorf("%+v: closed %v after %v", each, made.Answer() != nil, err)
		}
		if err == nil {
			wantCode(t, made.Append(event), "request_closed")
		}
	}
}

func TestNothingAboutThePersonIsTaken(t *testing.T) {
	for _, number := range []consent.CaseNumber{"Kari Nordmann", "kari@example.no", "01017012345", "010170/12345", "2026/1234 Kari", "2026", "/1", "2026/", "2026/12345678", "1026/1"} {
		_, err := consent.Receive(consent.Request{Kind: consent.RequestErasure, Channel: consent.ChannelEmail, Case: number}, day(t, "2026-11-09"), noon(day(t, "2026-11-09")))
		wantCode(t, err, "case_number")
	}
	for _, number := range []consent.CaseNumber{"", "2026/1234", "26/1234", "24/01055-10", "1999/1-1"} {
		_, err := consent.Receive(consent.Request{Kind: consent.RequestErasure, Channel: consent.ChannelEmail, Case: number}, day(t, "2026-11-09"), noon(day(t, "2026-11-09")))
		wantCode(t, err, "")
	}
	for _, bad := range []consent.Request{{Kind: "wish", Channel: consent.ChannelEmail}, {Kind: consent.RequestAccess, Channel: "pigeon"}, {}} {
		if _, err := consent.Receive(bad, day(t, "2026-11-09"), noon(day(t, "2026-11-09"))); consent.KindOf(err) != consent.Invalid {
			t.Errorf("%+v: %v", bad, err)
		}
	}
}

// TestReminders looks each day at noon, but not on some: who looks later is
// reminded then.
func TestReminders(t *testing.T) {
	for _, each := range []struct {
		name string
		away []int // days before it is due on which nobody looks
		want []int // days before it is due
	}{
		{"every day", nil, []int{7, 2, -1, -2, -3}},
		{"away on the seventh day", []int{7, 6}, []int{5, 2, -1, -2, -3}},
		{"away until the last day", []int{7, 6, 5, 4, 3, 2, 1}, []int{0, -1, -2, -3}},
	} {
		made := receive(t, "2026-11-09")
		var got []int
		for left := 20; left >= -3; left-- {
			today := made.Due() - consent.Day(left)
			if slices.Contains(each.away, left) || !made.Remind(today) {
				continue
			}
			got = append(got, left)
			if err := made.Append(consent.RequestEvent{Step: consent.StepReminded, Time: noon(today), Day: today}); err != nil {
				t.Fatal(err)
			}
			if made.Remind(today) {
				t.Errorf("%s: reminded twice on a day", each.name)
			}
			if made.Overdue(today) != (left < 0) {
				t.Errorf("%d days left: overdue %v", left, made.Overdue(today))
			}
		}
		if !slices.Equal(got, each.want) {
			t.Errorf("%s: reminded %v days before, want %v", each.name, got, each.want)
		}
	}
}

// TestExtensionRemindsAgain: the new deadline has reminders of its own.
func TestExtensionRemindsAgain(t *testing.T) {
	made := receive(t, "2026-11-09")
	first := made.Due()
	for _, event := range []consent.RequestEvent{
		{Step: consent.StepReminded, Time: noon(first - 7), Day: first - 7},
		{Step: consent.StepExtended, Time: noon(first - 6), Day: first - 6, Ground: consent.GroundNumber},
	} {
		if err := made.Append(event); err != nil {
			t.Fatal(err)
		}
	}
	if made.Remind(first) || made.Overdue(first+1) || !made.Remind(made.Due()-7) {
		t.Error("the first deadline still counts after the extension")
	}
}

func TestWhatAPersonIsToldIsThereInEachLanguage(t *testing.T) {
	for _, lang := range []consent.Language{consent.Bokmaal, consent.Nynorsk, consent.English} {
		seen := map[string]bool{consent.RemedyWords(lang): true}
		for _, k := range consent.RequestKinds {
			seen[k.Words(lang)] = true
		}
		for _, g := range consent.ExtensionGrounds {
			seen[g.Words(lang)] = true
		}
		for _, r := range consent.RefusalReasons {
			seen[r.Words(consent.RequestErasure, lang)] = true
		}
		if want := 1 + len(consent.RequestKinds) + len(consent.ExtensionGrounds) + len(consent.RefusalReasons); len(seen) != want || seen[""] {
			t.Errorf("%s has %d different texts, want %d", lang, len(seen), want)
		}
	}
}

// TestANoNamesTheArticleOfTheRight, and no other right's.
func TestANoNamesTheArticleOfTheRight(t *testing.T) {
	articles := regexp.MustCompile(`(?i)arti(?:kkel|cle) (\d+)`)
	for _, kind := range consent.RequestKinds {
		own := articles.FindStringSubmatch(kind.Words(consent.English))[1]
		for _, reason := range kind.Refusals() {
			for _, lang := range []consent.Language{consent.Bokmaal, consent.Nynorsk, consent.English} {
				said := reason.Words(kind, lang)
				for _, named := range articles.FindAllStringSubmatch(said, -1) {
					if general := named[1] == "11" || named[1] == "12"; !general && named[1] != own {
						t.Errorf("%s, %s: %s", kind, reason, said)
					}
				}
				if strings.ContainsAny(said, "{}") || strings.Contains(said, "()") {
					t.Errorf("%s, %s: %s", kind, reason, said)
				}
			}
		}
	}
	if said := consent.RefusedLegalClaims.Words(consent.RequestRestriction, consent.Nynorsk); !strings.HasSuffix(said, "(artikkel 18 nr. 2).") {
		t.Errorf("a restriction: %s", said)
	}
}

// TestWhoWaitsKnowsUntilWhen: an extension is told with its end (GDPR art. 12(3)).
func TestWhoWaitsKnowsUntilWhen(t *testing.T) {
	for lang, want := range map[consent.Language]string{
		consent.Bokmaal: "Du får svar senest 9. februar 2027.",
		consent.Nynorsk: "Du får svar seinast 9. februar 2027.",
		consent.English: "You will have an answer by 9 February 2027.",
	} {
		if got := consent.DueWords(day(t, "2027-02-09"), lang); got != want {
			t.Errorf("%s: %q", lang, got)
		}
	}
}

// TestReasonsFitTheRight: GDPR art. 17(3) is no ground to refuse access, and so on.
func TestReasonsFitTheRight(t *testing.T) {
	const each = "not_identified unfounded excessive not_applicable"
	for kind, more := range map[consent.RequestKind]string{
		consent.RequestAccess: " rights_of_others", consent.RequestPortability: " rights_of_others", consent.RequestRectification: "",
		consent.RequestErasure: " legal_obligation legal_claims", consent.RequestRestriction: " legal_claims",
		consent.RequestObjection: " legal_claims overriding_grounds",
	} {
		var fit []string
		for _, reason := range consent.RefusalReasons {
			if err := kind.CheckRefusal(reason); err == nil {
				fit = append(fit, string(reason))
			} else {
				wantCode(t, err, "refusal_kind")
			}
		}
		if got := strings.Join(fit, " "); got != each+more {
			t.Errorf("%s: %s", kind, got)
		}
		if err := kind.CheckRefusal("we would rather not"); err == nil || !strings.Contains(err.Error(), strings.Join(fit, ", ")) {
			t.Errorf("%s: what fits is not listed: %v", kind, err)
		}
	}
}

func TestRequestIDs(t *testing.T) {
	now := time.Date(2026, 11, 26, 7, 0, 0, 0, time.UTC)
	id := consent.NewRequestID(now, [10]byte{0xff, 1, 0xff, 3})
	back, err := consent.ParseRequestID(id.String())
	if err != nil || back != id || id.String()[:13] != "01a216a7-6980" {
		t.Errorf("%s: %v", id, err)
	}
}

func wantCode(t *testing.T, err error, code string) {
	t.Helper()
	var known *consent.Error
	got := ""
	if errors.As(err, &known) {
		got = known.Code
	}
	if got != code || code == "" && err != nil {
		t.Errorf("got %v (%s), want the code %q", err, got, code)
	}
}
