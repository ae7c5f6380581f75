package main_test

import (
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"github.com/samtykke/samtykke/consent"
)

// TestFreeze (requirement H4): what the operator or the visitor has frozen
// survives expiry and log erase, is marked in every export, and only its owner
// can erase it without releasing it first.
func TestFreeze(t *testing.T) {
	i := newInstallation(t)
	server := i.start(t)
	mine, other := newPost(exampleBundle(t), "accept_all", true), newPost(exampleBundle(t), "reject_all", false)
	decide(t, server, mine)
	decide(t, server, other)
	i.old(t, 1, 3)
	old := oldID(1).String()

	fails := func(code int, says string, args ...string) {
		t.Helper()
		if done := invoke(t, append(args, "--data", i.data)...); done.code != code || !strings.Contains(done.err, says) {
			t.Errorf("%v: %+v", args, done)
		}
	}
	fails(1, "no such decision", "log", "freeze", "gjerdrum", "--why", "Case 2026/1234", "--receipt", newPost("", "", false).ID)
	fails(2, "one of", "log", "freeze", "gjerdrum", "--why", "Case 2026/1234", "--receipt", old, "--reason", "hearsay")
	fails(2, "--why", "log", "freeze", "gjerdrum", "--receipt", old, "--reason", "claim")
	fails(2, "--why", "log", "freeze", "gjerdrum", "--receipt", old, "--reason", "claim", "--why", strings.Repeat("x", 501))
	fails(2, "--token-file", "log", "freeze", "gjerdrum", "--why", "Case 2026/1234", "--token-file", "-")

	must(t, "log", "freeze", "gjerdrum", "--why", "Case 2026/1234", "--receipt", old, "--reason", "claim", "--data", i.data)
	done := invokeWith(t, mine.Token+"\n", "log", "freeze", "gjerdrum", "--why", "Case 2026/1234", "--token-file", "-", "--data", i.data)
	if done.code != 0 || !strings.Contains(done.out, "1 frozen, of 1 made from") {
		t.Errorf("freezing by a token on standard input: %+v", done)
	}
	if trail := must(t, "trail", "list", "gjerdrum", "--json", "--data", i.data); !strings.Contains(trail, "Case 2026/1234") {
		t.Error("the trail does not tell why they were frozen")
	}
	wantMarked(t, i, old, mine.ID)
	wantMarkedForOthers(t, i, old, mine.ID)
	if said := fetchAs(t, server.url+"/gjerdrum/me", mine.Token); !strings.Contains(said, `"frozen":true`) {
		t.Errorf("the visitor is told %s", said)
	}

	fails(1, "Nothing would be erased: 1 of 1", "log", "erase", "gjerdrum", "--receipt", mine.ID)
	fails(1, "Nothing was erased", "log", "erase", "gjerdrum", "--receipt", mine.ID, "--reason", "not_needed", "--yes")
	must(t, "log", "expire", "gjerdrum", "--yes", "--data", i.data)
	wantMarked(t, i, old, mine.ID)
	if said := must(t, "log", "release", "gjerdrum", "--receipt", old, "--data", i.data); !strings.Contains(said, "1 would be released") {
		t.Errorf("without --yes it says %q", said)
	}
	wantMarked(t, i, old, mine.ID)
	for _, reason := range []string{"", " ", "Case \u202e1", strings.Repeat("x", 501)} {
		fails(2, "--why", "log", "release", "gjerdrum", "--receipt", old, "--why", reason, "--yes")
	}
	wantMarked(t, i, old, mine.ID)
	must(t, "log", "release", "gjerdrum", "--receipt", old, "--why", "The claim is settled", "--yes", "--data", i.data)
	if trail := must(t, "trail", "list", "gjerdrum", "--json", "--data", i.data); !strings.Contains(trail, "The claim is settled") {
		t.Error("the trail does not tell why the freeze ended")
	}
	fails(1, "Nothing was changed: none of 1", "log", "release", "gjerdrum", "--receipt", old, "--why", "Case 2026/1234", "--yes")
	must(t, "log", "expire", "gjerdrum", "--yes", "--data", i.data)
	wantMarked(t, i, mine.ID)

	request, err := http.NewRequestWithContext(t.Context(), http.MethodDelete, server.url+"/gjerdrum/me", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+mine.Token)
	response, err := localClient.Do(request)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatal(err, response)
	}
	_ = response.Body.Close()
	wantMarked(t, i)
	if left := i.exported(t); len(left) != 1 || left[0].ID != other.ID {
		t.Errorf("left is %+v", left)
	}
	must(t, "log", "verify", "--data", i.data)
}

