package main_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"github.com/samtykke/samtykke/consent"
	merkle "github.com/samtykke/samtykke/storage/ledger"
)

// verifierOrigin names the log that receipts come from.
const verifierOrigin = "samtykke.example.no/consent/gjerdrum/2026"

// issued is a receipt, the verifier key of its log, and the key of another log
// of the same name.
type issued struct {
	*merkle.Receipt
	key, other string
}

// issue makes a receipt as a log does, among 70 other leaves.
func issue(t *testing.T) issued {
	t.Helper()
	record := merkle.Record{
		Circumstance: merkle.Circumstance{
			Organisation: "gjerdrum", Site: "gjerdrum", Notice: 3, NoticeHash: consent.HashOf([]byte("notice")),
			Bundle: "Q3x_8sLw0dE", BundleHash: consent.HashOf([]byte("bundle")), Language: "nb",
			Method: consent.Save, Layer: consent.LayerSecond, State: consent.StatePartlyGiven, GPC: true,
			Choice: `{"categories":{"functional":true,"marketing":false,"statistics":true},"services":{"marketing/youtube":true}}`,
		},
		ID: consent.DecisionID{1, 0x9a, 0xb0, 15: 1}, Visitor: consent.VisitorKey{1, 21: 1}, Previous: consent.DecisionID{1, 0x9a, 15: 7},
		Time: time.Date(2026, 11, 22, 11, 0, 34, 567e6, time.UTC), Skew: -90 * time.Second,
	}
	receipt := &merkle.Receipt{Index: 41, Salt: merkle.Salt{31: 9}, Record: record.Encode()}
	var tree merkle.Frontier
	var hashes [][]byte
	for i := range int64(71) {
		leaf := merkle.EventLeaf(fmt.Append(nil, i))
		if i == receipt.Index {
			leaf = merkle.RecordLeaf(&receipt.Salt, receipt.Record)
		}
		hashes = append(hashes, tree.Append(nil, leaf))
	}
	var err error
	receipt.Path, err = merkle.LeafHashes(func(leaves []int64) ([][]byte, error) {
		found := make([][]byte, len(leaves))
		for i, leaf := range leaves {
			found[i] = hashes[leaf]
		}
		return found, nil
	}).Inclusion(tree.Size(), receipt.Index)
	if err != nil {
		t.Fatal(err)
	}
	keys, others := merkle.Keys{Folder: t.TempDir()}, merkle.Keys{Folder: t.TempDir()}
	signer, err := keys.Rotate("log", verifierOrigin)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := others.Rotate("log", verifierOrigin); err != nil {
		t.Fatal(err)
	}
	head := merkle.Head{Origin: verifierOrigin, Size: tree.Size(), Root: tree.Root()}
	if receipt.Checkpoint, err = head.Sign(signer); err != nil {
		t.Fatal(err)
	}
	made := issued{Receipt: receipt}
	if made.key, err = keys.Verifiers("log"); err != nil {
		t.Fatal(err)
	}
	if made.other, err = others.Verifiers("log"); err != nil {
		t.Fatal(err)
	}
	return made
}

// with gives the text of the receipt after a change to a copy of it.
func (i issued) with(change func(r *merkle.Receipt)) string {
	r := *i.Receipt
	r.Record, r.Path, r.Checkpoint = bytes.Clone(r.Record), slices.Clone(r.Path), bytes.Clone(r.Checkpoint)
	change(&r)
	return string(r.Encode())
}

// writeVerifier writes the page with the program, and gives its address on disk.
func writeVerifier(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "verify.html")
	must(t, "log", "verifier", "-o", file)
	return "file://" + file
}

// sentBy records what the page asks the network for from here on.
func sentBy(p *tab) (addresses func() []string) {
	p.t.Helper()
	var mu sync.Mutex
	var sent []string
	p.onNetwork(func(event any) {
		if request, ok := event.(*network.EventRequestWillBeSent); ok {
			mu.Lock()
			sent = append(sent, request.Request.URL)
			mu.Unlock()
		}
	})
	return func() []string {
		mu.Lock()
		defer mu.Unlock()
		return slices.Clone(sent)
	}
}

