package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"mime"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"

	"github.com/andybalholm/brotli"
)

// contender is a banner as its makers' own pages say that it is put on a site, and
// how to tell that it stands.
type contender struct {
	name  string
	head  string // of the page
	files map[string]string
	// stands is the selector of the banner; what comes after ">>>" is looked for in
	// its shadow root.
	stands string
	accept string // of the button that accepts
}

// The peers, in the versions that are compared, from npm.
var peerPackages = []string{"vanilla-cookieconsent@3.1.0", "orejime@3.2.1", "klaro@0.7.22"}

// floor is the least that a script can do which puts a section on top of a page:
// 6 kB of brotli, most of them idle.
func floor() (string, error) {
	idle := make([]byte, 5600)
	if _, err := rand.Read(idle); err != nil {
		return "", err
	}
	return `(() => { const idle = '` + base64.StdEncoding.EncodeToString(idle) + `'
	const put = () => {
		if (!document.body) return
		watch.disconnect()
		const section = document.createElement('section')
		section.id = 'floor'
		for (const [tag, text] of [['h2', 'Kan vi lagre informasjon på enheten din?'], ['p', 'Gjerdrum kommune ber om å lagre og lese informasjon på enheten din.'], ['button', 'Ja, jeg godtar'], ['button', 'Nei, jeg avslår']]) {
			const element = document.createElement(tag)
			element.textContent = text
			section.append(element)
		}
		section.onclick = () => section.remove()
		document.body.prepend(section)
	}
	const watch = new MutationObserver(put)
	watch.observe(document, { childList: true, subtree: true })
	globalThis.floor = idle.length
})()`, nil
}

// contenders gives the floor, ours and the peers, which npm brings into dir.
func contenders(ctx context.Context, dir string, s served) ([]contender, error) {
	ours, err := fetch(ctx, "http://"+s.address+"/gjerdrum.js", "br")
	if err != nil {
		return nil, err
	}
	plain := new(bytes.Buffer)
	if _, err := plain.ReadFrom(brotli.NewReader(bytes.NewReader(ours))); err != nil {
		return nil, err
	}
	least, err := floor()
	if err != nil {
		return nil, err
	}
	peers := []contender{
		{
			name: "vanilla-cookieconsent", stands: "#cc-main .cm", accept: "#cc-main [data-role=all]",
			head: `<link rel="stylesheet" href="/cookieconsent.css"><script defer src="/cookieconsent.umd.js"></script><script defer src="/vanilla.js"></script>`,
			files: map[string]string{
				"cookieconsent.css": "vanilla-cookieconsent/dist/cookieconsent.css", "cookieconsent.umd.js": "vanilla-cookieconsent/dist/cookieconsent.umd.js",
				"vanilla.js": "=" + vanillaConfig,
			},
		},
		{
			name: "orejime", stands: ".orejime-Banner", accept: ".orejime-Banner-saveButton, .orejime-Button--save",
			head: `<link rel="stylesheet" href="/orejime.css"><script defer src="/orejime-config.js"></script><script defer src="/orejime.js"></script>`,
			files: map[string]string{
				"orejime.css": "orejime/dist/orejime-standard.css", "orejime.js": "orejime/dist/orejime-standard-nb.js",
				"orejime-config.js": "=" + orejimeConfig,
			},
		},
		{
			name: "klaro", stands: ".klaro .cookie-notice", accept: ".klaro .cm-btn-success",
			head:  `<script defer src="/klaro-config.js"></script><script defer src="/klaro.js"></script>`,
			files: map[string]string{"klaro.js": "klaro/dist/klaro.js", "klaro-config.js": "=" + klaroConfig},
		},
	}
	if err := quiet(ctx, dir, "npm", append([]string{"install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", "."}, peerPackages...)...); err != nil {
		return nil, err
	}
	for i := range peers {
		for name, from := range peers[i].files {
			text, given := strings.CutPrefix(from, "=")
			if !given {
				data, err := os.ReadFile(filepath.Join(dir, "node_modules", from))
				if err != nil {
					return nil, err
				}
				text = string(data)
			}
			peers[i].files[name] = text
		}
	}
	return append([]contender{
		{name: "no banner"},
		{name: "floor", head: `<script src="/floor.js"></script>`, stands: "#floor", accept: "#floor button", files: map[string]string{"floor.js": least}},
		{name: "samtykke", head: `<script src="/gjerdrum.js"></script>`, stands: "#samtykke>>>section", accept: "#samtykke>>>[data-samtykke=accept]", files: map[string]string{"gjerdrum.js": plain.String()}},
	}, peers...), nil
}

