package main_test

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// exported is a line of a JSON Lines export, as strictly as it is written.
type exported struct {
	Schema     string   `json:"schema_version"`
	ID         string   `json:"id"`
	Site       string   `json:"site"`
	Hosts      []string `json:"scope_hosts"`
	Event      string   `json:"event_type"`
	Entity     string   `json:"entity"`
	Time       string   `json:"time"`
	Visitor    string   `json:"visitor"`
	State      string   `json:"state"`
	Method     string   `json:"method"`
	Layer      string   `json:"layer"`
	Language   string   `json:"language"`
	Previous   *string  `json:"previous"`
	GPC        bool     `json:"gpc"`
	Skew       int64    `json:"skew_seconds"`
	ValidUntil string   `json:"valid_until"`
	Notice     int      `json:"notice"`
	NoticeHash string   `json:"notice_hash"`
	Bundle     string   `json:"bundle"`
	BundleHash string   `json:"bundle_hash"`
	Frozen     bool     `json:"frozen"`
	Choice     struct {
		Categories map[string]bool `json:"categories"`
		Services   map[string]bool `json:"services"`
	} `json:"choice"`
}

func (i installation) exported(t *testing.T, filters ...string) []exported {
	t.Helper()
	args := append([]string{"log", "export", "gjerdrum", "--format", "jsonl", "--data", i.data}, filters...)
	lines := json.NewDecoder(strings.NewReader(must(t, args...)))
	lines.DisallowUnknownFields()
	var all []exported
	for {
		var one exported
		err := lines.Decode(&one)
		if err == io.EOF {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, one)
	}
}

// TestF1_AnAdministratorSeesADecisionAtOnce goes the whole way: import,
// publish, serve, a visitor's decision, the log, both exports.
func TestF1_AnAdministratorSeesADecisionAtOnce(t *testing.T) {
	i := newInstallation(t)
	server := i.start(t)
	bundle := exampleBundle(t)
	yes := newPost(bundle, "accept_all", true)
	yes.accepted(t, server.url)
	no := newPost(bundle, "withdraw", false)
	no.Token, no.Previous, no.GPC, no.Layer = yes.Token, yes.ID, true, "page"
	no.Choice["services"] = map[string]bool{"statistics/billettlosning": false}
	no.accepted(t, server.url)

	listed := must(t, "log", "list", "gjerdrum", "--json", "--data", i.data)
	if exportedText := must(t, "log", "export", "gjerdrum", "--format", "jsonl", "--data", i.data); listed != exportedText {
		t.Errorf("list and export differ:\n%s\n%s", listed, exportedText)
	}
	all := i.exported(t)
	if len(all) != 2 || all[0].ID != yes.ID || all[1].ID != no.ID {
		t.Fatalf("the log does not hold the two decisions in order: %+v", all)
	}
	first, second := all[0], all[1]
	if first.State != "given" || second.State != "withdrawn" || *second.Previous != yes.ID || first.Previous != nil {
		t.Errorf("not a grant followed by its withdrawal: %+v %+v", first, second)
	}
	if first.Visitor != second.Visitor || strings.Contains(first.Visitor, yes.Token) {
		t.Error("the visitor is not the same pseudonym twice, or it is the token itself")
	}
	if !first.Choice.Categories["statistics"] || second.Choice.Services["statistics/billettlosning"] || !second.GPC {
		t.Errorf("the choices are not those that were sent: %+v %+v", first, second)
	}
	if first.Notice != 1 || len(first.NoticeHash) != 64 || first.Bundle != bundle || len(first.BundleHash) != 64 {
		t.Errorf("what the visitor saw is not named: %+v", first)
	}
	hosts := []string{"www.gjerdrum.kommune.no", "gjerdrum.kommune.no"}
	if first.Schema != "consent-event/1" || first.Event != "expressed" || first.Entity != "subject" || !slices.Equal(first.Hosts, hosts) {
		t.Errorf("the record does not say what it is of: %+v", first)
	}
	at, err := time.Parse(time.RFC3339, first.Time)
	if until, err2 := time.Parse(time.RFC3339, first.ValidUntil); err != nil || err2 != nil || !until.Equal(at.AddDate(1, 0, 0)) {
		t.Errorf("valid until %s, a year after %s was expected", first.ValidUntil, first.Time)
	}
	table := must(t, "log", "list", "gjerdrum", "--data", i.data)
	if !strings.Contains(table, "TIME") || !strings.Contains(table, no.ID) || strings.Contains(table, "\x1b") {
		t.Errorf("the table for people is not one:\n%s", table)
	}
	compareCSV(t, must(t, "log", "export", "gjerdrum", "--data", i.data), all)
	checkFilters(t, i, yes.ID, no.ID)
	if code := server.stop(syscall.SIGTERM); code != 0 {
		t.Errorf("a graceful stop gives exit code %d:\n%s", code, server.log)
	}
}