// goOffline takes the network from a page.
func (p *tab) goOffline() {
	p.t.Helper()
	_, err := chromedp.Call(p.devtools().ctx, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
		MatchedNetworkConditions: []*network.Conditions{{Offline: true, DownloadThroughput: -1, UploadThroughput: -1}},
	})
	if err != nil {
		p.t.Fatal(err)
	}
	_, err = chromedp.Call(p.devtools().ctx, network.OverrideNetworkState, network.OverrideNetworkStateParams{Offline: true, DownloadThroughput: -1, UploadThroughput: -1})
	if err != nil {
		p.t.Fatal(err)
	}
}

// paste puts a text into a field, as pasting does.
func (p *tab) paste(field, text string) {
	p.t.Helper()
	quoted, err := json.Marshal(text)
	if err != nil {
		p.t.Fatal(err)
	}
	p.eval(fmt.Sprintf(`(() => { const e = document.getElementById(%q); e.value = %s; e.dispatchEvent(new Event('input')); return true })()`, field, quoted), nil)
}

// verdict verifies a receipt and gives what the page says of it, and the number
// of the step that it names.
func (p *tab) verdict(receipt, keys string) (says string) {
	p.t.Helper()
	p.paste("receipt", receipt)
	p.paste("keys", keys)
	p.await("no verdict", `!document.querySelector('#verdict h2')`)
	p.press("#check")
	p.await("a verdict", `document.querySelector('#verdict h2')`)
	return p.text(`document.querySelector('#verdict').innerText`)
}

// TestVerifierSeesEveryChange opens the page from the disk with the network off.
func TestVerifierSeesEveryChange(t *testing.T) {
	made := issue(t)
	p := openTab(t, "chromium")
	sent := sentBy(p)
	p.goOffline()
	page := writeVerifier(t)
	p.visit(page + "#en")
	nothing := func(*merkle.Receipt) {}
	for _, c := range []struct {
		name   string
		change func(r *merkle.Receipt)
		key    string
		says   string
	}{
		{"genuine", nothing, made.key, "The receipt holds"},
		{"record", func(r *merkle.Receipt) { r.Record[bytes.Index(r.Record, []byte("true"))] ^= 1 }, made.key, "Step 5 does not hold"},
		{"record, a length", func(r *merkle.Receipt) { r.Record[3] ^= 1 }, made.key, "Step 2 does not hold"},
		{"salt", func(r *merkle.Receipt) { r.Salt[7] ^= 1 }, made.key, "Step 5 does not hold"},
		{"path", func(r *merkle.Receipt) { r.Path[2][0] ^= 1 }, made.key, "Step 5 does not hold"},
		{"path, shorter", func(r *merkle.Receipt) { r.Path = r.Path[1:] }, made.key, "Step 5 does not hold"},
		{"index", func(r *merkle.Receipt) { r.Index++ }, made.key, "Step 5 does not hold"},
		{"size", func(r *merkle.Receipt) {
			r.Checkpoint = bytes.Replace(r.Checkpoint, []byte("\n71\n"), []byte("\n72\n"), 1)
		}, made.key, "Step 4 does not hold"},
		{"root", func(r *merkle.Receipt) { r.Checkpoint = flipBase64(r.Checkpoint, "\n71\n", 0) }, made.key, "Step 4 does not hold"},
		{"signature", func(r *merkle.Receipt) { r.Checkpoint = flipBase64(r.Checkpoint, "— "+verifierOrigin+" ", 40) }, made.key, "Step 4 does not hold"},
		{"origin", func(r *merkle.Receipt) { r.Checkpoint = bytes.ReplaceAll(r.Checkpoint, []byte("2026"), []byte("2025")) }, made.key, "Step 3 cannot be checked"},
		{"another key", nothing, made.other, "Step 4 cannot be checked"},
		{"a key of another log", nothing, strings.ReplaceAll(made.key, "2026", "2025"), "Step 3 cannot be checked"},
		{"the secret key", nothing, "PRIVATE+KEY+" + made.key, "Step 3 cannot be checked"},
	} {
		t.Run(c.name, func(t *testing.T) {
			says := p.verdict(made.with(c.change), c.key)
			red := strings.Contains(c.says, "does not hold")
			if !strings.Contains(says, c.says) || strings.Contains(says, "does not hold") != red {
				t.Errorf("the page says: %s", says)
			}
		})
	}
	if all := sent(); len(all) != 1 || all[0] != page {
		t.Errorf("the page asked for %q", all)
	}
}