const purposesOfPeers = `[{ id: 'functional', title: 'Funksjonelle', cookies: ['theme'] }, { id: 'statistics', title: 'Statistikk', cookies: ['_ga'] }, { id: 'marketing', title: 'Markedsføring', cookies: ['_fbp'] }]`

const orejimeConfig = `window.orejimeConfig = { privacyPolicyUrl: '/personvern', purposes: ` + purposesOfPeers + ` }`

const klaroConfig = `window.klaroConfig = { lang: 'no', privacyPolicy: '/personvern', acceptAll: true, services: ` + purposesOfPeers + `.map(({ id, title, cookies }) => ({ name: id, title, cookies, purposes: [id] })) }`

const vanillaConfig = `CookieConsent.run({
	hideFromBots: false,
	categories: { necessary: { enabled: true, readOnly: true }, functional: {}, statistics: {}, marketing: {} },
	language: { default: 'nb', translations: { nb: {
		consentModal: { title: 'Informasjonskapsler', description: 'Vi ber om å lagre informasjon på enheten din.', acceptAllBtn: 'Godta alle', acceptNecessaryBtn: 'Avslå alle', showPreferencesBtn: 'Innstillinger' },
		preferencesModal: { title: 'Valg', acceptAllBtn: 'Godta alle', acceptNecessaryBtn: 'Avslå alle', savePreferencesBtn: 'Lagre', sections: [{ title: 'Statistikk', linkedCategory: 'statistics' }] },
	} } },
})`

// benchPage is a municipality's page as far as a banner is concerned: text, a style
// sheet of its own, and nothing else to load.
func benchPage(head string) string {
	var text strings.Builder
	for i := range 40 {
		fmt.Fprintf(&text, "<h2>Tjeneste %d</h2><p>Kommunen hjelper deg med barnehage, skole, helse, bolig og plan. Søk på nett, ring oss, eller kom innom servicetorget.</p>\n", i)
	}
	return `<!doctype html><html lang="nb"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Gjerdrum kommune</title>` +
		head + `<style>body{font:18px/1.5 system-ui;margin:2rem auto;max-width:60rem}</style></head><body><h1>Gjerdrum kommune</h1>` + text.String() + `</body></html>`
}

// Where the page with 50 gated elements is, and the same without a banner, whose
// elements do not sleep.
const (
	gatedPath = "/gated"
	awakePath = "/awake"
)

// gatedPage has 50 elements of a service of statistics: 30 inline scripts, 10
// external ones and 10 pictures.
func gatedPage() string {
	const mark = `data-category="statistics" data-service="siteimprove-analytics"`
	gated := strings.Repeat(`<script type="text/plain" `+mark+`>globalThis.woken = (globalThis.woken ?? 0) + 1</script>`, 30) +
		strings.Repeat(`<script type="text/plain" `+mark+` src="/nothing.js"></script>`, 10) +
		strings.Repeat(`<img alt="" `+mark+` data-src="/nothing.gif">`, 10)
	page := benchPage(`<script src="/gjerdrum.js"></script>`)
	return strings.Replace(page, "</body>", gated+"</body>", 1)
}

// serveContenders serves each on a page of its own, "/0" and so on, every file in
// brotli, and takes what they post.
func serveContenders(all []contender) *httptest.Server {
	packed := map[string][]byte{}
	pack := func(path, text string) {
		var out bytes.Buffer
		w := brotli.NewWriterLevel(&out, brotli.BestCompression)
		_, _ = w.Write([]byte(text))
		_ = w.Close()
		packed[path] = out.Bytes()
	}
	for i, one := range all {
		pack(fmt.Sprintf("/%d", i), benchPage(one.head))
		for name, text := range one.files {
			pack("/"+name, text)
		}
	}
	pack(gatedPath, gatedPage())
	pack(awakePath, strings.NewReplacer(`<script src="/gjerdrum.js"></script>`, "", `type="text/plain" `, "", "data-src=", "src=").Replace(gatedPage()))
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, known := packed[r.URL.Path]
		if !known {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		kind := mime.TypeByExtension(filepath.Ext(r.URL.Path))
		if kind == "" {
			kind = "text/html; charset=utf-8"
		}
		w.Header().Set("Content-Type", kind)
		w.Header().Set("Content-Encoding", "br")
		w.Header().Set("Cache-Control", "no-store")
		_, _ = w.Write(body)
	}))
}
