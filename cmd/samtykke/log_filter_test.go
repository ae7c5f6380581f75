package main_test

import (
	"encoding/json"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
)

// TestListsByWhatThePageHas: log list and log export choose by language and notice, and
// list finds a visitor by the token, as the page does; what the site never had is refused.
func TestListsByWhatThePageHas(t *testing.T) {
	i := newInstallation(t)
	server := i.start(t)
	mine, other := newPost(exampleBundle(t), "accept_all", true), newPost(exampleBundle(t), "reject_all", false)
	other.Language = "nb"
	decide(t, server, mine)
	decide(t, server, other)
	lists := func(out string, has, lacks post) {
		t.Helper()
		if !strings.Contains(out, has.ID) || strings.Contains(out, lacks.ID) {
			t.Errorf("%q", out)
		}
	}
	for _, verb := range []string{"list", "export"} {
		lists(must(t, "log", verb, "gjerdrum", "--language", "nn", "--notice", "1", "--data", i.data), mine, other)
		lists(must(t, "log", verb, "gjerdrum", "--language", "nb", "--data", i.data), other, mine)
		for flags, want := range map[string]struct {
			code int
			says string
		}{
			"--language de":             {1, "never came in the language"},
			"--language <b>":            {2, "is no language"},
			"--notice 2":                {1, "has no notice 2"},
			"--notice 0":                {2, "is no number of a notice"},
			"--notice 9999999999999999": {2, "is no number of a notice"},
		} {
			args := append([]string{"log", verb, "gjerdrum", "--data", i.data}, strings.Fields(flags)...)
			if done := invoke(t, args...); done.code != want.code || !strings.Contains(done.err, want.says) || done.out != "" {
				t.Errorf("%v: %+v", args, done)
			}
		}
	}
	if done := invoke(t, "log", "export", "gjerdrum", "--public", "--notice", "1", "--data", i.data); done.code != 2 {
		t.Errorf("a public file of one notice: %+v", done)
	}
	begun := filepath.Join(t.TempDir(), "one.csv")
	must(t, "log", "export", "gjerdrum", "--resume", "--language", "nb", "-o", begun, "--data", i.data)
	found := invokeWith(t, mine.Token+"\n", "log", "list", "gjerdrum", "--token-file", "-", "--data", i.data)
	if found.code != 0 {
		t.Fatalf("%+v", found)
	}
	lists(found.out, mine, other)
	if trail := must(t, "trail", "list", "gjerdrum", "--data", i.data, "--json"); !strings.Contains(trail, `"log.find"`) || strings.Contains(trail, mine.Token) {
		t.Error("the trail does not know that a visitor was looked for, or knows the token")
	}
	if done := invokeWith(t, mine.Token, "log", "list", "gjerdrum", "--token-file", "-", "--day", "today", "--data", i.data); done.code != 2 {
		t.Errorf("a token beside a day: %+v", done)
	}
	if done := invokeWith(t, mine.Token[1:], "log", "list", "gjerdrum", "--token-file", "-", "--data", i.data); done.code != 2 || strings.Contains(done.err, mine.Token[1:]) {
		t.Errorf("half a token: %+v", done)
	}
}

// TestListTellsOfErasure: whoever looks for a decision that was erased is told when, by
// whom and on which ground, and for one that never was, nothing.
func TestListTellsOfErasure(t *testing.T) {
	i := newInstallation(t)
	server := i.start(t)
	mine, other := newPost(exampleBundle(t), "accept_all", true), newPost(exampleBundle(t), "reject_all", false)
	decide(t, server, mine)
	decide(t, server, other)
	must(t, "log", "erase", "gjerdrum", "--receipt", mine.ID, "--reason", "unlawful", "--yes", "--data", i.data)
	request, err := http.NewRequestWithContext(t.Context(), http.MethodDelete, server.url+"/gjerdrum/me", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+other.Token)
	response, err := localClient.Do(request)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatal(err, response)
	}
	_ = response.Body.Close()
	list := func(id string, more ...string) string {
		t.Helper()
		return must(t, append([]string{"log", "list", "gjerdrum", "--receipt", id, "--data", i.data}, more...)...)
	}
	for id, says := range map[string][]string{
		mine.ID:  {"was erased on ", "by those who run the site", "unlawful (d): it should not have been kept"},
		other.ID: {"was erased on ", "by the visitor", "none given"},
	} {
		for _, want := range says {
			if out := list(id); !strings.Contains(out, want) {
				t.Errorf("%q lacks %q", out, want)
			}
		}
	}
	var left map[string]any
	if err := json.Unmarshal([]byte(list(mine.ID, "--json")), &left); err != nil || left["id"] != mine.ID || left["erased_by"] != "operator" || left["erased_ground"] != "unlawful" || left["erased"] == "" {
		t.Errorf("%v %v", left, err)
	}
	never := newPost("", "", false).ID
	if list(never) != "No decisions.\n" || list(never, "--json") != "" {
		t.Error("of a decision that never was it tells something")
	}
}
