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
account: 2fa, tofaktor, passnøkkel, bytte passord, endre passord, autentisering, bytte telefon, slå på tofaktor, endre e-postadressen min
api-keys: token, tokener, integrasjon, api-nøkkel, lage api-nøkkel
audit-failed: manipulert, tuklet, tukling, integritet, hash
blocks: chatbot, widget
catalogue: open cookie database, database over cookies
categories: formål, begrunnelse, nødvendige cookies, unntak
check: teste, test, testing, feilsøke, feilsøking, virker ikke, vises ikke, fungerer ikke, banneret vises ikke, banneret kommer ikke, hvorfor vises ikke banneret
conflict: samtidig, konflikt, overskrevet, mistet endringer, mistet arbeid, to redaktører samtidig, to samtidig, noen andre endret, flere redigerer samtidig
decision: slett, sletting, slette, bevis, slette et samtykke, slette én beslutning
excel: åpne i excel, æøå i excel
figures: samtykkeandel, samtykkeprosent, akseptrate, aksept, dashbord, dashboard, hvor mange sa ja, hvor mange samtykker, hvor mange godtar
findings: skanning, skanne, skann, ukjent cookie
frames: film, embed, bygge inn video, vise kart, legge inn youtube
gap: avvik, hull
glossary: begrep, begreper, hva betyr, betydning, definisjon, definisjoner
import: eksportere, eksport, csv, json, yaml, behandlingsprotokoll, laste opp csv, laste ned csv
inventory: gjennomgang
log: samtykkelogg, logg
login: passord, utestengt, utestengelse, kommer ikke inn, glemte passordet, økten gikk ut, logget ut, økten er utløpt, ble logget ut
lost-factor: ny telefon, mistet mobil, gjenopprettingskode, mistet telefonen
mark: matomo, sporingspiksel
notices: angre, tilbakestille, tilbakestilling, rollback, gjenopprette, gjenoppretting, historikk, tidligere versjon, gammel versjon, forrige versjon, versjoner, rulle tilbake, gå tilbake til forrige versjon, hva sto i banneret
notifications: ukesrapport, ukentlig rapport, slack, teams
operation: smtp, oppgradere, oppgradering, oppdatere programmet, e-postserver
people: ny bruker, nye brukere, fjerne bruker, slette bruker, slutter, sluttet, brukere, legge til bruker, gi tilgang, ansatt har sluttet
publish: planlegge, planlagt, tidsstyre, godkjenne, godkjenning, fire øyne, publisere senere
requests: forfalt, forfaller, forfall, forsinket, overskredet, sletterett, retten til å bli glemt, rett til sletting, slette data, slette opplysninger, innsynskrav, dsar, registrerte, svare på innsynskrav, krav om innsyn, svarfrist
script-tag: installere, installasjon, trekke samtykke, trekke tilbake samtykke, html, head, skjule banner, skjule banneret, legge inn skriptet, endre samtykke, cookie-knapp
service: leverandør, databehandler, tredjeland, cookies, cookie, kapsel, kapsler
settings: endre logo, endre farger, endre utseende
site: domene, nytt nettsted, legge til nettsted
start: gdpr, personvernforordningen, cookie-banner, banner, personvern, ekomloven, ekom
tag-manager: gtm, consent mode
texts: språk, legge til språk, nytt språk
trail: hvem endret, hvem gjorde, hvem slettet, personvernombud, personvernrådgiver, hvem publiserte
trouble: utløpt, utgått, utløper, 403, 404, 500, feil, feilkode, ingen tilgang
unmarked: wordpress, csp, blokkere, blokkering, blokkert, innstikk, plugin`),
	consent.Nynorsk: phrases(`
