package main

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

// The list of an organisation is tried as the page tries it: each address is told of, and
// the trail knows that it was done and to how many.
func TestRecipientsAreTried(t *testing.T) {
	data := t.TempDir()
	run := func(args []string, environ ...string) (int, string) {
		t.Helper()
		var out bytes.Buffer
		code := run(t.Context(), append(args, "--data", data), &terminal{out: &out, err: &out, clock: time.Now, environ: environ})
		return code, out.String()
	}
	if code, said := run([]string{"organisation", "add", "Gjerdrum", "--id", "gjerdrum", "--number", "974760673"}); code != exitDone {
		t.Fatalf("%d %s", code, said)
	}
	try := []string{"recipients", "test", "gjerdrum"}
	dead := []string{"SAMTYKKE_NOTIFY_MAIL_SERVER=127.0.0.1:1", "SAMTYKKE_NOTIFY_MAIL_FROM=a@kommunen.example", "SAMTYKKE_NOTIFY_TO=c@kommunen.example"}
	if code, said := run(try); code != exitFailure || !strings.Contains(said, "notify.mail.server") {
		t.Errorf("without a mail server: %d %s", code, said)
	}
	if code, said := run(try, dead...); code != exitFailure || !strings.Contains(said, "samtykke recipients set gjerdrum") {
		t.Errorf("without a list: %d %s", code, said)
	}
	if code, said := run([]string{"trail", "list", "gjerdrum"}); code != exitDone || strings.Contains(said, "recipients.try") {
		t.Errorf("the trail tells of what was not sent: %d %s", code, said)
	}
	if code, said := run([]string{"recipients", "set", "gjerdrum", "b@kommunen.example"}); code != exitDone {
		t.Fatalf("%d %s", code, said)
	}
	code, said := run(try, dead...)
	if code != exitFailure || !strings.Contains(said, "b@kommunen.example: NOT sent.") || strings.Contains(said, "c@kommunen.example: ") {
		t.Errorf("%d %s", code, said)
	}
	if code, said := run([]string{"trail", "list", "gjerdrum"}); code != exitDone || !strings.Contains(said, "organisation.recipients.try  –     1 in the list") {
		t.Errorf("the trail: %d %s", code, said)
	}
	if code, said := run([]string{"recipients", "test", "havet"}, dead...); code != exitFailure || !strings.Contains(said, "There are: gjerdrum.") {
		t.Errorf("another's: %d %s", code, said)
	}
}
