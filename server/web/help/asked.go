package help

import (
	"slices"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// asked are words and phrases by which people look for an article that says it in
// others, or for one of the several that say it. Whoever looks for just that finds the
// article first.
var asked = map[consent.Language]map[string][]string{
	consent.Bokmaal: phrases(`
account: 2fa, tofaktor, passnøkkel, bytte passord, endre passord, autentisering
api-keys: token, tokener, integrasjon, api-nøkkel
audit-failed: manipulert, tuklet, tukling, integritet, hash
blocks: chatbot, widget
catalogue: open cookie database, database over cookies
categories: formål, begrunnelse, nødvendige cookies, unntak
check: teste, test, testing, feilsøke, feilsøking, virker ikke, vises ikke, fungerer ikke
conflict: samtidig, konflikt, overskrevet, mistet endringer, mistet arbeid
decision: slett, sletting, slette, bevis
figures: samtykkeandel, samtykkeprosent, akseptrate, aksept, dashbord, dashboard
findings: skanning, skanne, skann, ukjent cookie
frames: film, embed
gap: avvik, hull
glossary: begrep, begreper, hva betyr, betydning, definisjon, definisjoner
import: eksportere, eksport, csv, json, yaml, behandlingsprotokoll
inventory: gjennomgang
log: samtykkelogg, logg
login: passord, utestengt, utestengelse, kommer ikke inn
lost-factor: ny telefon, mistet mobil, gjenopprettingskode
mark: matomo, sporingspiksel
notices: angre, tilbakestille, tilbakestilling, rollback, gjenopprette, gjenoppretting, historikk, tidligere versjon, gammel versjon, forrige versjon, versjoner
notifications: ukesrapport, ukentlig rapport, slack, teams
operation: smtp, oppgradere, oppgradering, oppdatere programmet, e-postserver
people: ny bruker, nye brukere, fjerne bruker, slette bruker, slutter, sluttet, brukere
publish: planlegge, planlagt, tidsstyre, godkjenne, godkjenning, fire øyne
requests: forfalt, forfaller, forfall, forsinket, overskredet, sletterett, retten til å bli glemt, rett til sletting, slette data, slette opplysninger, innsynskrav, dsar, registrerte
script-tag: installere, installasjon, trekke samtykke, trekke tilbake samtykke, html, head
service: leverandør, databehandler, tredjeland, cookies, cookie, kapsel, kapsler
site: domene, nytt nettsted
start: gdpr, personvernforordningen, cookie-banner, banner, personvern, ekomloven, ekom
tag-manager: gtm, consent mode
texts: språk
trail: hvem endret, hvem gjorde, hvem slettet, personvernombud, personvernrådgiver
trouble: utløpt, utgått, utløper, 403, 404, 500, feil, feilkode, ingen tilgang
unmarked: wordpress, csp, blokkere, blokkering, blokkert, innstikk, plugin`),
	consent.Nynorsk: phrases(`
account: 2fa, tofaktor, passnøkkel, byte passord, endre passord, autentisering
api-keys: token, integrasjon, api-nøkkel
audit-failed: manipulert, tukla, tukling, integritet, hash
blocks: chatbot, widget
catalogue: open cookie database, database over cookies
categories: føremål, formål, grunngjeving, nødvendige cookies, unntak
check: teste, test, testing, feilsøkje, feilsøking, verkar ikkje, viser ikkje, fungerer ikkje
conflict: samstundes, samtidig, konflikt, overskriven, overskrive, mista endringar, mista arbeid
decision: slett, sletting, slette, bevis, prov
figures: samtykkedel, samtykkeprosent, akseptrate, aksept, dashbord, dashboard
findings: skanning, skanne, skann, ukjend cookie
frames: film, embed
gap: avvik, hol
glossary: omgrep, kva tyder, tyding, definisjon, definisjonar
import: eksportere, eksport, csv, json, yaml, behandlingsprotokoll
inventory: gjennomgang
log: samtykkelogg, logg
login: passord, utestengd, utestengt, kjem ikkje inn
lost-factor: ny telefon, mista mobil, gjenopprettingskode, attopprettingskode
mark: matomo, sporingspiksel
notices: angre, tilbakestille, tilbakestilling, rollback, gjenopprette, gjenoppretting, historikk, tidlegare versjon, gammal versjon, førre versjon, versjonar
notifications: vekerapport, vekesrapport, slack, teams
operation: smtp, oppgradere, oppgradering, oppdatere programmet, e-posttenar
people: ny brukar, nye brukarar, fjerne brukar, slette brukar, sluttar, slutta, brukarar
publish: planleggje, planlegge, planlagt, tidsstyre, godkjenne, godkjenning, fire auge
requests: forfallen, forfalne, forfalle, forfall, forfalt, forseinka, sletterett, retten til å bli gløymd, rett til sletting, slette data, slette opplysningar, innsynskrav, dsar, registrerte
script-tag: installere, installasjon, trekkje samtykke, trekkje tilbake samtykke, html, head
service: leverandør, databehandlar, tredjeland, cookies, cookie, kapsel, kapslar
site: domene, ny nettstad
start: gdpr, personvernforordninga, cookie-banner, banner, personvern, ekomlova, ekom
tag-manager: gtm, consent mode
texts: språk
trail: kven endra, kven gjorde, kven sletta, personvernombod, personvernrådgjevar
trouble: utgått, utløpt, går ut, 403, 404, 500, feil, feilkode, ingen tilgang
unmarked: wordpress, csp, blokkere, blokkering, blokkert, innstikk, plugin`),
	consent.English: phrases(`
account: 2fa, passkey, change password, authenticator, authentication
api-keys: token, tokens, integration, api key
audit-failed: tampered, tampering, integrity, hash
blocks: chatbot, widget
catalogue: catalog, open cookie database
categories: purpose, essential, necessary cookies, exemption, exempt
check: test, testing, debug, debugging, troubleshooting, does not work, not working, not showing
conflict: conflict, overwritten, overwrite, lost changes, lost work
decision: erase, erasing, erasure, delete, deletion, evidence
figures: acceptance rate, acceptance, opt-in rate, dashboard
findings: scan, scanner, scanning, unknown cookie
frames: embed, embedded
gap: discrepancy, gap
glossary: definition, terminology, meaning
import: export, csv, json, yaml
inventory: review
log: consent log
login: password, sign in, sign on, locked out, lock-out, lockout
lost-factor: new phone, lost phone
mark: matomo, tracking pixel, tracker
notices: rollback, roll back, undo, revert, restore, history, versions, previous version, earlier version, old version
notifications: weekly report, slack, teams
operation: smtp, upgrade, update, mail server
people: add user, new user, remove user, delete user, users, leaver
publish: schedule, scheduling, approve, approval, four eyes
requests: overdue, late, deadline, due, dsar, right to be forgotten, right to erasure, erase data, delete data, data subject
script-tag: install, installation, withdraw consent, withdrawal, html, head
service: vendor, processor, third country, cookies, cookie
settings: theme, branding
site: domain, new site
start: gdpr, cookie banner, banner, privacy, eprivacy, quick start, setup
tag-manager: gtm, consent mode
trail: who changed, who deleted, data protection officer, dpo, audit log
trouble: expired, expiry, 403, 404, 500, error, access denied, permission denied
unmarked: wordpress, csp, block, blocking, plugin`),
}

// phrases reads lines of an article, and what people ask for that leads there.
func phrases(lines string) map[string][]string {
	all := map[string][]string{}
	for line := range strings.SplitSeq(strings.TrimSpace(lines), "\n") {
		name, said, _ := strings.Cut(line, ": ")
		all[name] = strings.Split(said, ", ")
	}
	return all
}

// askedFor says whether a query is just what leads to an article, whatever its forms.
func (s *shelf) askedFor(a *Article, query []string) bool {
	if len(query) == 0 {
		return false
	}
	return slices.ContainsFunc(a.asked, func(f folded) bool {
		return slices.EqualFunc(f.words, query, func(w word, said string) bool {
			return stem(s.lang, w.text) == stem(s.lang, said)
		})
	})
}

// foldAll folds each of some texts.
func foldAll(said []string) []folded {
	all := make([]folded, len(said))
	for i := range said {
		all[i] = fold(said[i])
	}
	return all
}
