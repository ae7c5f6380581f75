package main_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// subjectRequest is a request as a program reads it.
type subjectRequest struct {
	ID, Site, Kind, Due string
	Receipt, Case       *string
	Outcome, Refusal    *string
	Overdue             bool
	Events              []struct{ Step string }
}

// ask enters a request.
func (i installation) ask(t *testing.T, flags ...string) (made subjectRequest) {
	t.Helper()
	args := []string{"request", "add", "gjerdrum", "--channel", "letter", "--json", "--data", i.data}
	read(t, must(t, append(args, flags...)...), &made)
	return made
}

// tokenFile keeps the token of a decision in a file.
func (p post) tokenFile(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "token.txt")
	if err := os.WriteFile(path, []byte(p.Token+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestRequestFromLetterToAnswer goes the officer's way: a letter with a receipt,
// and a reminder of what is late.
func TestRequestFromLetterToAnswer(t *testing.T) {
	i := newInstallation(t)
	server := i.start(t)
	first := newPost(exampleBundle(t), "reject_all", false)
	decide(t, server, first)
	second := newPost(exampleBundle(t), "accept_all", true)
	second.Token, second.Previous = first.Token, first.ID
	decide(t, server, second)
	other := newPost(exampleBundle(t), "accept_all", true)
	decide(t, server, other)

	late := i.ask(t, "--kind", "access", "--received", "2026-01-31", "--case", "2026/1234", "--receipt", first.ID)
	if late.Due != "2026-03-02" || !late.Overdue || late.Receipt == nil || *late.Receipt != first.ID || *late.Case != "2026/1234" {
		t.Errorf("it should be due on the Monday after 28 February, and kept under the receipt in the letter: %+v", late)
	}
	byToken := i.ask(t, "--kind", "erasure", "--token-file", first.tokenFile(t))
	if byToken.Receipt == nil || *byToken.Receipt != second.ID {
		t.Errorf("the token leads to %+v", byToken)
	}
	if list := must(t, "request", "list", "--data", i.data); !strings.Contains(list, "OVERDUE") || strings.Index(list, late.ID) > strings.Index(list, byToken.ID) {
		t.Errorf("what is overdue should stand on top and be marked:\n%s", list)
	}
	check := invoke(t, "request", "list", "gjerdrum", "--overdue", "--check", "--data", i.data)
	if check.code != 1 || !strings.Contains(check.out, late.ID) || strings.Contains(check.out, byToken.ID) {
		t.Errorf("a timed job would not notice: %+v", check)
	}

	all := "samtykke log erase gjerdrum --receipt " + second.ID + " --all"
	if said := must(t, "request", "show", "gjerdrum", byToken.ID, "--data", i.data); !strings.Contains(said, all) || !strings.Contains(said, first.ID) {
		t.Errorf("the request does not lead to both decisions:\n%s", said)
	}
	if said := must(t, "log", "erase", "gjerdrum", "--receipt", second.ID, "--all", "--data", i.data); !strings.HasPrefix(said, "2 decisions of the site") {
		t.Errorf("all are %s", said)
	}

	file := filepath.Join(t.TempDir(), "answer.html")
	must(t, "request", "answer", "gjerdrum", "--receipt", *late.Receipt, "--lang", "nn", "-o", file, "--data", i.data)
	page := readFile(t, file)
	if !strings.Contains(page, first.ID) || !strings.Contains(page, second.ID) || strings.Contains(page, other.ID) || strings.Contains(page, first.Token) {
		t.Error("the answer should hold the visitor's two decisions, nobody else's, and no token")
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others can read the answer: %v %v", info.Mode(), err)
	}

	refused := invoke(t, "request", "close", "gjerdrum", late.ID, "--outcome", "refused", "--data", i.data)
	if refused.code != 1 || !strings.Contains(refused.err, "not_identified") {
		t.Errorf("a no without a reason was taken: %+v", refused)
	}
	said := must(t, "request", "close", "gjerdrum", late.ID, "--outcome", "partly", "--reason", "rights_of_others", "--lang", "nn", "--data", i.data)
	for _, words := range []string{"days late", "til andre", "Datatilsynet", "domstolane"} {
		if !strings.Contains(said, words) {
			t.Errorf("the person is not told %q:\n%s", words, said)
		}
	}
	must(t, "request", "list", "--check", "--data", i.data)
	if list := must(t, "request", "list", "--data", i.data); strings.Contains(list, late.ID) || !strings.Contains(list, byToken.ID) {
		t.Errorf("what is closed should be gone from the list:\n%s", list)
	}
	var closed subjectRequest
	read(t, must(t, "request", "show", "gjerdrum", late.ID, "--json", "--data", i.data), &closed)
	if closed.Outcome == nil || *closed.Outcome != "partly" || *closed.Refusal != "rights_of_others" || closed.Events[0].Step != "received" {
		t.Errorf("the history is %+v", closed)
	}

	must(t, "log", "erase", "gjerdrum", "--receipt", second.ID, "--reason", "withdrawn", "--yes", "--data", i.data)
	if said := must(t, "request", "show", "gjerdrum", byToken.ID, "--data", i.data); !strings.Contains(said, "log erase gjerdrum --receipt "+first.ID) {
		t.Errorf("the request does not lead to what is left:\n%s", said)
	}
}

// TestAnswerSaysWhatIsFrozen, as the journal has it at last, and gives no date of
// deletion for it (GDPR art. 18).
func TestAnswerSaysWhatIsFrozen(t *testing.T) {
	i := newInstallation(t)
	made := newPost(exampleBundle(t), "accept_all", true)
	server := i.start(t)
	decide(t, server, made)
	type decision struct {
		Frozen  bool
		Deleted *string
		Since   *string `json:"frozen_since"`
		Reason  *string `json:"frozen_reason"`
	}
	answered := func() decision {
		var said struct{ Decisions []decision }
		done := invoke(t, "request", "answer", "gjerdrum", "--receipt", made.ID, "--format", "json", "--data", i.data)
		if !strings.HasPrefix(done.err, "Missing: ") || !strings.Contains(done.err, "recipients: ") {
			t.Errorf("of what the notice does not state, whoever answers is told %q", done.err)
		}
		read(t, done.out, &said)
		return said.Decisions[0]
	}
	must(t, "log", "freeze", "gjerdrum", "--why", "Case 2026/1234", "--receipt", made.ID, "--reason", "accuracy", "--data", i.data)
	must(t, "log", "release", "gjerdrum", "--receipt", made.ID, "--why", "Case 2026/1234", "--yes", "--data", i.data)
	if said := answered(); said.Frozen || said.Deleted == nil || said.Since != nil {
		t.Errorf("what was released is told as %+v", said)
	}
	must(t, "log", "freeze", "gjerdrum", "--why", "Case 2026/1234", "--receipt", made.ID, "--reason", "claim", "--data", i.data)
	if said := answered(); !said.Frozen || said.Deleted != nil || said.Since == nil || said.Reason == nil || *said.Reason != "claim" {
		t.Errorf("what is frozen is told as %+v", said)
	}
	if own := fetchAs(t, server.url+"/gjerdrum/me", made.Token); strings.Contains(own, `"deleted"`) {
		t.Errorf("the visitor is told a date of deletion: %s", own)
	}
}

// TestWhatIsNotDoneIsStillSaid: closing a request carries nothing out (GDPR art.
// 17 and 18), so a request that was granted shows what is to do until it is done.
func TestWhatIsNotDoneIsStillSaid(t *testing.T) {
	i := newInstallation(t)
	made := newPost(exampleBundle(t), "accept_all", true)
	decide(t, i.start(t), made)
	for _, each := range []struct {
		kind, says, first string
		carryOut          []string
	}{
		{"restriction", "samtykke log freeze gjerdrum --receipt " + made.ID + " --reason ", "Freeze them first", []string{"log", "freeze", "gjerdrum", "--why", "Case 2026/1234", "--receipt", made.ID, "--reason", "asked"}},
		{"erasure", "samtykke log erase gjerdrum --receipt " + made.ID, "Erase them first", []string{"log", "erase", "gjerdrum", "--receipt", made.ID, "--reason", "withdrawn", "--yes"}},
	} {
		refused, granted := i.ask(t, "--kind", each.kind, "--receipt", made.ID).ID, i.ask(t, "--kind", each.kind, "--receipt", made.ID).ID
		open := i.ask(t, "--kind", each.kind, "--receipt", made.ID).ID
		show := func(id string, says bool) {
			t.Helper()
			if said := must(t, "request", "show", "gjerdrum", id, "--data", i.data); strings.Contains(said, each.says) != says {
				t.Errorf("%s, %q should be said: %v\n%s", each.kind, each.says, says, said)
			}
		}
		show(granted, true)
		closing := []string{"request", "close", "gjerdrum", granted, "--outcome", "granted", "--data", i.data}
		if done := invoke(t, closing...); done.code != 1 || !strings.Contains(done.err, each.first) { // a closed request cannot be opened again
			t.Errorf("%s that is not done is closed as granted: %+v", each.kind, done)
		}
		if each.kind == "erasure" {
			must(t, "log", "freeze", "gjerdrum", "--why", "Case 2026/1234", "--receipt", made.ID, "--reason", "asked", "--data", i.data)
			if done := invoke(t, closing...); done.code != 1 || !strings.Contains(done.err, "Release and erase them first") {
				t.Errorf("what is frozen is closed as granted: %+v", done)
			}
			if said := must(t, "request", "show", "gjerdrum", granted, "--data", i.data); !strings.Contains(said, "samtykke log release gjerdrum --receipt "+made.ID) {
				t.Errorf("it is not said that freezing ends first:\n%s", said)
			}
			must(t, "log", "release", "gjerdrum", "--receipt", made.ID, "--why", "Case 2026/1234", "--yes", "--data", i.data)
		}
		must(t, "request", "close", "gjerdrum", refused, "--outcome", "refused", "--reason", "legal_claims", "--data", i.data)
		show(granted, true)
		show(refused, false)
		show(open, true)
		must(t, append(each.carryOut, "--data", i.data)...)
		show(granted, false)
		show(open, false)
		if said := must(t, "request", "show", "gjerdrum", open, "--data", i.data); !strings.Contains(said, "tell the person, and close:\n  samtykke request close gjerdrum "+open) {
			t.Errorf("%s, of what is left:\n%s", each.kind, said)
		}
		if said := must(t, closing...); !strings.Contains(said, granted+" --data ") {
			t.Errorf("the command for the rest lacks the folder:\n%s", said)
		}
		show(granted, false)
		if each.kind == "restriction" {
			must(t, "log", "release", "gjerdrum", "--receipt", made.ID, "--why", "Case 2026/1234", "--yes", "--data", i.data)
			show(granted, false)
			if said := must(t, "request", "show", "gjerdrum", granted, "--data", i.data); !strings.Contains(said, "its freeze has been ended since") {
				t.Errorf("what was ended is to be frozen anew:\n%s", said)
			}
		}
	}
}

// TestObjectionIsGrantedWhenProcessingEnds (GDPR art. 21(1)): when the decision is
// erased, or frozen for what it must be kept for.
func TestObjectionIsGrantedWhenProcessingEnds(t *testing.T) {
	i := newInstallation(t)
	made := newPost(exampleBundle(t), "accept_all", true)
	decide(t, i.start(t), made)
	first, second := i.ask(t, "--kind", "objection", "--receipt", made.ID).ID, i.ask(t, "--kind", "objection", "--receipt", made.ID).ID
	closing := func(id string) []string {
		return []string{"request", "close", "gjerdrum", id, "--outcome", "granted", "--data", i.data}
	}
	if done := invoke(t, closing(first)...); done.code != 1 || !strings.Contains(done.err, "Erase them first, or freeze what must be kept") {
		t.Errorf("an objection is granted and nothing done: %+v", done)
	}
	if said := must(t, "request", "show", "gjerdrum", first, "--data", i.data); !strings.Contains(said, "samtykke log erase gjerdrum --receipt "+made.ID) || !strings.Contains(said, "samtykke log freeze gjerdrum --receipt "+made.ID) {
		t.Errorf("it is not said how the processing ends:\n%s", said)
	}
	must(t, "log", "freeze", "gjerdrum", "--why", "Case 2026/1234", "--receipt", made.ID, "--reason", "claim", "--data", i.data)
	must(t, closing(first)...)
	if said := must(t, "request", "show", "gjerdrum", first, "--data", i.data); strings.Contains(said, "not carried out") {
		t.Errorf("what was done is said to be left:\n%s", said)
	}
	must(t, "log", "release", "gjerdrum", "--receipt", made.ID, "--why", "Case 2026/1234", "--yes", "--data", i.data)
	must(t, "log", "erase", "gjerdrum", "--receipt", made.ID, "--reason", "objection", "--yes", "--data", i.data)
	must(t, closing(second)...)
}

// TestReasonsOfTheLawAreTaken, and others are refused with the list of those that
// fit the right.
func TestReasonsOfTheLawAreTaken(t *testing.T) {
	i := newInstallation(t)
	id := i.ask(t, "--kind", "access").ID
	done := invoke(t, "request", "close", "gjerdrum", id, "--outcome", "refused", "--reason", "legal_obligation", "--data", i.data)
	if done.code != 1 || !strings.Contains(done.err, "excessive, not_applicable, rights_of_others") {
		t.Errorf("access was refused for what is a ground against erasure: %+v", done)
	}
	if said := must(t, "request", "extend", "gjerdrum", id, "--ground", "number", "--lang", "en", "--data", i.data); !strings.Contains(said, "You will have an answer by ") {
		t.Errorf("the person is not told until when:\n%s", said)
	}
}

// TestAnotherSitesReceiptIsUnknown, and so is a token.
func TestAnotherSitesReceiptIsUnknown(t *testing.T) {
	i := newInstallation(t)
	made := newPost(exampleBundle(t), "accept_all", true)
	decide(t, i.start(t), made)
	must(t, "site", "import", "../../examples/plain/site.yaml", "--data", i.data)
	token := made.tokenFile(t)
	for _, args := range [][]string{
		{"request", "answer", "plain", "--receipt", made.ID},
		{"request", "answer", "plain", "--token-file", token},
		{"request", "add", "plain", "--kind", "access", "--channel", "email", "--receipt", made.ID},
	} {
		done := invoke(t, append(args, "--data", i.data)...)
		if done.code != 1 || !strings.Contains(done.err, "another site's") || done.out != "" || strings.Contains(done.err, made.Token) {
			t.Errorf("%v: %+v", args, done)
		}
	}
}

// TestTokensComeFromStandardInput, so that none stands in a list of processes.
func TestTokensComeFromStandardInput(t *testing.T) {
	i := newInstallation(t)
	made := newPost(exampleBundle(t), "accept_all", true)
	server := i.start(t)
	decide(t, server, made)
	cmd := exec.Command(program(t), "request", "answer", "gjerdrum", "--token-file", "-", "--format", "json", "--data", i.data)
	cmd.Stdin = strings.NewReader(made.Token + "\n")
	out, err := cmd.Output()
	var answer struct{ Decisions []struct{ ID string } }
	if err != nil || json.Unmarshal(out, &answer) != nil || len(answer.Decisions) != 1 || answer.Decisions[0].ID != made.ID {
		t.Errorf("%v: %s", err, out)
	}
	kept, keys := filepath.Join(t.TempDir(), "answer.json"), filepath.Join(t.TempDir(), "keys.txt")
	keep(t, kept, string(out))
	keep(t, keys, fetchAs(t, server.url+"/gjerdrum/log/keys", ""))
	if said := must(t, "log", "verify", "--receipt", kept, "--key", keys); !strings.Contains(said, "The receipt holds") {
		t.Errorf("of the answer is said\n%s", said)
	}
	whole := string(out)
	for changed, says := range map[string]string{
		strings.Replace(whole, `"granted": true`, `"granted": false`, 1):             `"answers" beside the proof says false of`,
		strings.Replace(whole, `"site": "gjerdrum"`, `"site": "nannestad"`, 1):       "the site is nannestad",
		strings.Replace(whole, `"answers": [`, `"answers": [], "x": [`, 1):           `"answers" beside the proof lacks`,
		regexp.MustCompile(`"hash": "....`).ReplaceAllString(whole, `"hash": "0000`): "the hash of notice 1 is 0000",
	} {
		keep(t, kept, changed)
		if done := invoke(t, "log", "verify", "--receipt", kept, "--key", keys); done.code != 1 || !strings.Contains(done.err, says) || done.out != "" {
			t.Errorf("want %q: %+v", says, done)
		}
	}
	keep(t, kept, strings.Replace(whole, `"purpose": {`, `"purpose": {"x": 1,`, 1))
	said := must(t, "log", "verify", "--receipt", kept, "--key", keys)
	for _, name := range []string{"NOT proven", "answers[].name", "deleted", "notices[].categories", "items", "rights"} {
		if !strings.Contains(said, name) {
			t.Errorf("%q is not named as not proven:\n%s", name, said)
		}
	}
	if said := must(t, "log", "verify", "--receipt", kept, "--key", keys, "--json"); !strings.Contains(said, `"notices[].categories"`) {
		t.Errorf("as JSON: %s", said)
	}
	for _, args := range [][]string{
		{"request", "answer", "gjerdrum", "--token", made.Token},
		{"request", "answer", "gjerdrum", "--token-file", filepath.Join(t.TempDir(), "absent")},
		{"request", "answer", "gjerdrum"},
		{"request", "answer", "gjerdrum", "--receipt", made.ID, "--lang", "se"},
		{"request", "add", "gjerdrum", "--channel", "email", "--kind", "wish"},
		{"request", "add", "gjerdrum", "--channel", "email", "--kind", "access", "--case", "Kari Nordmann"},
		{"request", "add", "gjerdrum", "--channel", "email", "--kind", "access", "--received", "2999-01-01"},
	} {
		if done := invoke(t, append(args, "--data", i.data)...); done.code != 2 || strings.Contains(done.err, made.Token) {
			t.Errorf("%v: %+v", args, done)
		}
	}
}

// TestManualOfRequestsRuns types every command that "help requests" shows.
func TestManualOfRequestsRuns(t *testing.T) {
	i := newInstallation(t)
	made := newPost(exampleBundle(t), "accept_all", true)
	decide(t, i.start(t), made)
	manual, ran := must(t, "help", "requests"), 0
	for line := range strings.Lines(manual) {
		typed, shown := strings.CutPrefix(strings.TrimSpace(line), "samtykke request ")
		if !shown || !strings.HasPrefix(line, "  ") {
			continue
		}
		typed = strings.NewReplacer("REQUEST", i.ask(t, "--kind", "access").ID, "RECEIPT", made.ID,
			"answer.html", filepath.Join(t.TempDir(), "answer.html")).Replace(typed)
		must(t, append(append([]string{"request"}, strings.Fields(typed)...), "--data", i.data)...)
		ran++
	}
	if ran != 8 {
		t.Errorf("%d commands were typed", ran)
	}
	for _, reason := range consent.RefusalReasons {
		if !strings.Contains(manual, "\n  "+string(reason)+" ") {
			t.Errorf("the manual lacks the reason %s", reason)
		}
	}
}

// TestAxeAnswer has the answer in each language, and that nothing is wider than
// a phone.
func TestAxeAnswer(t *testing.T) {
	i := newInstallation(t)
	made := newPost(exampleBundle(t), "accept_all", true)
	decide(t, i.start(t), made)
	files := map[string]string{}
	for _, lang := range []string{"nb", "nn", "en"} {
		files[lang] = filepath.Join(t.TempDir(), lang+".html")
		must(t, "request", "answer", "gjerdrum", "--receipt", made.ID, "--lang", lang, "-o", files[lang], "--data", i.data)
	}
	axeFiles(t, "answer", files)
}
