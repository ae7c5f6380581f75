package main_test

import (
	"database/sql"
	"encoding/json"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Who is told is set as a whole, and the trail says how many.
func TestRecipientsOnTheMachine(t *testing.T) {
	i := newInstallation(t)
	set := func(args ...string) []string { return append([]string{"recipients", "set", "gjerdrum"}, args...) }
	var many []string
	for n := range 21 {
		many = append(many, string(rune('a'+n))+"@example.no")
	}
	i.refused(t, 2, "--nobody", set()...)
	i.refused(t, 2, "either", set("a@example.no", "--nobody")...)
	i.refused(t, 2, `"kari" is not an e-mail address`, set("a@example.no", "kari")...)
	i.refused(t, 2, "at most 20", set(many...)...)
	i.refused(t, 2, "nn", set("a@example.no", "--language", "de")...)
	i.refused(t, 1, "There are: gjerdrum.", "recipients", "set", "havet", "a@example.no")
	i.refused(t, 1, "There are: gjerdrum.", "recipients", "show", "havet")
	if said := must(t, "recipients", "show", "gjerdrum", "--data", i.data); !strings.Contains(said, "Nobody is told") {
		t.Errorf("got %s", said)
	}
	if said := must(t, append(set("b@example.no", "a@example.no", "A@example.no", "--language", "nn"), "--data", i.data)...); said != "Told of gjerdrum from now on, in Nynorsk: b@example.no, a@example.no.\n" {
		t.Errorf("got %s", said)
	}
	must(t, append(set("--language", "en"), "--data", i.data)...)
	var now struct {
		Language  string
		Addresses []string
	}
	read(t, must(t, "recipients", "show", "gjerdrum", "--json", "--data", i.data), &now)
	if now.Language != "en" || !slices.Equal(now.Addresses, []string{"a@example.no", "b@example.no"}) {
		t.Errorf("got %+v", now)
	}
	if said := must(t, "recipients", "show", "gjerdrum", "--data", i.data); said != "Told of gjerdrum, in English:\n  a@example.no\n  b@example.no\n" {
		t.Errorf("got %s", said)
	}
	must(t, append(set("--nobody"), "--data", i.data)...)
	if got, want := i.told(t, "gjerdrum", "organisation"), []string{"organisation.recipients 2 nn", "organisation.recipients 2 en", "organisation.recipients 0 en"}; !slices.Equal(got, want) {
		t.Errorf("the trail has %q, want %q", got, want)
	}
}

// The trail is shown from any place on, and narrowed.
func TestTrailIsListedOnTheMachine(t *testing.T) {
	i := newInstallation(t)
	must(t, "account", "add", "kari@example.no", "--role", "gjerdrum=administrator", "--data", i.data)
	must(t, "account", "add", "ola@example.no", "--data", i.data)
	for _, role := range []string{"editor", "auditor", "none"} {
		must(t, "account", "role", "ola@example.no", "gjerdrum", role, "--data", i.data)
	}
	listed := func(args ...string) (acts []string, places []string, remark string) {
		t.Helper()
		done := invoke(t, append([]string{"trail", "list", "--json", "--data", i.data}, args...)...)
		for line := range strings.Lines(done.out) {
			var one struct{ Act, Object, Place, Who, Time string }
			if err := json.Unmarshal([]byte(line), &one); err != nil || one.Who != "command" || one.Time == "" {
				t.Errorf("%v: %s", err, line)
			}
			acts, places = append(acts, strings.TrimSpace(one.Act+" "+one.Object)), append(places, one.Place)
		}
		return acts, places, done.err
	}
	whole, places, _ := listed("gjerdrum")
	if want := []string{"account.add 1 administrator", "member.role 2 editor", "member.role 2 auditor", "member.remove 2"}; !slices.Equal(whole[len(whole)-4:], want) {
		t.Fatalf("the trail has %q, want it to end with %q", whole, want)
	}
	newest, its, more := listed("gjerdrum", "-n", "2")
	if !slices.Equal(newest, whole[len(whole)-2:]) || !strings.Contains(more, "--before "+its[0]) {
		t.Errorf("the newest two are %q: %s", newest, more)
	}
	older, _, more := listed("gjerdrum", "--before", places[2])
	if !slices.Equal(older, whole[:2]) || more != "" {
		t.Errorf("before %s there are %q: %s", places[2], older, more)
	}
	if roles, _, _ := listed("gjerdrum", "--act", "member.role"); !slices.Equal(roles, []string{"member.role 2 editor", "member.role 2 auditor"}) {
		t.Errorf("the roles are %q", roles)
	}
	if today, _, _ := listed("gjerdrum", "--from", "yesterday", "--to", "2100-01-01"); !slices.Equal(today, whole) {
		t.Errorf("since yesterday there are %q", today)
	}
	if none, _, _ := listed("gjerdrum", "--to", "2020-01-01"); none != nil {
		t.Errorf("before 2020 there are %q", none)
	}
	if none, _, _ := listed("gjerdrum", "--from", "2100-01-01"); none != nil {
		t.Errorf("from 2100 on there are %q", none)
	}
	if none, _, _ := listed("gjerdrum", "--account", "kari@example.no"); none != nil {
		t.Errorf("Kari has done %q", none)
	}
	if same, _, _ := listed("gjerdrum", "--by", "command"); !slices.Equal(same, whole) {
		t.Errorf("by commands were done %q, want all of %q", same, whole)
	}
	if none, _, _ := listed("gjerdrum", "--by", "key"); none != nil {
		t.Errorf("with a key was done %q", none)
	}
	if none, _, _ := listed("gjerdrum", "--account", "1"); none != nil {
		t.Errorf("account 1 has done %q", none)
	}
	i.refused(t, 1, "account list", "trail", "list", "gjerdrum", "--account", "99")
	i.refused(t, 2, "person, key", "trail", "list", "gjerdrum", "--by", "nobody")
	i.refused(t, 2, "person, key", "trail", "export", "gjerdrum", "--by", "nobody")
	must(t, "trail", "export", "gjerdrum", "--by", "command", "--site", "gjerdrum", "--account", "1", "--data", i.data)
	if got := i.told(t, "gjerdrum", "trail.export"); !slices.Equal(got, []string{"trail.export person=1 by=command site=gjerdrum"}) {
		t.Errorf("the trail has %q", got)
	}
	if of, _, _ := listed(); len(of) < 2 || of[len(of)-1] != "account.add 2" {
		t.Errorf("the installation has %q", of)
	}
	if table := must(t, "trail", "list", "gjerdrum", "--data", i.data); !strings.Contains(table, "ola@example.no: Auditor") || strings.Contains(table, "person=") {
		t.Errorf("the table names nobody, or in codes:\n%s", table)
	}
	i.refused(t, 2, "2026.1.17", "trail", "list", "gjerdrum", "--before", "yesterday")
	i.refused(t, 2, "--from", "trail", "list", "gjerdrum", "--from", "x")
	i.refused(t, 2, "must lie before", "trail", "list", "--from", "today", "--to", "2020-01-01")
	i.refused(t, 2, "between 1 and 10000", "trail", "list", "-n", "0")
	i.refused(t, 1, "There are: gjerdrum.", "trail", "list", "havet")
	i.refused(t, 1, "account list", "trail", "list", "gjerdrum", "--account", "nils@example.no")
	i.refused(t, 1, "The sites are: gjerdrum.", "trail", "list", "gjerdrum", "--site", "havet")
}

// A trail that somebody has altered does not hold, and the exit code says so.
func TestTrailIsVerifiedOnTheMachine(t *testing.T) {
	i := newInstallation(t)
	must(t, "account", "add", "kari@example.no", "--role", "gjerdrum=administrator", "--data", i.data)
	if said := must(t, "trail", "verify", "--data", i.data); !strings.Contains(said, "All trails hold.") {
		t.Errorf("got %s", said)
	}
	if said := must(t, "trail", "verify", "gjerdrum", "--data", i.data); !strings.Contains(said, "The trail holds.") {
		t.Errorf("got %s", said)
	}
	i.refused(t, 1, "There are: gjerdrum.", "trail", "verify", "havet")
	i.alterTrail(t)
	done := invoke(t, "trail", "verify", "gjerdrum", "--data", i.data)
	if done.code != 1 || !strings.Contains(done.out, "A trail does NOT hold.") {
		t.Errorf("exit code %d: %s%s", done.code, done.out, done.err)
	}
	done = invoke(t, "trail", "verify", "--json", "--data", i.data)
	if done.code != 1 || strings.Count(done.out, `"holds":false`) != 1 || strings.Count(done.out, `"holds":true`) != 1 {
		t.Errorf("exit code %d: %s%s", done.code, done.out, done.err)
	}
}

// The audit of all sites tells how many trails and acts it has read, and what of them
// does not hold. A site or pack has none.
func TestLogVerifyTellsOfTheTrails(t *testing.T) {
	i := newInstallation(t)
	must(t, "account", "add", "kari@example.no", "--role", "gjerdrum=administrator", "--data", i.data)
	said := must(t, "log", "verify", "--data", i.data)
	if !regexp.MustCompile(`(?m)^The audit trails hold: 2 trails, with [2-9] acts\.$`).MatchString(said) {
		t.Errorf("got %s", said)
	}
	if said := must(t, "log", "verify", "gjerdrum", "--data", i.data); strings.Contains(said, "audit trail") {
		t.Errorf("of one site the audit says %s", said)
	}
	if said := must(t, "log", "verify", "gjerdrum", "--json", "--data", i.data); strings.Contains(said, `"trails"`) {
		t.Errorf("of one site the audit says %s", said)
	}
	var audit struct {
		Holds  bool
		Trails []struct {
			Organisation string
			Year, Acts   int
			Holds        bool
			Fault        *string
		}
	}
	read(t, must(t, "log", "verify", "--json", "--data", i.data), &audit)
	if len(audit.Trails) != 2 || audit.Trails[0].Organisation != "" || audit.Trails[1].Organisation != "gjerdrum" || !audit.Trails[1].Holds || audit.Trails[1].Acts == 0 || audit.Trails[1].Fault != nil {
		t.Errorf("got %+v", audit)
	}
	i.alterTrail(t)
	done := invoke(t, "log", "verify", "--data", i.data)
	if done.code != 1 || !strings.Contains(done.out, "the audit trail of gjerdrum: ") || !strings.Contains(done.out, "The audit trails do NOT hold: 1 of 2 trails, with ") || strings.Contains(done.out, "ledger does NOT hold") {
		t.Errorf("exit code %d: %s%s", done.code, done.out, done.err)
	}
	done = invoke(t, "log", "verify", "--json", "--data", i.data)
	read(t, done.out, &audit)
	if done.code != 1 || audit.Holds || audit.Trails[1].Holds || audit.Trails[1].Fault == nil || !audit.Trails[0].Holds {
		t.Errorf("exit code %d: %s%s", done.code, done.out, done.err)
	}
}

// alterTrail changes what an act says, past the program.
func (i installation) alterTrail(t *testing.T) {
	t.Helper()
	db, err := sql.Open("sqlite3", filepath.Join(i.data, "samtykke.db"))
	if err != nil {
		t.Fatal(err)
	}
	var guard string
	if err := db.QueryRowContext(t.Context(), "SELECT sql FROM sqlite_master WHERE name = 'act_is_never_changed'").Scan(&guard); err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), "DROP TRIGGER act_is_never_changed; UPDATE act SET object = '1 viewer' WHERE action = 'account.add' AND object = '1 administrator'; "+guard); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// An act that there is not is refused, and leaves nothing in the trail.
