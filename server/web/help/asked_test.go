package help

import (
	"slices"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// sought are words that people of a municipality type, those who answer for privacy,
// edit pages or run servers, and the article that has to come first.
var sought = map[consent.Language]string{
	consent.Bokmaal: `
account: 2fa, tofaktor, passnøkkel, bytte passord, qr-kode
api-keys: api-nøkkel, token, integrasjon
audit-failed: manipulert, tuklet, integritet
blocks: chatbot, widget
catalogue: katalog, open cookie database
categories: nødvendig, unntak, begrunnelse, formål
check: virker ikke, teste, feilsøke, banneret vises ikke
conflict: overskrevet, samtidig, konflikt, mistet endringer, to redaktører samtidig
decision: slett, sletting, slette, frys, bevis
excel: regneark, excel
figures: statistikk, samtykkeandel, rapport, hvor mange sa ja
findings: funn, ukjent cookie, skanning
frames: youtube, kart, video
gap: hull, avvik
glossary: ordliste, begreper, hva betyr
import: eksport, eksportere, csv, json, behandlingsprotokoll
inventory: levetid, gjennomgang, levetider
log: samtykkelogg, logg
login: passord, glemt passord, sso, azure, utestengt, logge inn, økten gikk ut, glemte passordet
lost-factor: ny telefon, mistet mobil, gjenopprettingskode
mark: matomo, merke, skript
notices: angre, tilbakestille, rollback, gjenopprette, historikk, tidligere versjon, rulle tilbake
notifications: varsel, e-post, webhook, ukesrapport
operation: backup, sikkerhetskopi, smtp, oppgradere, drift
people: invitere, roller, ny bruker, tilgang, fjerne bruker, gi tilgang
publish: publisere, planlegge, godkjenne, forhåndsvisning
requests: forfalt, forfalte, frist, innsyn, klage, retten til å bli glemt, sletterett, svarfrist
script-tag: installere, trekke samtykke, html, head, skjule banner, endre samtykke
service: cookies, leverandør, databehandler, tredjeland
settings: lagringstid, farger, logo, utseende
site: nytt nettsted, domene
start: gdpr, cookie-banner, kom i gang, personvern, ekomloven
tag-manager: gtm, google analytics, consent mode
texts: oversette, nynorsk, samisk, språk, legge til språk
trail: hvem endret, revisjonsspor, personvernombud, hvem publiserte
trouble: utløpt, 404, feilmelding, ingen tilgang
unmarked: wordpress, csp, blokkere`,
	consent.Nynorsk: `
account: 2fa, tofaktor, passnøkkel, byte passord, qr-kode
api-keys: api-nøkkel, token, integrasjon
audit-failed: manipulert, tukla, integritet
blocks: chatbot, widget
catalogue: katalog, open cookie database
categories: nødvendig, unntak, grunngjeving, føremål
check: verkar ikkje, teste, feilsøkje, banneret viser ikkje
conflict: overskriven, samstundes, konflikt, mista endringar, to redaktørar samtidig
decision: slett, sletting, slette, frys, prov, bevis
excel: rekneark, excel
figures: statistikk, samtykkedel, rapport, kor mange sa ja
findings: funn, ukjend cookie, skanning
frames: youtube, kart, video
gap: hol, avvik
glossary: ordliste, omgrep, kva tyder
import: eksport, eksportere, csv, json, behandlingsprotokoll
inventory: levetid, gjennomgang, levetider
log: samtykkelogg, logg
login: passord, gløymt passord, sso, azure, utestengd, logge inn, økta gjekk ut, gløymde passordet
lost-factor: ny telefon, mista mobil, attopprettingskode
mark: matomo, merkje, skript
notices: angre, tilbakestille, rollback, gjenopprette, historikk, tidlegare versjon, rulle tilbake
notifications: varsel, e-post, webhook, vekerapport
operation: backup, reservekopi, tryggingskopi, smtp, oppgradere, drift
people: invitere, roller, ny brukar, tilgang, fjerne brukar, gi tilgang
publish: publisere, planleggje, godkjenne, førehandsvising
requests: forfallen, forfalne, frist, innsyn, klage, retten til å bli gløymd, sletterett, svarfrist
script-tag: installere, trekkje samtykke, html, head, skjule banner, endre samtykke
service: cookies, leverandør, databehandlar, tredjeland
settings: lagringstid, fargar, logo, utsjånad
site: ny nettstad, domene
start: gdpr, cookie-banner, kom i gang, personvern, ekomlova
tag-manager: gtm, google analytics, consent mode
texts: omsetje, bokmål, samisk, språk, leggje til språk
trail: kven endra, revisjonsspor, personvernombod, kven publiserte
trouble: utgått, 404, feilmelding, ingen tilgang
unmarked: wordpress, csp, blokkere`,
	consent.English: `
account: 2fa, mfa, passkey, change password, authenticator, qr code
api-keys: api key, token, integration
audit-failed: tampered, integrity
blocks: chatbot, widget
catalogue: catalog, open cookie database
categories: necessary, exemption, essential, purpose
check: not working, test, debug, banner does not show
conflict: overwritten, conflict, lost changes, two editors at once
decision: erase, erasing, delete, erasure, freeze, evidence
excel: spreadsheet, excel
figures: statistics, acceptance rate, report, dashboard, how many said yes
findings: scan, unknown cookie
frames: youtube, map, video, embed
gap: gap, discrepancy
glossary: glossary, definitions, terminology
import: export, exporting, csv, json, record of processing
inventory: lifetime, review, lifetimes
log: consent log
login: password, forgot password, sso, azure, locked out, sign in, session timed out, forgot my password
lost-factor: new phone, lost phone, recovery code
mark: matomo, tracking pixel
notices: rollback, undo, revert, restore, history, previous version, roll back
notifications: email, webhook, weekly report, alerts
operation: backup, smtp, upgrade
people: invite, roles, add user, permissions, remove user, give access
publish: publish, schedule, preview, approve
requests: overdue, deadline, dsar, subject access request, complaint, right to be forgotten, response deadline
script-tag: install, installation, withdraw consent, html, hide banner, change consent
service: cookies, vendor, processor, third country
settings: retention, colours, logo, theme
site: new site, domain
start: gdpr, cookie banner, privacy, getting started, eprivacy
tag-manager: gtm, google analytics, consent mode
texts: translate, language, sami, add a language
trail: who changed, audit log, data protection officer, who published
trouble: expired, 404, error, access denied
unmarked: wordpress, csp, block`,
}

// Whoever types a word of their own finds the article about it first.
func TestWordsLeadToTheirArticle(t *testing.T) {
	for lang, lines := range sought {
		asked := 0
		for line := range strings.SplitSeq(strings.TrimSpace(lines), "\n") {
			want, words, _ := strings.Cut(line, ": ")
			for query := range strings.SplitSeq(words, ", ") {
				asked++
				if found := first(t, lang, query, 3); len(found) == 0 || found[0] != want {
					t.Errorf("%s: %q finds %v, want %s first", lang, query, found, want)
				}
			}
		}
		if asked < 30 {
			t.Errorf("%s: only %d words are tried", lang, asked)
		}
	}
}

// first gives the names of the articles that a search finds first.
func first(t *testing.T, lang consent.Language, query string, most int) []string {
	t.Helper()
	var names []string
	for _, hit := range book(t).Search(lang, query) {
		if len(names) < most {
			names = append(names, hit.Name)
		}
	}
	return names
}

// What leads to an article is no article of another name, and leads to one only.
func TestWhatIsAskedForLeadsToOneArticle(t *testing.T) {
	for lang, articles := range asked {
		shelf := book(t).shelves[lang]
		for name, said := range articles {
			if book(t).Article(lang, name) == nil {
				t.Errorf("%s: %q lead to %s, which is no article", lang, said, name)
			}
			for _, query := range said {
				for _, a := range shelf.articles {
					if a.Name != name && shelf.askedFor(a, wordsOf(query)) {
						t.Errorf("%s: %q leads to %s and %s", lang, query, name, a.Name)
					}
				}
				if found := first(t, lang, query, 3); len(found) == 0 || found[0] != name {
					t.Errorf("%s: %q finds %v, want %s first", lang, query, found, name)
				}
			}
		}
	}
}

// One slip of the keyboard is looked past. Short words, two slips and what is no word
// find what they are, or nothing.
func TestSlipsAreLookedPast(t *testing.T) {
	for _, c := range []struct {
		lang        consent.Language
		query, want string
	}{
		{consent.Bokmaal, "pasord", "login"},
		{consent.Bokmaal, "inventraet", "inventory"},
		{consent.Bokmaal, "statistkk", "figures"},
		{consent.Bokmaal, "rolback", "notices"},
		{consent.Bokmaal, "nyy telefon", "lost-factor"},
		{consent.Nynorsk, "eksprot", "import"},
		{consent.Nynorsk, "revisjonspor", "trail"},
		{consent.English, "overdeu", "requests"},
		{consent.English, "passwrod", "login"},
		{consent.English, "glosary", "glossary"},
		{consent.English, "unddo", ""},
		{consent.English, "xyzzy", ""},
		{consent.English, "ovrdeu", ""},
		{consent.Bokmaal, "xyzzy", ""},
		{consent.Nynorsk, "xyzzy", ""},
	} {
		got := ""
		if found := first(t, c.lang, c.query, 1); len(found) > 0 {
			got = found[0]
		}
		if got != c.want {
			t.Errorf("%s: %q finds %q first, want %q", c.lang, c.query, got, c.want)
		}
	}
	for _, no := range [][2]string{{"kladd", "kladdene"}, {"abcde", "abdce "}, {"abcde", "badce"}, {"abcde", "xbcdy"}} {
		if isSlip(no[0], no[1]) {
			t.Errorf("%s is taken for %s", no[0], no[1])
		}
	}
}

// What erases a decision is asked for by somebody: both articles come before what only
// tells of it.
func TestErasingIsOfDecisionsAndRequests(t *testing.T) {
	for _, query := range []string{"erase", "erasing", "erasure"} {
		if found := first(t, consent.English, query, 2); !slices.Equal(found, []string{"decision", "requests"}) {
			t.Errorf("%q finds %v, want decision and requests", query, found)
		}
	}
}

// However long a word is, it is looked for at once.
func BenchmarkLongestWord(b *testing.B) {
	book, err := Read()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		book.Search(consent.Bokmaal, strings.Repeat("samtykke", 25))
	}
}
