package main_test

import (
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/samtykke/samtykke/storage/ledger"
)

// TestAuditorWithALaptop: a visitor decides and keeps the receipt; whoever has
// the receipt and the public key can check it, without the server; the audit
// holds after an erasure, and names what was changed behind its back.
func TestAuditorWithALaptop(t *testing.T) {
	i := newInstallation(t)
	server := i.start(t)
	yes, no := newPost(exampleBundle(t), "accept_all", true), newPost(exampleBundle(t), "reject_all", false)
	answer := decide(t, server, yes)
	decide(t, server, no)

	folder := t.TempDir()
	keys := filepath.Join(folder, "keys.txt")
	keep(t, keys, fetchAs(t, server.url+"/gjerdrum/log/keys", ""))
	checkpoint := fetchAs(t, server.url+"/gjerdrum/log/checkpoint", "")
	if !strings.HasPrefix(checkpoint, answer.Log.Origin+"\n2\n") {
		t.Errorf("the public checkpoint is\n%s", checkpoint)
	}
	own := filepath.Join(folder, "own.tlog-proof")
	keep(t, own, fetchAs(t, server.url+"/gjerdrum/receipts/"+yes.ID, yes.Token))
	proven := filepath.Join(folder, "proven.tlog-proof")
	must(t, "log", "prove", "gjerdrum", yes.ID, "-o", proven, "--data", i.data)

	for _, receipt := range []string{own, proven} {
		said := must(t, "log", "verify", "--receipt", receipt, "--key", keys)
		for _, part := range []string{"The receipt holds", yes.ID, `"statistics":true`, "Layer", "no earlier receipt was sent with it", "Visitor key", "of the browser", "Signal"} {
			if !strings.Contains(said, part) {
				t.Errorf("the check does not say %q:\n%s", part, said)
			}
		}
	}
	var checked struct {
		Holds bool
		ID    string
		Index int64
	}
	text := must(t, "log", "verify", "--receipt", own, "--key", strings.TrimSpace(readFile(t, keys)), "--json")
	if err := json.Unmarshal([]byte(text), &checked); err != nil || !checked.Holds || checked.ID != yes.ID || checked.Index != answer.Log.Index {
		t.Errorf("as JSON: %s, %v", text, err)
	}
	earlier := filepath.Join(folder, "checkpoint.txt")
	keep(t, earlier, checkpoint)
	must(t, "log", "verify", "gjerdrum", "--kept", earlier, "--kept", own, "--data", i.data)
	keep(t, earlier, strings.Replace(checkpoint, "\n2\n", "\n1\n", 1))
	if done := invoke(t, "log", "verify", "gjerdrum", "--kept", earlier, "--data", i.data); done.code != 1 || !strings.Contains(done.out, "a checkpoint that was kept does not hold") {
		t.Errorf("a forged checkpoint that was kept: %+v", done)
	}
	answered := filepath.Join(folder, "answered.json")
	keep(t, answered, answer.body)
	must(t, "log", "verify", "gjerdrum", "--kept", answered, "--data", i.data)
	keep(t, earlier, strings.Replace(answer.body, `\n1\n`, `\n2\n`, 1))
	if done := invoke(t, "log", "verify", "gjerdrum", "--kept", earlier, "--data", i.data); done.code != 1 || !strings.Contains(done.out, "a checkpoint that was kept does not hold") {
		t.Errorf("a forged answer that was kept: %+v", done)
	}
	all := filepath.Join(folder, "samtykke.json")
	mine := fetchAs(t, server.url+"/gjerdrum/me", yes.Token)
	keep(t, all, mine)
	if said := must(t, "log", "verify", "--receipt", all, "--key", keys); !strings.Contains(said, "The receipt holds") || !strings.Contains(said, yes.ID) {
		t.Errorf("the check of one's decisions as JSON says:\n%s", said)
	}
	keep(t, all, "\ufeff"+strings.ReplaceAll(mine, ",", ",\r\n"))
	must(t, "log", "verify", "--receipt", all, "--key", keys)
	lies := strings.Replace(mine, `"state":"given"`, `"state":"refused"`, 1)
	for changed, says := range map[string]string{
		lies[:len(lies)-1] + `,"DECISIONS"` + mine[len(`{"decisions"`):]:                      `"DECISIONS" is almost "decisions"`,
		lies[:len(lies)-1] + "," + mine[1:]:                                                   `"decisions" stands twice`,
		strings.Replace(mine, `"state":"given"`, `"state":"refused","state":"given"`, 1):      `"state" stands twice`,
		strings.Replace(mine, `"state":"given"`, `"\u0073tate":"refused","state":"given"`, 1): `"state" stands twice`,
		strings.Replace(mine, `"state":"given"`, `"ſtate":"refused","state":"given"`, 1):      `"ſtate" is almost "state"`,
		strings.Replace(mine, `"state":"given"`, `"State":"refused"`, 1):                      `"State" is almost "state"`,
		strings.Replace(mine, `"categories":{`, `"categories":{"statistics":false,`, 1):       `"statistics" stands twice`,
		answer.body: "log prove gjerdrum " + yes.ID,
		strings.Replace(mine, "index 0", "index 1", 1):                      "does not hold",
		strings.Replace(mine, `"state":"given"`, `"state":"refused"`, 1):    `"state" beside the proof is refused, and the ledger has given`,
		strings.Replace(mine, `"statistics":true`, `"statistics":false`, 1): `"choice" beside the proof`,
		`{"decisions":[]}`:    "has no decision to check",
		`{"decisions":[{}]}`:  "decision 1 has no proof",
		`{"decisions":[{"pro`: "neither a receipt nor a list of decisions",
	} {
		keep(t, all, changed)
		if done := invoke(t, "log", "verify", "--receipt", all, "--key", keys); done.code != 1 || done.out != "" || !strings.Contains(done.err, says) {
			t.Errorf("%.40s: %+v", changed, done)
		}
	}
	receipt, err := ledger.ParseReceipt([]byte(readFile(t, own)))
	if err != nil || base64.StdEncoding.EncodeToString(receipt.Salt[:]) != answer.Log.Salt {
		t.Errorf("the answer to the decision named another salt: %v", err)
	}
	forged := strings.Replace(readFile(t, own), "index 0", "index 1", 1)
	keep(t, own, forged)
	if done := invoke(t, "log", "verify", "--receipt", own, "--key", keys); done.code != 1 || !strings.Contains(done.err, "does not hold") {
		t.Errorf("a forged receipt: %+v", done)
	}

	holds := func(records, gone int64) {
		t.Helper()
		var audit struct {
			Holds bool
			Trees []struct{ Records, Gone int64 }
		}
		text := must(t, "log", "verify", "--json", "--data", i.data)
		if err := json.Unmarshal([]byte(text), &audit); err != nil || !audit.Holds || len(audit.Trees) != 1 ||
			audit.Trees[0].Records != records || audit.Trees[0].Gone != gone {
			t.Errorf("the audit says %s: %v", text, err)
		}
	}
	holds(2, 0)
	if said := must(t, "log", "erase", "gjerdrum", "--receipt", no.ID, "--data", i.data); !strings.Contains(said, "1 decision of the site gjerdrum would be erased") {
		t.Errorf("erasing without --yes says %q", said)
	}
	holds(2, 0)
	if done := invoke(t, "log", "erase", "gjerdrum", "--receipt", no.ID, "--reason", "Kari Nordmann asked", "--yes", "--data", i.data); done.code != 2 || !strings.Contains(done.err, "not_needed") {
		t.Errorf("a name as a reason: %+v", done)
	}
	holds(2, 0)
	if done := invoke(t, "log", "erase", "gjerdrum", "--receipt", no.ID, "--yes", "--data", i.data); done.code != 1 || !strings.Contains(done.err, "say on which ground") {
		t.Errorf("evidence is erased on no ground: %+v", done)
	}
	for request, want := range map[string]string{"2026/1": "--request", "019adab2-3407-7b24-b448-fe7fab4d9da4": "no request"} { // the register has none
		for _, verb := range [][]string{{"erase", "--reason", "unlawful", "--yes"}, {"freeze", "--why", "2026/1"}, {"release"}} {
			done := invoke(t, slices.Concat([]string{"log", verb[0], "gjerdrum", "--receipt", no.ID, "--request", request, "--data", i.data}, verb[1:])...)
			if done.code == 0 || !strings.Contains(done.err, want) {
				t.Errorf("log %s --request %s: exit code %d: %s", verb[0], request, done.code, done.err)
			}
		}
	}
	must(t, "log", "erase", "gjerdrum", "--receipt", no.ID, "--reason", "unlawful", "--yes", "--data", i.data)
	holds(1, 1)
	decide(t, server, newPost(exampleBundle(t), "reject_all", false)) // the server sees what the command did
	holds(2, 1)
	if said := must(t, "log", "rotate", "gjerdrum", "--data", i.data); !strings.Contains(said, "localhost/consent/gjerdrum/") {
		t.Errorf("rotating says %q", said)
	}
	decide(t, server, newPost(exampleBundle(t), "accept_all", true))
	holds(3, 1)
	earlier = filepath.Join(folder, "earlier.txt") // which cannot know what signs now
	keep(t, earlier, readFile(t, keys))
	keep(t, keys, fetchAs(t, server.url+"/gjerdrum/log/keys", ""))
	if said := must(t, "log", "begin", "gjerdrum", "--data", i.data); !strings.Contains(said, "Nothing to do") {
		t.Errorf("beginning says %q", said)
	}
	if code := server.stop(syscall.SIGTERM); code != 0 {
		t.Fatalf("the server ended with %d", code)
	}

	pack := filepath.Join(folder, "gjerdrum.zip")
	must(t, "log", "pack", "gjerdrum", "-o", pack, "--data", i.data)
	elsewhere := must(t, "log", "verify", "--pack", pack, "--key", keys)
	if !strings.Contains(elsewhere, "The ledger holds") {
		t.Errorf("the pack, on another machine:\n%s", elsewhere)
	}
	taken := filepath.Join(folder, "taken.tlog-proof")
	if done := invoke(t, "log", "prove", "gjerdrum", yes.ID, "--pack", pack, "-o", taken); done.code != 0 || !strings.Contains(done.err, "NOT checked: whose log this is") {
		t.Errorf("a receipt out of a pack whose keys nobody gave: %+v", done)
	}
	if done := invoke(t, "log", "prove", "gjerdrum", yes.ID, "--pack", pack, "--key", keys, "-o", taken); done.code != 0 || done.err != "" {
		t.Errorf("a receipt out of the pack: %+v", done)
	}
	if said := must(t, "log", "verify", "--receipt", taken, "--key", keys); !strings.Contains(said, "The receipt holds") || !strings.Contains(said, yes.ID) {
		t.Errorf("a receipt out of the pack:\n%s", said)
	}
	if done := invoke(t, "log", "verify", "--pack", pack, "--key", earlier); done.code != 1 || !strings.Contains(done.out, "checkpoint does not hold") {
		t.Errorf("the pack, by a key that does not sign any more: %+v", done)
	}

	path := filepath.Join(i.data, "samtykke.db")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	salt, err := base64.StdEncoding.DecodeString(answer.Log.Salt)
	if err != nil {
		t.Fatal(err)
	}
	at := strings.Index(string(data), string(salt))
	if at < 0 {
		t.Fatal("the salt is not in the file, so flipping a bit of it proves nothing")
	}
	data[at] ^= 1
	keep(t, path, string(data))
	done := invoke(t, "log", "verify", "gjerdrum", "--data", i.data)
	if done.code != 1 || !strings.Contains(done.out, "index 0: the record, its salt or its hash was changed") || !strings.Contains(done.out, "does NOT hold") {
		t.Errorf("one bit of the file was changed, and the audit says %+v", done)
	}
}