func TestTrailOfNoAct(t *testing.T) {
	i := newInstallation(t)
	for _, verb := range []string{"list", "export"} {
		i.refused(t, 2, "notice.publish", "trail", verb, "gjerdrum", "--act", "nonsense")
		i.refused(t, 2, "log.erase", "trail", verb, "gjerdrum", "--act", "log.earse")
		for _, act := range []string{"log.erase", "account.add", "api.log.exported", "api.draft.save", "site.import"} {
			must(t, "trail", verb, "gjerdrum", "--act", act, "--data", i.data)
		}
	}
	if got := i.told(t, "gjerdrum", "trail.export"); len(got) != 5 {
		t.Errorf("the trail has %q", got)
	}
}

// A long reason does not widen the table, and is whole for a script.
func TestTrailListShortensReasons(t *testing.T) {
	i := newInstallation(t)
	reason := strings.TrimSpace(strings.Repeat("Ny teller på nettstedet. ", 20))
	must(t, "site", "settings", "gjerdrum", "placement=bottom", "--data", i.data)
	must(t, "notice", "publish", "gjerdrum", "--comment", reason, "--data", i.data)
	list := []string{"trail", "list", "gjerdrum", "--act", "notice.publish", "-n", "1", "--data", i.data}
	if table := must(t, list...); strings.Contains(table, reason) || !strings.Contains(table, string([]rune(reason)[:59])+"…  ") {
		t.Errorf("got %s", table)
	}
	var one struct{ Reason string }
	if read(t, must(t, append(list, "--json")...), &one); one.Reason != reason {
		t.Errorf("got %q", one.Reason)
	}
}