// flipBase64 changes a bit of what stands in base64 after a text.
func flipBase64(in []byte, after string, at int) []byte {
	start := bytes.Index(in, []byte(after)) + len(after)
	end := start + bytes.IndexByte(in[start:], '\n')
	raw, err := base64.StdEncoding.DecodeString(string(in[start:end]))
	if err != nil {
		panic(err) // it is our own
	}
	raw[at] ^= 1
	return slices.Concat(in[:start], []byte(base64.StdEncoding.EncodeToString(raw)), in[end:])
}

// TestVerifierSaysWhatWasChosen reads the record in words, and nothing of it
// remains when the text changes.
func TestVerifierSaysWhatWasChosen(t *testing.T) {
	made := issue(t)
	p := openTab(t, "chromium")
	p.visit(writeVerifier(t) + "#nb")
	if says := p.verdict(string(made.Encode()), made.key); !strings.HasPrefix(says, "Kvitteringen holder\n") {
		t.Errorf("the page says: %s", says)
	}
	report := p.text(`document.querySelector('#report').innerText`)
	for _, want := range []string{
		"gjerdrum", "22. november 2026 kl. 12:00:34 norsk tid (UTC+1)", "Delvis ja", "Funksjonelle: ja", "Markedsføring: nei", "Statistikk: ja", "youtube (Markedsføring): ja",
		"Lagret egne valg", "I panelet med alle valgene", "Bokmål", "Global Privacy Control", consent.HashOf([]byte("notice")).String(),
		"Q3x_8sLw0dE", consent.HashOf([]byte("bundle")).String(), "019ab000-0000-0000-0000-000000000001", "019a0000-0000-0000-0000-000000000007",
		"90 sekunder etter", verifierOrigin, "41 (telles fra 0)", "71", "kontrollert, holder",
	} {
		if !strings.Contains(report, want) {
			t.Errorf("the page does not say %q:\n%s", want, report)
		}
	}
	for _, lang := range []struct{ name, says string }{{"Nynorsk", "Kvitteringa held"}, {"Davvisámegiella", "Duođaštus doallá"}, {"English", "The receipt holds"}} {
		p.press(fmt.Sprintf("#languages li:nth-child(%d) button", slices.Index([]string{"Bokmål", "Nynorsk", "Davvisámegiella", "English"}, lang.name)+1))
		if says := p.text(`document.querySelector('#verdict h2').textContent`); says != lang.says {
			t.Errorf("in %s the page says %q", lang.name, says)
		}
	}
	p.paste("receipt", string(made.Encode())+" ")
	if p.truth(`document.querySelector('#verdict').textContent || document.querySelector('#report').textContent`) {
		t.Error("a verdict stays when the text that it was about has changed")
	}
}