account: 2fa, tofaktor, passnøkkel, byte passord, endre passord, autentisering, byte telefon, slå på tofaktor, endre e-postadressa mi
api-keys: token, integrasjon, api-nøkkel, lage api-nøkkel
audit-failed: manipulert, tukla, tukling, integritet, hash
blocks: chatbot, widget
catalogue: open cookie database, database over cookies
categories: føremål, formål, grunngjeving, nødvendige cookies, unntak
check: teste, test, testing, feilsøkje, feilsøking, verkar ikkje, viser ikkje, fungerer ikkje, banneret viser ikkje, banneret kjem ikkje, kvifor viser ikkje banneret
conflict: samstundes, samtidig, konflikt, overskriven, overskrive, mista endringar, mista arbeid, to redaktørar samtidig, to samstundes, nokon andre endra, fleire redigerer samtidig
decision: slett, sletting, slette, bevis, prov, slette eit samtykke, slette éi avgjerd
excel: opne i excel, æøå i excel
figures: samtykkedel, samtykkeprosent, akseptrate, aksept, dashbord, dashboard, kor mange sa ja, kor mange samtykkjer, kor mange godtek
findings: skanning, skanne, skann, ukjend cookie
frames: film, embed, byggje inn video, vise kart, leggje inn youtube
gap: avvik, hol
glossary: omgrep, kva tyder, tyding, definisjon, definisjonar
import: eksportere, eksport, csv, json, yaml, behandlingsprotokoll, laste opp csv, laste ned csv
inventory: gjennomgang
log: samtykkelogg, logg
login: passord, utestengd, utestengt, kjem ikkje inn, gløymde passordet, økta gjekk ut, logga ut, økta er utgått, vart logga ut
lost-factor: ny telefon, mista mobil, gjenopprettingskode, attopprettingskode, mista telefonen
mark: matomo, sporingspiksel
notices: angre, tilbakestille, tilbakestilling, rollback, gjenopprette, gjenoppretting, historikk, tidlegare versjon, gammal versjon, førre versjon, versjonar, rulle tilbake, gå tilbake til førre versjon, kva stod i banneret
notifications: vekerapport, vekesrapport, slack, teams
operation: smtp, oppgradere, oppgradering, oppdatere programmet, e-posttenar
people: ny brukar, nye brukarar, fjerne brukar, slette brukar, sluttar, slutta, brukarar, leggje til brukar, gi tilgang, tilsett har slutta
publish: planleggje, planlegge, planlagt, tidsstyre, godkjenne, godkjenning, fire auge, publisere seinare
requests: forfallen, forfalne, forfalle, forfall, forfalt, forseinka, sletterett, retten til å bli gløymd, rett til sletting, slette data, slette opplysningar, innsynskrav, dsar, registrerte, svare på innsynskrav, krav om innsyn, svarfrist
script-tag: installere, installasjon, trekkje samtykke, trekkje tilbake samtykke, html, head, skjule banner, skjule banneret, leggje inn skriptet, endre samtykke, cookie-knapp
service: leverandør, databehandlar, tredjeland, cookies, cookie, kapsel, kapslar
settings: endre logo, endre fargar, endre utsjånad
site: domene, ny nettstad, leggje til nettstad
start: gdpr, personvernforordninga, cookie-banner, banner, personvern, ekomlova, ekom
tag-manager: gtm, consent mode
texts: språk, leggje til språk, nytt språk
trail: kven endra, kven gjorde, kven sletta, personvernombod, personvernrådgjevar, kven publiserte
trouble: utgått, utløpt, går ut, 403, 404, 500, feil, feilkode, ingen tilgang
unmarked: wordpress, csp, blokkere, blokkering, blokkert, innstikk, plugin`),
	consent.English: phrases(`
account: 2fa, passkey, change password, authenticator, authentication, change phone, turn on two-factor, change my email
api-keys: token, tokens, integration, api key, make an api key
audit-failed: tampered, tampering, integrity, hash
blocks: chatbot, widget
catalogue: catalog, open cookie database
categories: purpose, essential, necessary cookies, exemption, exempt
check: test, testing, debug, debugging, troubleshooting, does not work, not working, not showing, banner does not show, banner not showing, why is there no banner
conflict: conflict, overwritten, overwrite, lost changes, lost work, two editors at once, two people editing, somebody else changed, edit at the same time, editing at the same time
decision: erase, erasing, erasure, delete, deletion, evidence, delete a consent, erase one decision
excel: open in excel
figures: acceptance rate, acceptance, opt-in rate, dashboard, how many said yes, how many accept, consent rate
findings: scan, scanner, scanning, unknown cookie
frames: embed, embedded, embed a video, show a map, embed youtube
gap: discrepancy, gap
glossary: definition, terminology, meaning
import: export, csv, json, yaml, upload csv, download csv
inventory: review
log: consent log
login: password, sign in, sign on, locked out, lock-out, lockout, session timed out, session expired, logged out, timed out, forgot my password
lost-factor: new phone, lost phone, lost my phone
mark: matomo, tracking pixel, tracker
notices: rollback, roll back, undo, revert, restore, history, versions, previous version, earlier version, old version, go back to previous version, what did the banner say
notifications: weekly report, slack, teams
operation: smtp, upgrade, update, mail server
people: add user, new user, remove user, delete user, users, leaver, give access, employee left, add a user
publish: schedule, scheduling, approve, approval, four eyes, publish later
requests: overdue, late, deadline, due, dsar, right to be forgotten, right to erasure, erase data, delete data, data subject, answer an access request, subject access, response deadline
script-tag: install, installation, withdraw consent, withdrawal, html, head, hide banner, hide the banner, change consent, cookie button
service: vendor, processor, third country, cookies, cookie
settings: theme, branding, change logo, change colours, change colors
site: domain, new site, add a site
start: gdpr, cookie banner, banner, privacy, eprivacy, quick start, setup
tag-manager: gtm, consent mode
texts: add a language, add language, new language
trail: who changed, who deleted, data protection officer, dpo, audit log, who published
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
