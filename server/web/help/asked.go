package help

import (
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// asked are words and phrases by which people look for an article that says it in
// others, or for one of the several that say it. Whoever looks for just that finds the
// article first.
var asked = map[consent.Language]map[string][]string{
	consent.Bokmaal: phrases(`
account: 2fa, tofaktor, passnøkkel, bytte passord, endre passord, autentisering, bytte telefon, slå på tofaktor, endre e-postadressen min, logge ut overalt, totrinn, passordregler, krav til passord, endre navnet mitt, min konto
api: api, apiet, bruke apiet, openapi
api-faults: feilkode fra apiet, feilkoder i apiet
api-keys: token, tokener, integrasjon, api-nøkkel, lage api-nøkkel, nøkkel til api, nøkkel på avveie
audit-failed: manipulert, tuklet, tukling, integritet, hash, loggen er endret, noen har endret loggen
blocks: chatbot, widget
catalogue: open cookie database, database over cookies, forslag til tjenester, importere katalog, lese inn katalog
categories: formål, begrunnelse, nødvendige cookies, unntak, nødvendige kapsler
check: teste, test, testing, feilsøke, feilsøking, virker ikke, vises ikke, fungerer ikke, banneret vises ikke, banneret kommer ikke, hvorfor vises ikke banneret, banneret dukker ikke opp, dukker ikke opp, banneret mangler, virker banneret, mangler banner, vises hver gang, ødelagt banner, banneret er ødelagt
conflict: samtidig, konflikt, overskrevet, mistet endringer, mistet arbeid, to redaktører samtidig, to samtidig, noen andre endret, flere redigerer samtidig, kladden er låst
decision: slett, sletting, slette, bevis, slette et samtykke, slette én beslutning, dokumentasjon, dokumentere
excel: åpne i excel, æøå i excel
figures: samtykkeandel, samtykkeprosent, akseptrate, aksept, dashbord, dashboard, hvor mange sa ja, hvor mange samtykker, hvor mange godtar, antall besøkende, antall samtykker, antall, tall, tall for forrige måned, prosent, prosentandel, rapport til styret, rapport til ledelsen, måned for måned, andel, andel ja, statistikk for året
findings: skanning, skanne, skann, ukjent cookie, cookie uten samtykke, ukjente informasjonskapsler, cookies før samtykke, satt før samtykke
frames: film, embed, bygge inn video, vise kart, legge inn youtube, kart, video, youtube, vimeo, iframe, skjema fra leverandør, lyd, google maps, podcast, skjema, innebygd skjema, facebook video
gap: avvik, hull, tallene stemmer ikke, manglende beslutninger, beslutninger mangler
glossary: begrep, begreper, hva betyr, betydning, definisjon, definisjoner, samtykke
import: eksportere, eksport, csv, json, yaml, behandlingsprotokoll, laste opp csv, laste ned csv, importere, importere fil
inventory: gjennomgang, kopiere tjenester, liste over tjenester, gå gjennom tjenestene, ny tjeneste, legge til tjeneste, tjenesteliste, oppdatere inventaret
log: samtykkelogg, logg, eksportere loggen, lese loggen, loggen er tom, hente ut logg, finne en besøkende
login: passord, utestengt, utestengelse, kommer ikke inn, glemte passordet, økten gikk ut, logget ut, økten er utløpt, ble logget ut, logge inn, får ikke logget inn, microsoft, kontoen er låst, låst konto, brukeren er sperret, sperret ute, innlogging, tidsavbrudd, huske meg, innlogget
lost-factor: ny telefon, mistet mobil, gjenopprettingskode, mistet telefonen, mistet passnøkkelen, ny mobil, stjålet telefon
mark: matomo, sporingspiksel, pixel, piksel, meta, linkedin, hotjar
notices: angre, tilbakestille, tilbakestilling, rollback, gjenopprette, gjenoppretting, historikk, tidligere versjon, gammel versjon, forrige versjon, versjoner, rulle tilbake, gå tilbake til forrige versjon, hva sto i banneret, angre publisering, vise til datatilsynet, datatilsynet, tilsynet, hva er endret siden sist, angre endring
notifications: ukesrapport, ukentlig rapport, slack, teams, sende e-post, e-post, varsel, mottaker, endre mottaker
operation: smtp, oppgradere, oppgradering, oppdatere programmet, e-postserver, proxy, omvendt proxy, server, flytte til ny server, installere på serveren, brannmur, legge tilbake sikkerhetskopi, serveren er nede
people: ny bruker, nye brukere, fjerne bruker, slette bruker, slutter, sluttet, brukere, legge til bruker, gi tilgang, ansatt har sluttet, kollega, ny kollega, medarbeider, ny medarbeider, ansatt, ny ansatt, hvem kan publisere, hvem kan, miste tilgang, ny rolle, fjerne ansatt, slette ansatt, administrator, kommunen bytter navn, bytte navn på organisasjonen, invitasjon, vikar, hva kan en revisor, lesetilgang, revisor, rolle, redaktør
placeholders: boks i stedet for video, knapp over filmen, boks over videoen
publish: planlegge, planlagt, tidsstyre, godkjenne, godkjenning, fire øyne, publisere senere, se banneret før publisering, spørre alle på nytt, spørre på nytt, prøve før publisering
requests: forfalt, forfaller, forfall, forsinket, overskredet, sletterett, retten til å bli glemt, rett til sletting, slette data, slette opplysninger, innsynskrav, dsar, registrerte, svare på innsynskrav, krav om innsyn, svarfrist, slette alt om en person, slette person, krav om sletting, innbygger, innsyn, fristen er ute, saksnummer
script-tag: installere, installasjon, trekke samtykke, trekke tilbake samtykke, html, head, skjule banner, skjule banneret, legge inn skriptet, endre samtykke, cookie-knapp, lime inn koden, hvor limer jeg koden, knapp for å endre valg
service: leverandør, databehandler, tredjeland, cookies, cookie, kapsel, kapsler, slette cookie, slette kapsel, slette informasjonskapsel, utenfor eu, utenfor eøs, cookie fra leverandør, slette tjeneste, tredjepartscookies, schrems, tredjepart, beskrive tjeneste
settings: endre logo, endre farger, endre utseende, underdomene, subdomene, mørk modus, dark mode, adressen til nettstedet, farger, logo, hvor lenge lagres, hvor lenge gjelder, flytte banneret, plassering av banneret, banner på mobil, dekker siden, banneret dekker, lenke til personvernerklæring, personvernerklæring, behandlingsansvarlig, universell utforming, skjermleser, tilgjengelighet, skriftstørrelse, kontaktinfo, kontaktinformasjon, personvernombudet bytter, slette nettsted
site: domene, nytt nettsted, legge til nettsted, opprette nettside, nettside, ny nettside, intranett
start: gdpr, personvernforordningen, cookie-banner, banner, personvern, ekomloven, ekom, hvor begynner jeg, begynne, komme i gang, hva er et samtykke, avvis alle
tag-manager: gtm, consent mode, google analytics
texts: språk, legge til språk, nytt språk, engelsk, oversette, teksten i banneret
trail: hvem endret, hvem gjorde, hvem slettet, personvernombud, personvernrådgiver, hvem publiserte, hvem ga tilgang, hvem så på loggen, hvem har sett på loggen, hvem fjernet, hvem leste loggen, hvem godkjente, hvem eksporterte, hvem la til
trouble: utløpt, utgått, utløper, 403, 404, 500, feil, feilkode, ingen tilgang, siden finnes ikke, finner ikke siden, får ikke lagret, kan ikke lagre, lenken virker ikke, lenken har gått ut, treg side, serverfeil
unmarked: wordpress, csp, blokkere, blokkering, blokkert, innstikk, plugin, kan ikke endre koden`),
	consent.Nynorsk: phrases(`
account: 2fa, tofaktor, passnøkkel, byte passord, endre passord, autentisering, byte telefon, slå på tofaktor, endre e-postadressa mi, logge ut overalt, totrinn, passordreglar, krav til passord, endre namnet mitt, min konto
api: api, apiet, bruke apiet, openapi
api-faults: feilkode frå apiet, feilkodar i apiet
api-keys: token, integrasjon, api-nøkkel, lage api-nøkkel, nøkkel til api, nøkkel på avvegar
audit-failed: manipulert, tukla, tukling, integritet, hash, loggen er endra, nokon har endra loggen
blocks: chatbot, widget
catalogue: open cookie database, database over cookies, forslag til tenester, framlegg til tenester, importere katalog, lese inn katalog
categories: føremål, formål, grunngjeving, nødvendige cookies, unntak, nødvendige kapslar
check: teste, test, testing, feilsøkje, feilsøking, verkar ikkje, viser ikkje, fungerer ikkje, banneret viser ikkje, banneret kjem ikkje, kvifor viser ikkje banneret, banneret dukkar ikkje opp, dukkar ikkje opp, banneret manglar, verkar banneret, manglar banner, viser kvar gong, øydelagt banner, banneret er øydelagt
conflict: samstundes, samtidig, konflikt, overskriven, overskrive, mista endringar, mista arbeid, to redaktørar samtidig, to samstundes, nokon andre endra, fleire redigerer samtidig, kladden er låst
decision: slett, sletting, slette, bevis, prov, slette eit samtykke, slette éi avgjerd, dokumentasjon, dokumentere
excel: opne i excel, æøå i excel
figures: samtykkedel, samtykkeprosent, akseptrate, aksept, dashbord, dashboard, kor mange sa ja, kor mange samtykkjer, kor mange godtek, talet på besøkjande, talet på samtykke, tal, tal for førre månad, mengda samtykke, prosent, prosentdel, rapport til styret, rapport til leiinga, månad for månad, statistikk for året
findings: skanning, skanne, skann, ukjend cookie, cookie utan samtykke, ukjende informasjonskapslar, cookies før samtykke, sett før samtykke
frames: film, embed, byggje inn video, vise kart, leggje inn youtube, kart, video, youtube, vimeo, iframe, skjema frå leverandør, lyd, google maps, podkast, skjema, innebygd skjema, facebook video
gap: avvik, hol, tala stemmer ikkje, manglande avgjerder, avgjerder manglar
glossary: omgrep, kva tyder, tyding, definisjon, definisjonar, samtykke
import: eksportere, eksport, csv, json, yaml, behandlingsprotokoll, laste opp csv, laste ned csv, importere, importere fil
inventory: gjennomgang, kopiere tenester, liste over tenester, gå gjennom tenestene, ny teneste, leggje til teneste, tenesteliste, oppdatere inventaret
log: samtykkelogg, logg, eksportere loggen, lese loggen, loggen er tom, hente ut logg, finne ein besøkjande
login: passord, utestengd, utestengt, kjem ikkje inn, gløymde passordet, økta gjekk ut, logga ut, økta er utgått, vart logga ut, logge inn, får ikkje logga inn, microsoft, kontoen er låst, låst konto, brukaren er sperra, sperra ute, innlogging, tidsavbrot, hugse meg, innlogga
lost-factor: ny telefon, mista mobil, gjenopprettingskode, attopprettingskode, mista telefonen, mista passnøkkelen, ny mobil, stolen telefon
mark: matomo, sporingspiksel, piksel, meta, linkedin, hotjar
notices: angre, tilbakestille, tilbakestilling, rollback, gjenopprette, gjenoppretting, historikk, tidlegare versjon, gammal versjon, førre versjon, versjonar, rulle tilbake, gå tilbake til førre versjon, kva stod i banneret, angre publisering, vise til datatilsynet, datatilsynet, tilsynet, kva er endra sidan sist, angre endring
notifications: vekerapport, vekesrapport, slack, teams, sende e-post, e-post, varsel, mottakar, endre mottakar
operation: smtp, oppgradere, oppgradering, oppdatere programmet, e-posttenar, proxy, omvend proxy, tenar, flytte til ny tenar, installere på tenaren, brannmur, leggje tilbake tryggingskopi, tenaren er nede
people: ny brukar, nye brukarar, fjerne brukar, slette brukar, sluttar, slutta, brukarar, leggje til brukar, gi tilgang, tilsett har slutta, kollega, ny kollega, medarbeidar, ny medarbeidar, tilsett, ny tilsett, kven kan publisere, kven kan, miste tilgang, ny rolle, fjerne tilsett, slette tilsett, administrator, kommunen byter namn, byte namn på organisasjonen, invitasjon, vikar, kva kan ein revisor, lesetilgang, revisor, rolle, redaktør
placeholders: boks i staden for video, knapp over filmen, boks over videoen
publish: planleggje, planlegge, planlagt, tidsstyre, godkjenne, godkjenning, fire auge, publisere seinare, sjå banneret før publisering, spørje alle på nytt, spørje på nytt, prøve før publisering
requests: forfallen, forfalne, forfalle, forfall, forfalt, forseinka, sletterett, retten til å bli gløymd, rett til sletting, slette data, slette opplysningar, innsynskrav, dsar, registrerte, svare på innsynskrav, krav om innsyn, svarfrist, slette alt om ein person, slette person, krav om sletting, innbyggjar, innsyn, fristen er ute, saksnummer
script-tag: installere, installasjon, trekkje samtykke, trekkje tilbake samtykke, html, head, skjule banner, skjule banneret, leggje inn skriptet, endre samtykke, cookie-knapp, lime inn koden, kvar limer eg koden, knapp for å endre val
service: leverandør, databehandlar, tredjeland, cookies, cookie, kapsel, kapslar, slette cookie, slette kapsel, slette informasjonskapsel, utanfor eu, utanfor eøs, cookie frå leverandør, slette teneste, tredjepartscookies, schrems, tredjepart, skildre teneste
settings: endre logo, endre fargar, endre utsjånad, underdomene, subdomene, mørk modus, dark mode, adressa til nettstaden, fargar, logo, kor lenge lagra, kor lenge gjeld, flytte banneret, plassering av banneret, banner på mobil, dekkjer sida, banneret dekkjer, lenkje til personvernerklæring, personvernerklæring, behandlingsansvarleg, universell utforming, skjermlesar, skriftstorleik, kontaktinfo, kontaktinformasjon, personvernombodet byter, slette nettstad
site: domene, ny nettstad, leggje til nettstad, opprette nettside, nettside, ny nettside, intranett
start: gdpr, personvernforordninga, cookie-banner, banner, personvern, ekomlova, ekom, kvar byrjar eg, byrje, kome i gang, kva er eit samtykke, avvis alle
tag-manager: gtm, consent mode, google analytics
texts: språk, leggje til språk, nytt språk, engelsk, omsetje, teksten i banneret
trail: kven endra, kven gjorde, kven sletta, personvernombod, personvernrådgjevar, kven publiserte, kven gav tilgang, kven såg på loggen, kven har sett på loggen, kven fjerna, kven las loggen, kven godkjende, kven eksporterte, kven la til
trouble: utgått, utløpt, går ut, 403, 404, 500, feil, feilkode, ingen tilgang, sida finst ikkje, finn ikkje sida, får ikkje lagra, kan ikkje lagre, lenkja verkar ikkje, lenkja har gått ut, treg side, tenarfeil
unmarked: wordpress, csp, blokkere, blokkering, blokkert, innstikk, plugin, kan ikkje endre koden`),
	consent.English: phrases(`
account: 2fa, passkey, change password, authenticator, authentication, change phone, turn on two-factor, change my email, log out everywhere, password rules, change my name, log off, sign off, my account
api: api, use the api, openapi
api-faults: error code from the api, error codes of the api
api-keys: token, tokens, integration, api key, make an api key, key for the api, leaked key
audit-failed: tampered, tampering, integrity, hash, the log was changed, someone changed the log
blocks: chatbot, widget
catalogue: catalog, open cookie database, suggestions for services, import a catalogue, read in a catalogue
categories: purpose, essential, necessary cookies, exemption, exempt
check: test, testing, debug, debugging, troubleshooting, does not work, not working, not showing, banner does not show, banner not showing, why is there no banner, banner does not appear, does not appear, banner missing, does the banner work, no banner, banner shows every time, banner is broken, broken banner
conflict: conflict, overwritten, overwrite, lost changes, lost work, two editors at once, two people editing, somebody else changed, edit at the same time, editing at the same time, two people working at once, two people at once, draft is locked
decision: erase, erasing, erasure, delete, deletion, evidence, delete a consent, erase one decision, documentation, document
excel: open in excel
figures: acceptance rate, acceptance, opt-in rate, dashboard, how many said yes, how many accept, consent rate, number of visitors, number of consents, figures, number, percentage, month by month, report for the board, how many reject, share, share of yes, statistics for the year
findings: scan, scanner, scanning, unknown cookie, cookie without consent, unknown cookies, cookies before consent, set before consent
frames: embed, embedded, embed a video, show a map, embed youtube, map, video, youtube, vimeo, iframe, film, movie, form from a provider, audio, google maps, podcast, form, facebook video
gap: discrepancy, gap, figures do not add up, missing decisions, decisions are missing
glossary: definition, terminology, meaning, consent
import: export, csv, json, yaml, upload csv, download csv, import, import a file, records of processing, record of processing
inventory: review, copy services, list of services, go through the services, new service, add a service, update the inventory
log: consent log, export the log, read the log, log is empty, find a visitor
login: password, sign in, sign on, locked out, lock-out, lockout, session timed out, session expired, logged out, timed out, forgot my password, log in, cannot log in, microsoft, account is locked, user is locked, remember me
lost-factor: new phone, lost phone, lost my phone, lost my passkey, new mobile, stolen phone, recover account
mark: matomo, tracking pixel, tracker, pixel, meta, linkedin, hotjar
notices: rollback, roll back, undo, revert, restore, history, versions, previous version, earlier version, old version, go back to previous version, what did the banner say, what did we say, undo publishing, undo publication, show the authority, authority, what changed since last time, undo a change
notifications: weekly report, slack, teams, send e-mail, e-mail, notifications, not getting notifications, turn off notifications, recipient, recipients, change recipients
operation: smtp, upgrade, update, mail server, proxy, reverse proxy, server, move to a new server, install on the server, firewall, backup, back up the database, restore a backup, server is down
people: add user, new user, remove user, delete user, users, leaver, give access, employee left, add a user, colleague, new colleague, co-worker, employee, new employee, who can publish, who can, lost access, new role, remove an employee, delete an employee, administrator, rename the organisation, invitation, temp, what may an auditor do, read access, auditor, role, editor
placeholders: box instead of the video, button over the film, box over the video
publish: schedule, scheduling, approve, approval, four eyes, publish later, see the banner before publishing, ask everyone again, ask again, postpone publication, publishing failed, cannot publish
requests: overdue, late, deadline, due, dsar, right to be forgotten, right to erasure, erase data, delete data, data subject, answer an access request, subject access, response deadline, delete all about a person, delete person, request for erasure, resident, ask for access, case number
script-tag: install, installation, withdraw consent, withdrawal, html, head, hide banner, hide the banner, change consent, cookie button, paste the code, where do I paste the code, button to change choices
service: vendor, processor, third country, cookies, cookie, delete a cookie, outside the eu, outside the eea, cookie from a provider, delete a service, edit a cookie, third party, third-party cookies, schrems, describe a service
settings: theme, branding, change logo, change colours, change colors, subdomain, dark mode, address of the site, logo, colours, colors, how long kept, how long last, how long does an answer last, move the banner, placement of the banner, banner on mobile, covers the page, privacy policy, privacy statement, controller, accessibility, screen reader, banner position, font, contact details, delete a site
site: domain, new site, add a site, website, new website, create a site, one more website, intranet
start: gdpr, cookie banner, banner, privacy, eprivacy, quick start, setup, where do I begin, begin, get started, what is consent, reject all
tag-manager: gtm, consent mode, google analytics
texts: add a language, add language, new language, english, translate, banner text
trail: who changed, who deleted, data protection officer, dpo, audit log, who published, who gave access, who looked at the log, who has seen the log, trace, who removed, who read the log, who approved, who exported, who added
trouble: expired, expiry, 403, 404, 500, error, access denied, permission denied, page not found, cannot save, link no longer works, link does not work, link has expired, slow page, server error
unmarked: wordpress, csp, block, blocking, plugin, cannot change the code`),
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

// foldAll folds each of some texts.
func foldAll(said []string) []folded {
	all := make([]folded, len(said))
	for i := range said {
		all[i] = fold(said[i])
	}
	return all
}