// TestForeignReceipts: a receipt that is none, or a key that is none, is misuse
// or a sentence, never a receipt that holds.
func TestForeignReceipts(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "x.tlog-proof")
	keep(t, file, "c2sp.org/tlog-proof@v1\nindex 0\n\nnothing\n")
	const key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
	stranger := filepath.Join(folder, "letter.txt")
	keep(t, stranger, "Dear sir")
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"--receipt", file, "--key", key}, 1, "does not hold"},
		{[]string{"--receipt", file, "--key", "no key"}, 2, "no verifier key"},
		{[]string{"--receipt", file, "--key", filepath.Join(folder, "keys.txt")}, 2, "there is no such file"},
		{[]string{"--receipt", file, "--key", "Q" + key}, 2, "some characters were lost"},
		{[]string{"--receipt", stranger, "--key", key}, 1, "does not begin with the line"},
		{[]string{"--receipt", file}, 2, "belong together"},
		{[]string{"--key", key}, 2, "belong together"},
		{[]string{"--receipt", filepath.Join(folder, "none"), "--key", key}, 1, "none"},
	} {
		if done := invoke(t, append([]string{"log", "verify"}, c.args...)...); done.code != c.code || !strings.Contains(done.err, c.says) {
			t.Errorf("%v: %+v", c.args, done)
		}
	}
}

// decided is the answer to a decision, as far as the ledger goes.
type decided struct {
	Log struct {
		Origin     string
		Index      int64
		Salt       string
		Checkpoint string
	}
	body string
}

func decide(t *testing.T, server *running, p post) (answer decided) {
	t.Helper()
	status, body, err := p.send(localClient, server.url, exampleOrigin)
	if err == nil {
		err = json.Unmarshal(body, &answer)
		answer.body = string(body)
	}
	if err != nil || status != http.StatusCreated || !strings.HasPrefix(answer.Log.Checkpoint, answer.Log.Origin+"\n") {
		t.Fatalf("status %d, %v: %s", status, err, body)
	}
	return answer
}

// fetchAs gets a page, with a visitor's token or without.
func fetchAs(t *testing.T, url, token string) string {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := localClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s, %v: %s", url, strconv.Itoa(response.StatusCode), err, body)
	}
	return string(body)
}

func keep(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
