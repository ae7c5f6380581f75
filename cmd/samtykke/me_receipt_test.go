package main_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/storage/ledger"
)

// TestMeOpensAReceipt that the visitor comes for: from the panel, in another
// language, and with the QR code of one on paper, which is held against the log.
func TestMeOpensAReceipt(t *testing.T) {
	w := newWorld(t)
	p := openTab(t, "chromium")
	p.decideTwice(w.Page)
	token := p.text(ownToken)
	newest := p.text(`JSON.parse(localStorage.getItem('samtykke-gjerdrum')).last.id`)
	p.openPanel()
	const links = `dialog > div > div > p > a[href*="me.html"]`
	p.await("the way to the receipt", deep(links))
	p.eval(`(() => { window.followed = ''; const link = `+deep(links)+`
		link.addEventListener('click', (event) => { event.preventDefault(); window.followed = link.href }); link.click(); return true })()`, nil)
	followed := p.text("followed")
	if followed != mePage(w.Script)+"?lang=nb#"+token+"&receipt="+newest {
		t.Fatalf("the press leads to %s", followed)
	}
	opened := fmt.Sprintf(`document.querySelector('#receipt .verdict.holds') && document.querySelector('#receipt').innerText.includes(%q)`, newest)
	p.visit(followed)
	p.await("the receipt", opened)
	if p.truth(`location.hash || !document.querySelector('#receipt [data-is=printed]').hidden`) {
		t.Error("the token stays in the address, or something is said of a paper that there is not")
	}
	wantReadable(p)
	if to := p.text(`document.querySelector('#receipt [data-is=verify]').getAttribute('href')`); !strings.HasPrefix(to, "http") {
		t.Errorf("the paper shows no whole address: %s", to)
	}
	p.press("#languages a[lang=nn]")
	p.await("the receipt in Nynorsk", `document.documentElement.lang === 'nn' && `+opened)
	p.eval(`history.back()`, nil)
	p.await("the list", `!document.querySelector('#mine').hidden`)

	code := printedCode(p, token, newest)
	for _, c := range []struct{ name, fragment, says string }{
		{"the same", code, "Stemmer: "},
		{"another leaf", anotherLeaf(code), "Stemmer ikke: "},
		{"another place", strings.Replace(code, "index=1", "index=0", 1), "Stemmer ikke: "},
		{"another log", strings.Replace(code, "gjerdrum", "gjerdrun", 1), "Stemmer ikke: "},
	} {
		p.visit("about:blank")
		p.visit(mePage(w.Script) + "?lang=nb#" + c.fragment)
		p.await("what the code says", `document.querySelector('#noted').innerText.includes('`+newest+`')`)
		p.enterKey(token)
		p.await(c.name, opened+fmt.Sprintf(` && document.querySelector('#receipt [data-is=printed]').innerText.startsWith(%q)`, c.says))
	}
	p.visit("about:blank")
	p.visit(mePage(w.Script) + "?lang=nb#" + strings.Replace(code, "index=1", "index=Ring+815+00+000", 1))
	const unreadable = "Adressen du kom med, hører ikke til en kvittering herfra"
	p.await("word that the code is none of ours", fmt.Sprintf(`document.querySelector('#noted').innerText.startsWith(%q)`, unreadable))
	if p.truth(`document.body.innerText.includes('815')`) {
		t.Error("the page says what stands in the address")
	}
	p.enterKey(token)
	p.await("the same beside the list", fmt.Sprintf(`!document.querySelector('#mine').hidden && document.querySelector('#status').innerText.startsWith(%q)`, unreadable))
	p.visit("about:blank")
	p.visit(mePage(w.Script) + "?lang=nb#" + strings.Replace(code, newest, "0195f3a0-0000-7000-8000-000000000001", 1))
	p.enterKey(token)
	p.await("word that it is not there", `document.querySelector('#status').innerText.startsWith('Kvittering 0195f3a0-0000-7000-8000-000000000001 er ikke blant')`)
}

// wantReadable asserts that the open receipt calls things as the notice did, has
// one time, with its zone, and tells keys and checksums apart.
func wantReadable(p *tab) {
	p.t.Helper()
	said := p.text(`document.querySelector('#receipt').innerText + document.querySelector('#receipt .on-paper').textContent`)
	for _, part := range []string{"Gjerdrum kommune (gjerdrum", "Statistikk: ", "(SHA-256)", "offentlige nøklene til loggen"} {
		if !strings.Contains(said, part) {
			p.t.Errorf("the receipt does not say %q:\n%s", part, said)
		}
	}
	if !regexp.MustCompile(`kl\. \d\d:\d\d:\d\d norsk tid \(UTC\+[12]\)`).MatchString(said) || regexp.MustCompile(`\d\dT\d\d:`).MatchString(said) {
		p.t.Errorf("the receipt has another time than ours, or two:\n%s", said)
	}
}

// anotherLeaf gives the code with one digit of the hash changed.
func anotherLeaf(code string) string {
	before, leaf, _ := strings.Cut(code, "leaf=")
	digit := "A"
	if leaf[:1] == digit {
		digit = "B"
	}
	return before + "leaf=" + digit + leaf[1:]
}

// enterKey types a token where the page asks for it.
func (p *tab) enterKey(token string) {
	p.t.Helper()
	p.eval(`(document.querySelector('#key').value = '`+token+`', true)`, nil)
	p.press("#enter button")
}

// printedCode gives the fragment of the QR code of a receipt, made of its proof.
func printedCode(p *tab, token, id string) string {
	p.t.Helper()
	var told struct {
		Decisions []struct{ ID, Proof string }
	}
	said := ""
	p.eval(`fetch('me', { headers: { Authorization: 'Bearer `+token+`' } }).then((r) => r.text())`, &said)
	if err := json.Unmarshal([]byte(said), &told); err != nil {
		p.t.Fatal(err)
	}
	for _, each := range told.Decisions {
		if each.ID != id {
			continue
		}
		receipt, err := ledger.ParseReceipt([]byte(each.Proof))
		if err != nil {
			p.t.Fatal(err)
		}
		head, err := ledger.ParseHead(receipt.Checkpoint)
		if err != nil {
			p.t.Fatal(err)
		}
		leaf := ledger.RecordLeaf(&receipt.Salt, receipt.Record)
		return fmt.Sprintf("receipt=%s&log=%s&index=%d&leaf=%s", id, head.Origin, receipt.Index, base64.RawURLEncoding.EncodeToString(leaf[:]))
	}
	p.t.Fatal("the server knows no such decision")
	return ""
}