// TestVerifierShowsNoMarkup has a log that writes hostile text into a record.
func TestVerifierShowsNoMarkup(t *testing.T) {
	made := issue(t)
	p := openTab(t, "chromium")
	p.visit(writeVerifier(t) + "#en")
	hostile := merkle.Record{Circumstance: merkle.Circumstance{
		Site: "<img src=x onerror=document.title='owned'>", Organisation: "\u202egnortahc", Choice: `{"categories":{"__proto__":true,"<b>":false}}`,
	}}
	p.verdict(made.with(func(r *merkle.Receipt) { r.Record = hostile.Encode() }), made.key)
	report := p.text(`document.querySelector('#report').textContent`)
	for _, want := range []string{"<img src=x onerror=document.title='owned'>", `\u{202e}gnortahc`, "__proto__: yes", "<b>: no"} {
		if !strings.Contains(report, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if p.truth(`document.querySelector('#report img, #report b')`) || p.text(`document.title`) == "owned" {
		t.Error("text became markup")
	}
}

// TestVerifierWithoutEd25519 has browsers that cannot check everything: that is
// no pass.
func TestVerifierWithoutEd25519(t *testing.T) {
	made := issue(t)
	page := writeVerifier(t) + "#en"
	for _, c := range []struct{ name, script, says string }{
		{"no Ed25519", `SubtleCrypto.prototype.importKey = () => Promise.reject(new DOMException('', 'NotSupportedError'))`, "The choice fits the checkpoint in the receipt, but who made that checkpoint has not been checked."},
		{"no calculator", `Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined })`, "Save the page"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := openTab(t, "chromium")
			p.beforeEveryPage(c.script)
			p.visit(page)
			says := p.verdict(string(made.Encode()), made.key)
			if !strings.HasPrefix(says, "Cannot be checked\n") || !strings.Contains(says, c.says) {
				t.Errorf("the page says: %s", says)
			}
			says = p.verdict(made.with(func(r *merkle.Receipt) { r.Record[3] ^= 1 }), made.key)
			if !strings.HasPrefix(says, "The receipt does not hold\n") {
				t.Errorf("of a broken one the page says: %s", says)
			}
		})
	}
}

// TestVerifierByKeyboard goes through the page with keys only.
func TestVerifierByKeyboard(t *testing.T) {
	made := issue(t)
	p := openTab(t, "chromium")
	p.visit(writeVerifier(t) + "#nb")
	const where = `(() => {
		const e = document.activeElement, s = getComputedStyle(e)
		return (e.id || e.className || e.lang || e.localName) + (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 1 ? '' : ' without an outline')
	})()`
	insert := func(text string) {
		if _, err := chromedp.Call(p.devtools().ctx, input.InsertText, input.InsertTextParams{Text: text}); err != nil {
			t.Fatal(err)
		}
	}
	var order []string
	for range 11 {
		p.key("Tab")
		at := p.text(where)
		order = append(order, at)
		switch at {
		case "receipt":
			insert(string(made.Encode()))
		case "keys":
			insert(made.key)
		}
	}
	if want := []string{"skip", "nb", "nn", "se", "en", "receipt", "receipt-choose", "keys", "keys-choose", "summary", "check"}; !slices.Equal(order, want) {
		t.Errorf("Tab goes through %q, want %q", order, want)
	}
	p.key("Enter")
	p.await("the verdict", `document.querySelector('#verdict[role=status] h2')?.textContent === 'Kvitteringen holder'`)
	for p.text(where) != "keys" {
		p.key("Shift+Tab")
	}
	insert("x")
	p.await("the verdict to go", `!document.querySelector('#verdict h2')`)
	p.paste("receipt", "")
	p.press("#check")
	if at := p.text(where); at != "receipt" {
		t.Errorf("without a receipt, focus is at %s", at)
	}
	if !p.truth(`document.querySelector('#receipt').ariaInvalid === 'true' && document.querySelector('#receipt-note[role=status]').textContent`) {
		t.Error("nothing says that the receipt is missing")
	}
}

// TestVerifierTakesFiles chooses files, and drops them.
func TestVerifierTakesFiles(t *testing.T) {
	made := issue(t)
	folder := t.TempDir()
	receipt, keys := filepath.Join(folder, "kvittering.tlog-proof"), filepath.Join(folder, "log.pub")
	windows := strings.ReplaceAll(string(made.Encode()), "\n", "\r\n")
	for name, text := range map[string]string{receipt: windows, keys: made.key} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	page := writeVerifier(t) + "#nb"
	holds := func(t *testing.T, p *tab) {
		t.Helper()
		p.press("#check")
		p.await("the verdict", `document.querySelector('#verdict h2')?.textContent === 'Kvitteringen holder'`)
	}
	t.Run("chosen", func(t *testing.T) {
		p := openTab(t, "chromium")
		p.visit(page)
		for field, file := range map[string]string{"receipt": receipt, "keys": keys} {
			if err := chromedp.Do(p.devtools().ctx, chromedp.SetUploadFiles("#"+field+"-file", []string{file})); err != nil {
				t.Fatal(err)
			}
			p.await("word of the file", fmt.Sprintf(`document.querySelector('#%s-note').textContent === '%s er lest.'`, field, filepath.Base(file)))
		}
		holds(t, p)
	})
	t.Run("dropped", func(t *testing.T) {
		p := openTab(t, "chromium")
		p.visit(page)
		p.eval(`(() => {
			const files = new DataTransfer()
			files.items.add(new File([new Uint8Array([0x50, 0x4b, 3, 4, 0xff])], 'gjerdrum.zip'))
			return document.querySelector('h1').dispatchEvent(new DragEvent('drop', { dataTransfer: files, bubbles: true, cancelable: true }))
		})()`, nil)
		p.await("what checks a whole pack", `document.querySelector('#receipt-note').textContent.includes('samtykke log verify --pack gjerdrum.zip')`)
		text, err := json.Marshal([]string{windows, made.key})
		if err != nil {
			t.Fatal(err)
		}
		p.eval(`(() => {
			const files = new DataTransfer()
			const [receipt, keys] = `+string(text)+`
			files.items.add(new File([keys], 'b'))
			files.items.add(new File([receipt], 'a'))
			return document.querySelector('h1').dispatchEvent(new DragEvent('drop', { dataTransfer: files, bubbles: true, cancelable: true }))
		})()`, nil)
		p.await("both files", `document.querySelector('#receipt').value && document.querySelector('#keys').value`)
		holds(t, p)
		p.eval(`(() => {
			const files = new DataTransfer()
			files.items.add(new File([Uint8Array.of(0xff, 0xfe)], 'picture'))
			return document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: files, bubbles: true, cancelable: true }))
		})()`, nil)
		p.await("word of a file that is no text", `document.querySelector('#receipt-note').textContent === 'picture kan ikke leses som tekst.'`)
	})
}

// TestVerifierInEveryEngine has the page from the disk, and from the server.
func TestVerifierInEveryEngine(t *testing.T) {
	made := issue(t)
	demo := demo(t)
	served := strings.TrimSuffix(demo.Script, "gjerdrum.js") + "verify.html"
	onDisk := writeVerifier(t)
	inEveryEngine(t, func(t *testing.T, p *tab) {
		for _, page := range []string{onDisk, served} {
			p.visit(page)
			p.eval(`document.querySelector('#languages [lang=nb]').click()`, nil)
			if says := p.verdict(string(made.Encode()), made.key); !strings.HasPrefix(says, "Kvitteringen holder\n") {
				t.Errorf("%s says: %s", page, says)
			}
			if says := p.verdict(made.with(func(r *merkle.Receipt) { r.Salt[0] ^= 1 }), made.key); !strings.Contains(says, "Steg 5 holder ikke") {
				t.Errorf("%s says: %s", page, says)
			}
		}
	})
}

// TestAxeVerifier has the page before and after each kind of verdict.
func TestAxeVerifier(t *testing.T) {
	made := issue(t)
	page := writeVerifier(t)
	looks(t, func(t *testing.T, p *tab) {
		for _, lang := range []string{"nb", "se"} {
			p.visit("about:blank")
			p.visit(page + "#" + lang)
			p.eval(`document.querySelector('details').open = true`, nil)
			p.axe(t, lang+", empty")
			p.press("#check")
			p.axe(t, lang+", nothing to verify")
			p.verdict(string(made.Encode()), made.key)
			p.axe(t, lang+", holds")
			p.verdict(string(made.Encode()), made.other)
			p.axe(t, lang+", does not hold")
			if p.truth(`document.documentElement.scrollWidth > innerWidth`) {
				t.Errorf("in %s the page scrolls sideways", lang)
			}
		}
	})
}