// compareCSV checks that a CSV export says what the JSON Lines say.
func compareCSV(t *testing.T, text string, all []exported) {
	t.Helper()
	if strings.Count(text, "\r\n") != len(all)+1 {
		t.Error("lines do not end as RFC 4180 has it")
	}
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || len(rows) != len(all)+1 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for n, row := range rows[1:] {
		got, want := map[string]string{}, all[n]
		for column, title := range rows[0] {
			got[title] = consent.ActiveCell(row[column]) // a bundle's name may begin like a formula
		}
		previous := ""
		if want.Previous != nil {
			previous = *want.Previous
		}
		granted, denied := []string{}, []string{}
		for _, answers := range []map[string]bool{want.Choice.Categories, want.Choice.Services} {
			for key, yes := range answers {
				if yes {
					granted = append(granted, key)
				} else {
					denied = append(denied, key)
				}
			}
		}
		slices.Sort(granted)
		slices.Sort(denied)
		for title, value := range map[string]string{
			"schema_version": want.Schema, "scope_hosts": strings.Join(want.Hosts, " "), "event_type": want.Event, "entity": want.Entity,
			"id": want.ID, "site": want.Site, "time": want.Time, "visitor": want.Visitor,
			"state": want.State, "method": want.Method, "layer": want.Layer, "language": want.Language,
			"granted": strings.Join(granted, " "), "denied": strings.Join(denied, " "), "previous": previous,
			"gpc": strconv.FormatBool(want.GPC), "skew_seconds": strconv.FormatInt(want.Skew, 10), "valid_until": want.ValidUntil,
			"notice": strconv.Itoa(want.Notice), "notice_hash": want.NoticeHash, "bundle": want.Bundle, "bundle_hash": want.BundleHash,
		} {
			if got[title] != value {
				t.Errorf("row %d, %s: %q in CSV, %q in JSON Lines", n, title, got[title], value)
			}
		}
	}
}

func checkFilters(t *testing.T, i installation, yes, no string) {
	t.Helper()
	today := time.Now().UTC().Format(time.DateOnly)
	for _, test := range []struct {
		filters string
		ids     []string
	}{
		{"--category=statistics", []string{yes}},
		{"--method=withdraw", []string{no}},
		{"--receipt=" + yes, []string{yes}},
		{"--receipt=" + yes + " --method=withdraw", nil},
		{"--from=" + today, []string{yes, no}},
		{"--to=2026-01-01", nil},
		{"--day=2026-01-01", nil},
		{"--from=2026-01-01 --to=2999-12-31", []string{yes, no}},
	} {
		var ids []string
		for _, one := range i.exported(t, strings.Fields(test.filters)...) {
			ids = append(ids, one.ID)
		}
		if !slices.Equal(ids, test.ids) {
			t.Errorf("%s gives %v, want %v", test.filters, ids, test.ids)
		}
	}
	wrong := invoke(t, "log", "list", "gjerdrum", "--category", "statistic", "--data", i.data)
	if wrong.code != 1 || !strings.Contains(wrong.err, "statistics") {
		t.Errorf("a category that is not there should name those that are: %+v", wrong)
	}
}

// TestOneShowingEndsWithIt: a grant for one showing is no standing consent in
// either export.
func TestOneShowingEndsWithIt(t *testing.T) {
	i := newInstallation(t)
	server := i.start(t)
	once := newPost(exampleBundle(t), "placeholder_once", false)
	once.Layer = "placeholder"
	once.Choice["services"] = map[string]bool{"marketing/youtube": true}
	once.accepted(t, server.url)
	all := i.exported(t)
	if len(all) != 1 || all[0].ValidUntil != "" {
		t.Errorf("the export says %+v", all)
	}
	compareCSV(t, must(t, "log", "export", "gjerdrum", "--data", i.data), all)
}

func TestPublishingIsSeenByTheRunningServer(t *testing.T) {
	i := newInstallation(t)
	server := i.start(t)
	before := fetch(t, server.url+"/gjerdrum.js")
	if done := i.edit(t, "accent: \"#14532d\"", "accent: \"#7f1d1d\""); done.code != 0 {
		t.Fatal(done.err)
	}
	said := must(t, "notice", "publish", "--no-pictures", "gjerdrum", "--data", i.data)
	if !strings.Contains(said, "notice 2") || !strings.Contains(said, "Nobody is asked again") {
		t.Errorf("publishing says: %s", said)
	}
	shorter := i.edit(t, "validity: P1Y", "validity: P6M")
	if said := must(t, "notice", "diff", "gjerdrum", "--data", i.data); shorter.code != 0 || !strings.Contains(said, "older than 6 months") || strings.Contains(said, "Nobody is asked again") {
		t.Errorf("a shorter validity ends older answers, but the difference says: %s", said)
	}
	i.edit(t, "accent: \"#14532d\"", "accent: \"#7f1d1d\"")
	end := time.Now().Add(patience)
	for fetch(t, server.url+"/gjerdrum.js") == before {
		if time.Now().After(end) {
			t.Fatal("the running server never shows the new notice")
		}
		<-time.After(50 * time.Millisecond)
	}
	if said := must(t, "notice", "publish", "--no-pictures", "gjerdrum", "--data", i.data); !strings.Contains(said, "nothing new") {
		t.Errorf("publishing the same draft again says: %s", said)
	}
}

func fetch(t *testing.T, address string) string {
	t.Helper()
	response, err := localClient.Get(loopback(address))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s, %v", address, response.Status, err)
	}
	return string(body)
}

func TestServeRefusesWithAReason(t *testing.T) {
	i := newInstallation(t)
	server := i.start(t)
	second := invoke(t, "serve", "--data", i.data, "--listen", "127.0.0.1:0")
	if second.code != 1 || !strings.Contains(second.err, "another samtykke server") {
		t.Errorf("a second server on the same database: %+v", second)
	}
	other := newInstallation(t)
	taken := invoke(t, "serve", "--data", other.data, "--listen", strings.TrimPrefix(server.url, "http://"))
	if taken.code != 1 || !strings.Contains(taken.err, "--listen") {
		t.Errorf("a port in use: %+v", taken)
	}
}