// TestVisitorReleasesOnlyWhatWasAsked: what the operator froze for a legal claim
// stays frozen when the visitor releases, and freezes and releases again.
func TestVisitorReleasesOnlyWhatWasAsked(t *testing.T) {
	i := newInstallation(t)
	server := i.start(t)
	mine := newPost(exampleBundle(t), "accept_all", true)
	decide(t, server, mine)
	own := func(method string) {
		t.Helper()
		request, err := http.NewRequestWithContext(t.Context(), method, server.url+"/gjerdrum/me/frozen", http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Authorization", "Bearer "+mine.Token)
		response, err := localClient.Do(request)
		if err != nil || response.StatusCode != http.StatusOK {
			t.Fatal(err, response)
		}
		_ = response.Body.Close()
	}
	must(t, "log", "freeze", "gjerdrum", "--why", "Case 2026/1234", "--receipt", mine.ID, "--reason", "claim", "--data", i.data)
	for _, method := range []string{http.MethodDelete, http.MethodPut, http.MethodDelete} {
		own(method)
		wantMarked(t, i, mine.ID)
	}
	must(t, "log", "release", "gjerdrum", "--receipt", mine.ID, "--why", "Case 2026/1234", "--yes", "--data", i.data)
	own(http.MethodPut)
	wantMarked(t, i, mine.ID)
	own(http.MethodDelete)
	wantMarked(t, i)

	own(http.MethodPut)
	claim := []string{"log", "freeze", "gjerdrum", "--why", "Case 2026/1234", "--receipt", mine.ID, "--reason", "claim", "--data", i.data}
	if said := must(t, claim...); !strings.Contains(said, "1 frozen, of 1 made from") {
		t.Errorf("a claim on what the visitor froze first: %s", said)
	}
	own(http.MethodDelete)
	wantMarked(t, i, mine.ID)
	if done := invoke(t, claim...); done.code != 1 || done.out != "" || !strings.Contains(done.err, "Nothing was changed: 1 of 1 made from") {
		t.Errorf("a claim on what is frozen for one: %+v", done)
	}
	must(t, "log", "verify", "--data", i.data)
}

// wantMarkedForOthers asserts the same of the formats that programs of others read,
// and that the schema asks for the mark.
func wantMarkedForOthers(t *testing.T, i installation, ids ...string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "log.parquet")
	must(t, "log", "export", "gjerdrum", "--format", "parquet", "-o", path, "--data", i.data)
	rows, err := parquet.ReadFile[struct {
		ID     [16]byte `parquet:"id,uuid"`
		Frozen bool     `parquet:"frozen"`
	}](path)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if id := consent.DecisionID(row.ID).String(); row.Frozen != slices.Contains(ids, id) {
			t.Errorf("Parquet says of %s that it is frozen: %v", id, row.Frozen)
		}
	}
	schema := compile(t, must(t, "log", "schema"))
	for line := range strings.Lines(must(t, "log", "export", "gjerdrum", "--format", "jsonld", "--data", i.data)) {
		record := parsed(t, line)
		if record["@type"] != "dpv:ConsentRecord" {
			continue
		}
		id, _ := record["dpv:hasIdentifier"].(string)
		frozen := slices.Contains(ids, id)
		if record["samtykke:frozen"] != frozen || (record["dpv:hasRight"] == "eu-gdpr:A18") != frozen || id == ids[len(ids)-1] && schema.Validate(record) != nil {
			t.Errorf("JSON-LD should say that %s is frozen: %v\n%s", id, frozen, line)
		}
		record["samtykke:frozen"] = !frozen
		if schema.Validate(record) == nil {
			t.Errorf("the schema is content when the mark and the right differ:\n%s", line)
		}
	}
}

// wantMarked asserts that exactly these decisions are marked as frozen, in both
// formats of the export.
func wantMarked(t *testing.T, i installation, ids ...string) {
	t.Helper()
	for format, mark := range map[string]string{"csv": ",true\r\n", "jsonl": `"frozen":true}` + "\n"} {
		found := 0
		for line := range strings.Lines(must(t, "log", "export", "gjerdrum", "--format", format, "--data", i.data)) {
			if !strings.HasSuffix(line, mark) {
				continue
			}
			found++
			named := false
			for _, id := range ids {
				named = named || strings.Contains(line, id)
			}
			if !named {
				t.Errorf("%s marks %s", format, line)
			}
		}
		if found != len(ids) {
			t.Errorf("%s marks %d decisions, want %d", format, found, len(ids))
		}
	}
	list := must(t, "log", "list", "gjerdrum", "--data", i.data)
	for _, id := range ids {
		if !strings.Contains(list, id+"  yes\n") {
			t.Errorf("log list does not mark %s:\n%s", id, list)
		}
	}
	if strings.Count(list, "  yes\n") != len(ids) {
		t.Errorf("log list marks others than %v:\n%s", ids, list)
	}
}
