package main_test

import (
	"database/sql"
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

// acted gives what a trail has of commands on the machine since the last time, oldest
// first: action and object.
func (i installation) acted(t *testing.T, organisation consent.OrganisationID, seen *int) []string {
	t.Helper()
	store := i.open(t)
	defer store.Close()
	acts, err := store.Acts(t.Context(), consent.TrailQuery{Organisation: organisation, Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	slices.Reverse(acts)
	var said []string
	for _, act := range acts[*seen:] {
		if act.Account != 0 || act.Time.IsZero() || organisation != "" && act.Site != "gjerdrum" {
			t.Errorf("%+v", act)
		}
		said = append(said, strings.TrimSpace(act.Action+" "+act.Object))
	}
	*seen = len(acts)
	return said
}

// What a verb changes, takes out or shows of the log stands in the audit trail, and what
// only looks elsewhere, or fails, does not.
func TestVerbsAreInTheTrail(t *testing.T) {
	i := newInstallation(t)
	for n := range byte(3) {
		i.old(t, n+1, 6)
	}
	receipt, file := oldID(1).String(), filepath.Join(t.TempDir(), "out")
	var ofTheirs, ofAll int
	i.acted(t, "gjerdrum", &ofTheirs)
	i.acted(t, "", &ofAll)
	var request struct{ ID, Received string }
	for _, test := range []struct {
		args string
		want []string
	}{
		{"log list gjerdrum", []string{"log.read decisions=3"}},
		{"log list gjerdrum -n 2 --language nb", []string{"log.read decisions=2 language=nb"}},
		{"log list gjerdrum --day 2001-01-01", nil},
		{"log verify gjerdrum", nil},
		{"site export gjerdrum -o " + file + ".yaml", nil},
		{"log prove gjerdrum " + receipt + " -o " + file + ".tlog-proof", []string{"log.receipt " + receipt}},
		{"log rotate gjerdrum", []string{"log.rotate"}},
		{"log freeze gjerdrum --receipt " + receipt + " --reason claim --why 2026/1234", []string{"log.freeze " + receipt}},
		{"log release gjerdrum --receipt " + receipt, nil},
		{"log release gjerdrum --receipt " + receipt + " --why 2026/1234 --yes", []string{"log.release " + receipt}},
		{"log export gjerdrum -o " + file + ".csv", []string{"log.export form=csv", "log.exported form=csv decisions=3"}},
		{"log export gjerdrum --public --day 2016-01-01 -o " + file + ".public", []string{"log.export form=public day=2016-01-01", "log.exported form=public decisions=0 day=2016-01-01"}},
		{"log pack gjerdrum -o " + file + ".zip", []string{"log.exported form=pack"}},
		{"request answer gjerdrum --receipt " + receipt + " -o " + file + ".html", []string{"request.answer decisions=1"}},
		{"request add gjerdrum --kind access --channel letter --json", []string{"request.add REQUEST"}},
		{"log freeze gjerdrum --receipt " + receipt + " --reason claim --why 2026/1234 --request REQUEST", []string{"log.freeze " + receipt + " request=REQUEST"}},
		{"log release gjerdrum --receipt " + receipt + " --request REQUEST", nil},
		{"log release gjerdrum --receipt " + receipt + " --why 2026/1234 --request REQUEST --yes", []string{"log.release " + receipt + " request=REQUEST"}},
		{"log erase gjerdrum --receipt " + receipt, nil},
		{"log erase gjerdrum --receipt " + receipt + " --request REQUEST", nil},
		{"log erase gjerdrum --receipt " + receipt + " --reason unlawful --request REQUEST --yes", []string{"log.erase " + receipt + " ground=unlawful request=REQUEST"}},
		{"log expire gjerdrum", nil},
		{"log expire gjerdrum --yes --trust-clock", []string{"log.expire decisions=2"}},
		{"log expire gjerdrum --yes", nil},
		{"request extend gjerdrum REQUEST --ground complexity", []string{"request.extend REQUEST ground=complexity day=DAY"}},
		{"request close gjerdrum REQUEST --outcome granted", []string{"request.close REQUEST outcome=granted day=DAY"}},
		{"site import " + exampleFile, nil}, // the draft says so already
	} {
		out := must(t, append(strings.Fields(strings.ReplaceAll(test.args, "REQUEST", request.ID)), "--data", i.data)...)
		if strings.HasPrefix(test.args, "request add") {
			if err := json.Unmarshal([]byte(out), &request); err != nil {
				t.Fatal(err)
			}
		}
		var want []string
		for _, each := range test.want {
			want = append(want, strings.NewReplacer("REQUEST", request.ID, "DAY", request.Received).Replace(each))
		}
		if got := i.acted(t, "gjerdrum", &ofTheirs); !slices.Equal(got, want) {
			t.Errorf("samtykke %s: the trail has %q, want %q", test.args, got, want)
		}
	}
	i.edit(t, "Gjerdrum kommune", "Gjerdrum kommune!")
	i.publishWithoutBrowser(t)
	if got, want := i.acted(t, "gjerdrum", &ofTheirs), []string{"draft.import", "notice.publish notice=2"}; !slices.Equal(got, want) {
		t.Errorf("publishing: the trail has %q, want %q", got, want)
	}
	for _, args := range []string{"account add kari@example.no --operator", "account add ola@example.no --operator", "account reset kari@example.no", "account close kari@example.no", "account close kari@example.no --open"} {
		must(t, append(strings.Fields(args), "--data", i.data)...)
	}
	if got, want := i.acted(t, "", &ofAll), []string{"account.add 1", "account.add 2", "account.link 1", "account.close 1", "account.open 1"}; !slices.Equal(got, want) {
		t.Errorf("accounts: the trail has %q, want %q", got, want)
	}
	must(t, "db", "migrate", "--data", i.data)
	if got := i.acted(t, "", &ofAll); got != nil {
		t.Errorf("a migration that changed nothing: the trail has %q", got)
	}
	for _, lang := range web.AdminLanguages {
		words, _ := web.AdminWordsIn(lang)
		for _, action := range []string{"log_receipt", "log_rotate", "db_migrate", "db_restore", "account_add", "log_expire", "draft_import", "log_exported", "origin_add", "origin_remove", "account_logout"} {
			if words["act_"+action] == "" {
				t.Errorf("%s: %s has no words", lang, action)
			}
		}
	}
}

// Whoever gets a role from a command stands in the trail of the organisation.
func TestRolesFromCommandsAreInTheTrail(t *testing.T) {
	i := newInstallation(t)
	must(t, "account", "add", "kari@example.no", "--role", "gjerdrum=auditor", "--data", i.data)
	store := i.open(t)
	defer store.Close()
	acts, err := store.Acts(t.Context(), consent.TrailQuery{Organisation: "gjerdrum", Action: "account.add", Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	if len(acts) != 1 || acts[0].Object != "1 auditor" || acts[0].Account != 0 {
		t.Errorf("the trail has %+v", acts)
	}
}

// What is done to the database as a whole stands in the trail of the installation.
func TestVerbsOfDatabasesAreInTheTrail(t *testing.T) {
	i := newInstallation(t)
	var seen int
	i.acted(t, "", &seen)
	backup := filepath.Join(t.TempDir(), "backup.db")
	must(t, "db", "backup", backup, "--data", i.data)
	must(t, "db", "restore", backup, "--data", i.data)
	if got, want := i.acted(t, "", &seen), []string{"db.restore backup.db"}; !slices.Equal(got, want) {
		t.Errorf("putting a backup back: the trail has %q, want %q", got, want)
	}
	db, err := sql.Open("sqlite3", filepath.Join(i.data, "samtykke.db"))
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{"ALTER TABLE invitation DROP COLUMN made_with", "ALTER TABLE login DROP COLUMN name", "ALTER TABLE frozen DROP COLUMN why", "DROP TABLE given_day", "DROP TABLE repeat", "ALTER TABLE act DROP COLUMN changes", "DROP TRIGGER services_are_published", "DROP TABLE published_service", "ALTER TABLE site DROP COLUMN review_months", "DROP INDEX site_entry", "DROP INDEX act_by_action", "DELETE FROM goose_db_version WHERE version_id >= 30"} {
		if _, err := db.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	must(t, "db", "migrate", "--data", i.data)
	if got := i.acted(t, "", &seen); len(got) != 1 || !strings.HasPrefix(got[0], "db.migrate 29 ") {
		t.Errorf("a migration: the trail has %q", got)
	}
}
