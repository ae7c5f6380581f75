package main_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestRequestTellsWhatWasDone: what was done for the sake of a request stands in its history
// in order, with who did it and its place in the audit trail; what was done for none does not.
func TestRequestTellsWhatWasDone(t *testing.T) {
	i := newInstallation(t)
	made := newPost(exampleBundle(t), "accept_all", true)
	decide(t, i.start(t), made)
	id, other := i.ask(t, "--kind", "erasure", "--receipt", made.ID).ID, i.ask(t, "--kind", "access", "--receipt", made.ID).ID
	of, sake := []string{"gjerdrum", "--receipt", made.ID, "--data", i.data}, []string{"--request", id}
	do := func(words []string, more ...string) {
		t.Helper()
		must(t, append(append(words, of...), more...)...)
	}
	do([]string{"request", "answer"}, append(slices.Clone(sake), "-o", filepath.Join(t.TempDir(), "answer.html"))...)
	do([]string{"log", "freeze"}, append(slices.Clone(sake), "--why", "2026/1")...)
	do([]string{"log", "release"}, append(slices.Clone(sake), "--why", "2026/2", "--yes")...)
	do([]string{"log", "freeze"}, "--why", "2026/3")
	do([]string{"log", "release"}, "--why", "2026/3", "--yes")
	do([]string{"log", "erase"}, append(slices.Clone(sake), "--reason", "withdrawn", "--yes")...)
	must(t, "request", "close", "gjerdrum", id, "--outcome", "granted", "--data", i.data)

	said := must(t, "request", "show", "gjerdrum", id, "--data", i.data)
	_, history, _ := strings.Cut(said, "IN TRAIL")
	at := 0
	for _, step := range []string{"received", "request.answer", "log.freeze", "2026/1", "log.release", "2026/2", "log.erase", "ground=withdrawn", "answered"} {
		found := strings.Index(history[at:], step)
		if found < 0 {
			t.Fatalf("%s is not told, or not in its place:\n%s", step, said)
		}
		at += found
	}
	if strings.Contains(history, "2026/3") || strings.Count(history, "command") != 6 || strings.Contains(history, "request="+id) {
		t.Errorf("it tells what was done for nobody's sake, not by whom, or of itself:\n%s", said)
	}
	if slices.Contains(strings.Fields(history), "-") || strings.Count(history, "–") < 6 {
		t.Errorf("an empty cell is not told as one:\n%s", history)
	}
	if said := must(t, "request", "show", "gjerdrum", other, "--data", i.data); strings.Contains(said, "log.freeze") {
		t.Errorf("another's history has it:\n%s", said)
	}
	var told struct {
		Done []struct{ Action, By, Place string }
	}
	read(t, must(t, "request", "show", "gjerdrum", id, "--json", "--data", i.data), &told)
	if len(told.Done) != 4 || told.Done[0].Action != "request.answer" || told.Done[3].Action != "log.erase" || told.Done[3].By != "command" {
		t.Errorf("programs read %+v", told.Done)
	}
	if done := invoke(t, append([]string{"request", "answer", "gjerdrum", "--request", made.ID}, of[1:]...)...); done.code == 0 {
		t.Error("an answer to no request was made")
	}
}
