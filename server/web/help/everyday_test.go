package help

import (
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// everyday are phrases as people of a municipality type them, and the article that has
// to come first, or those of which one has to.
var everyday = map[consent.Language]string{
	consent.Bokmaal: `
account: bytte passordet mitt, endre navnet mitt, sette opp tofaktor, logge ut overalt, skru på totrinn, bytte e-postadresse
account|lost-factor: kode på mobilen
account|texts|settings: endre språk
api: bruke api-et, openapi dokument
api-faults: feilkode fra api-et
api-keys: lage en nøkkel til api, token har gått ut, nøkkel på avveie, api-nøkkel lekket, ny api-nøkkel, trekke tilbake nøkkel
audit-failed: loggen stemmer ikke, noen har tuklet med loggen, hash stemmer ikke
audit-failed|trail: loggen er endret
blocks: chat på nettsiden, chatbot på siden, chatbot fra boost
blocks|check: chatten vises ikke
catalogue: forslag til tjenester, importere katalog
categories: ny kategori, hva er strengt nødvendig, er statistikk nødvendig
categories|service: formål med tjenesten
check: banneret dukker ikke opp, virker banneret, banneret mangler på siden, ødelagt banner
check|publish: test av banner
check|script-tag|settings|publish: banneret vises hver gang
check|site|operation: testmiljø
conflict: noen har overskrevet endringene mine, to jobber samtidig
conflict|notices: kladd ble borte
conflict|publish: kladden er låst
decision: slette én beslutning, fryse en beslutning
decision|settings|log: slette logg
excel: åpne filen i excel, excel viser rare tegn, bokstavene er feil i excel
excel|figures: hente tallene til excel
figures: antall besøkende, hvor mange avviser, hvor mange takker nei, antall samtykker, se statistikken, tall for forrige måned, prosent som sier ja, måned for måned, statistikk til ledelsen, rapport til styret, hvor mange har svart, andel ja, statistikk for året
figures|excel: laste ned tall
figures|gap: færre besøkende enn før
findings: ukjent tjeneste på siden, ukjente informasjonskapsler, cookie uten samtykke
findings|check|mark: cookies før samtykke
findings|inventory|service: hvilke cookies bruker vi, tjenesten er ikke i bruk
frames: kart på siden, vise film på siden, iframe i artikkelen, youtube på nettsiden, kart fra norkart, vimeo film, lyd og podcast, google maps, podcast spiller, innebygd skjema, facebook video, kartløsning, skjemaløsning
frames|blocks: skjema fra leverandør
frames|blocks|mark: facebook feed
frames|placeholders|check: videoen vises ikke, kartet vises ikke
gap: hull i tallene for en dag, manglende beslutninger
gap|figures: tall stemmer ikke
gap|notifications: varsel om hull
glossary: hva betyr ordene
glossary|start: hva er et samtykke
import: laste ned inventaret, protokoll over behandlinger, importere fra fil
inventory: kopiere tjenester, liste over tjenester, gå gjennom tjenestene, årlig gjennomgang, ny tjeneste, legge til tjeneste, oppdatere inventaret
inventory|settings: kvartalsvis gjennomgang
inventory|settings|notifications: påminnelse om gjennomgang
log: finne en beslutning, eksportere loggen, søke på kvitteringsnummer, papirutskrift av loggen, hvor er loggen, hente ut logg
login: får ikke logget inn, glemt passordet mitt, feil passord, logge inn med microsoft, kontoen er låst, innlogging med feide, logge inn med ansattkonto, logg inn på nytt, huske meg
login|account|check|lost-factor: pinkode virker ikke
login|operation: tidsavbrudd
login|people|operation: brukeren er sperret
log|decision|notices: dokumentere samtykke
log|excel: loggen til excel
log|gap|trouble: loggen er tom
log|glossary|decision: hvor er kvitteringen
log|requests: finne en besøkende
log|start|texts|notices: gdpr artikkel 7
log|trail|audit-failed: revisjon av loggen
lost-factor: mistet telefonen min, ny mobil, mistet passnøkkelen
lost-factor|login: glemt totrinnskode
mark: merke et skript, siteimprove på siden, pixel fra meta, siteimprove skript
mark|blocks|findings: hotjar
mark|categories: matomo uten samtykke
mark|frames|blocks: skript fra facebook
mark|tag-manager: linkedin tag
notices: angre siste publisering, gamle versjoner av banneret, hva sto i fjor, gå tilbake til gammel tekst, angre endring i kladd, sammenligne versjoner
notices|conflict: gammel kladd
notices|decision|log: bevis til tilsynet
notices|log|import|decision: datatilsynet krever dokumentasjon
notices|publish|trail: hva er endret siden sist
notices|trail|log: vise til datatilsynet
notifications: sende e-post, får ikke varsler, hvem får e-post, slå av varsler, e-post hver mandag, få rapport på e-post, ukentlig rapport, varsel til flere, endre mottaker av varsel, teams varsel
operation: proxy, ta sikkerhetskopi av databasen, flytte til ny server, installere på serveren, omvendt proxy, sertifikat på serveren
operation|trouble: serveren er nede
people: ny kollega, kollega har sluttet, gi noen tilgang, fjerne en ansatt, hvem har tilgang, ny ansatt, slette bruker, ny rolle, ny vikar trenger tilgang, hvem er administrator, endre rolle, sende invitasjon på nytt, ny administrator, fjerne administrator, gi redaktør tilgang, lesetilgang
people|log: hva kan en revisor, revisor trenger logg
people|publish: hvem kan publisere
people|service: tilgang for leverandør
people|settings: kommunen bytter navn
people|site|operation: ny kommune
people|site|settings|operation: sammenslåing av kommuner
people|trouble: miste tilgang, invitasjonen virker ikke
placeholders: boks i stedet for video, knapp over filmen
publish: publisere endringene, publisere i morgen, se banneret før publisering, spørre alle på nytt, to må godkjenne, tidspunkt for publisering, utsette publisering, avlyse planlagt publisering, godkjenne kladd, to personer publisere, hvordan publisere
publish|check: prøve før publisering
publish|settings: forhåndsvise banneret
publish|site|trouble: kan ikke publisere
publish|trouble|notifications: publisering feilet
requests: slette alt om en person, krav om sletting, innbygger vil ha innsyn, be om innsyn, frist for svar, en innbygger klager, slett alle data, svare på henvendelse, henvendelse fra innbygger, frist er gått ut, klage fra innbygger, saksnummer, svar på innsyn
requests|start: gdpr krav
script-tag: hvor limer jeg koden, legge skriptet i malen, knapp for å endre valg
service: slette en cookie, informasjonskapsel fra leverandør, lagres utenfor eu, slette tjeneste, databehandleravtale, overføring til usa, schrems
service|findings: tredjepartscookies
service|inventory: ny informasjonskapsel, legge til cookie, levetid på cookie, beskrive en tjeneste
settings: underdomene, mørk modus, dark mode, kommunens logo, bytte farge, hvor lenge lagres svar, adresse til nettstedet, farger på banneret, logo vises ikke, banneret dekker siden, flytte banneret, endre plassering av banner, personvernombudet bytter, endre kontaktinfo, kontaktinformasjon
settings|glossary: behandlingsansvarlig
settings|log: hvor lenge lagres loggen
settings|script-tag|check: banner på mobil
settings|site: flere domener
settings|start|texts|placeholders|script-tag: skjermleser
settings|start|texts|script-tag: universell utforming
site: nytt nettsted, opprette nettside, en nettside til
site|publish|trouble|api-faults: feil i kladden
site|script-tag|settings|start: banner på intranett
site|settings: bytte domene, slette nettsted
site|settings|start: intranett
start: hvor begynner jeg, komme i gang
start|settings|texts|placeholders: avvis alle knapp
start|texts|import|settings|service: personvernerklæring
tag-manager: google analytics på siden
texts: oversette til samisk, endre teksten i banneret, engelsk tekst, legge til språk, tekst mangler, manglende oversettelse, nordsamisk tekst, nynorsk og bokmål
texts|account: norsk språk
texts|settings: lenke til personvernerklæring, vises på engelsk
trail: hvem har endret teksten, hvem ga tilgang, spore endringer, hvem slettet tjenesten
trail|log: hvem så på loggen, hvem leste loggen
trouble: siden finnes ikke, får ikke lagret, lenken virker ikke lenger, feil 500, hvorfor får jeg feil, ukjent feil
trouble|people: lenken har gått ut
trouble|publish|findings: rette feil
trouble|script-tag|operation: treg side
unmarked: kan ikke endre koden, plugin i wordpress
unmarked|mark: blokkere sporing`,
	consent.Nynorsk: `
account: byte passordet mitt, endre namnet mitt, setje opp tofaktor, logge ut overalt, skru på totrinn, byte e-postadresse
api: bruke api-et, openapi dokument
api-faults: feilkode frå api-et
api-keys: lage ein nøkkel til api, token har gått ut, nøkkel på avvegar, ny api-nøkkel, trekkje tilbake nøkkel
audit-failed: loggen stemmer ikkje, nokon har tukla med loggen, hash stemmer ikkje
blocks: chat på nettsida, chatbot på sida
catalogue: framlegg til tenester, forslag til tenester
categories: ny kategori, kva er strengt nødvendig, er statistikk nødvendig
check: banneret dukkar ikkje opp, verkar banneret, banneret manglar på sida
conflict: nokon har overskrive endringane mine, to arbeider samtidig
decision: slette éi avgjerd, fryse ei avgjerd
decision|settings|log: slette logg
excel: opne fila i excel
excel|figures: hente tala til excel
figures: talet på besøkjande, kor mange avviser, kor mange seier nei, kor mange samtykke, sjå statistikken, tal for førre månad, prosent som seier ja, månad for månad, kor mange har svart
figures|excel: laste ned tal
findings: ukjend teneste på sida, ukjende informasjonskapslar, cookie utan samtykke
findings|inventory|service: kva cookies bruker vi
frames: kart på sida, vise film på sida, iframe i artikkelen, youtube på nettsida, kart frå norkart, google maps, innebygd skjema
frames|blocks: skjema frå leverandør
frames|placeholders|check: videoen viser ikkje, kartet viser ikkje
gap: hol i tala for ein dag
gap|figures: tala stemmer ikkje
gap|notifications: varsel om hol
glossary: kva tyder orda
glossary|start: kva er eit samtykke
import: laste ned inventaret, protokoll over behandlingar, importere frå fil
inventory: kopiere tenester, liste over tenester, gå gjennom tenestene, årleg gjennomgang, ny teneste, leggje til teneste, oppdatere inventaret
inventory|settings: kvartalsvis gjennomgang
log: finne ei avgjerd, eksportere loggen, søkje på kvitteringsnummer, kor er loggen, hente ut logg
login: får ikkje logga inn, gløymt passordet mitt, feil passord, logge inn med microsoft, kontoen er låst
login|people|operation: brukaren er sperra
log|decision|notices: dokumentere samtykke
log|gap|trouble: loggen er tom
log|requests: finne ein besøkjande
lost-factor: mista telefonen min, ny mobil, mista passnøkkelen
mark: merkje eit skript, siteimprove på sida, siteimprove skript
notices: angre siste publisering, gamle versjonar av banneret, kva stod i fjor, gå tilbake til gammal tekst, angre endring i kladd, samanlikne versjonar
notifications: sende e-post, får ikkje varsel, kven får e-post, slå av varsel, e-post kvar måndag, få rapport på e-post, endre mottakar av varsel
operation: proxy, ta tryggingskopi av databasen, flytte til ny tenar, installere på tenaren, omvend proxy
operation|trouble: tenaren er nede
people: ny kollega, kollega har slutta, gi nokon tilgang, fjerne ein tilsett, kven har tilgang, ny tilsett, slette brukar, ny rolle, ny vikar treng tilgang, kven er administrator, endre rolle, sende invitasjon på nytt, ny administrator, gi redaktør tilgang, lesetilgang
people|publish: kven kan publisere
people|settings: kommunen byter namn
placeholders: boks i staden for video, knapp over filmen
publish: publisere endringane, publisere i morgon, sjå banneret før publisering, spørje alle på nytt, to må godkjenne, utsetje publisering, godkjenne kladd, korleis publisere
publish|settings: førehandsvise banneret
publish|site|trouble: kan ikkje publisere
requests: slette alt om ein person, krav om sletting, innbyggjar vil ha innsyn, be om innsyn, frist for svar, ein innbyggjar klagar, svare på førespurnad, fristen er ute, klage frå innbyggjar, saksnummer
script-tag: kvar limer eg koden, leggje skriptet i malen, knapp for å endre val
service: slette ein cookie, informasjonskapsel frå leverandør, lagrast utanfor eu, slette teneste, overføring til usa
service|inventory: ny informasjonskapsel, leggje til cookie
settings: underdomene, mørk modus, dark mode, logoen til kommunen, byte farge, kor lenge blir svar lagra, adresse til nettstaden, fargar på banneret, logoen viser ikkje, flytte banneret, skriftstorleik, endre kontaktinfo
settings|glossary: behandlingsansvarleg
settings|log: kor lenge blir loggen lagra
settings|site: fleire domene
settings|start|texts|placeholders|script-tag: skjermlesar
site: ny nettstad, opprette nettside, ei nettside til
site|settings: slette nettstad
start: kvar byrjar eg, kome i gang
tag-manager: google analytics på sida
texts: omsetje til samisk, endre teksten i banneret, engelsk tekst, leggje til språk, knappetekst, tekst manglar, manglande omsetjing
texts|settings: lenkje til personvernerklæring, to språk
trail: kven har endra teksten, kven gav tilgang, spore endringar, kven sletta tenesta, kven fjerna tenesta
trail|log: kven såg på loggen, kven har sett på loggen, kven las loggen
trouble: sida finst ikkje, får ikkje lagra, lenkja verkar ikkje lenger, feil 500
trouble|people: lenkja har gått ut
trouble|publish|findings: rette feil
trouble|trail|check: kva gjorde eg gale
unmarked: kan ikkje endre koden, plugin i wordpress
unmarked|mark: blokkere sporing`,
	consent.English: `
account: change my password, change my name, set up two-factor, log out everywhere, turn on 2fa, change e-mail address, password rules
account|login: password too short, sign out, sign off
api: use the api, openapi document
api-faults: error code from the api
api-keys: make a key for the api, token has expired, leaked api key, new api key, revoke a key
api-keys|glossary|log: where is the key
audit-failed: the log does not hold, someone tampered with the log
audit-failed|trail: the log was changed
blocks: chat on the page, chatbot on our site, chatbot from a provider
catalogue: suggestions for services
categories: new category, what is strictly necessary, are statistics necessary
check: the banner does not appear, does the banner work, banner missing on page, banner is broken
check|script-tag|settings|publish: banner shows every time
check|site|operation: test environment
conflict: someone overwrote my changes, two people working at once
conflict|notices: lost draft
decision: delete one decision, freeze a decision
decision|settings|log: delete the log
excel: open the file in excel, excel shows strange characters
excel|figures: figures in excel
excel|import: csv with wrong columns
figures: number of visitors, how many reject, how many said no, number of consents, see the statistics, figures for last month, percentage who accept, month by month, report for the board, how many have answered, share of yes, statistics for the year
figures|excel: download figures
findings: unknown service on the page, unknown cookies, cookie without consent
findings|check|mark: cookies before consent
findings|inventory|service: which cookies do we use, service not in use
frames: map on a page, show a film on the page, iframe in an article, youtube on the website, google map on our site, audio and podcast, google maps, embedded form
frames|blocks: form from a provider
frames|placeholders|check: video does not show, map does not show
gap: gap in the figures, missing decisions
gap|figures: figures do not add up
glossary: what do the words mean
glossary|start: what is consent
import: download the inventory, records of processing activities, import from a file
inventory: copy services, list of services, go through the services, yearly review, new service, add a service, update the inventory
inventory|settings: quarterly review
inventory|settings|notifications: reminder of review
log: find a decision, export the log, search by receipt number, get the log out
login: cannot log in, forgot my password, wrong password, log in with microsoft, my account is locked, remember me
login|people|operation: user is locked
log|decision|notices: document consent
log|excel: log in excel
log|gap: log is empty
log|requests: find a visitor
log|trail|audit-failed: audit the log
lost-factor: lost my phone, new mobile phone, lost my passkey
lost-factor|login: recover account
mark: mark a script, siteimprove on the page, meta pixel, siteimprove script
notices: undo last publication, old versions of the banner, what did we say last year, go back to the old text, undo a change in the draft, compare versions
notices|decision|log: evidence for the authority
notices|log|trail: show the authority
notices|publish|trail: what changed since last time
notifications: send e-mail, not getting notifications, who gets the e-mail, turn off notifications, e-mail every monday, report by e-mail, change recipients
operation: proxy, back up the database, move to a new server, install on the server, reverse proxy, certificate on the server
operation|trouble: server is down
people: new colleague, a colleague has left, give someone access, remove an employee, who has access, new employee, delete user, new role, temp needs access, who is administrator, change role, rename the organisation, send invitation again, new administrator, remove administrator, give an editor access, read access
people|log: what may an auditor do
people|publish: who can publish
people|trail|import: export users
people|trouble: user has no access, invitation does not work
placeholders: box instead of the video, button over the film
publish: publish the changes, publish tomorrow, see the banner before publishing, ask everyone again, two must approve, postpone publication, cancel planned publication, approve draft, two people must publish, how to publish
publish|settings: preview the banner
publish|site|trouble: cannot publish
publish|trouble|notifications: publishing failed
requests: delete all about a person, request for erasure, resident wants access, ask for access, deadline for an answer, a resident complains, answer a request, deadline has passed, complaint from a resident, case number, answer access request
script-tag: where do I paste the code, put the script in the template, button to change choices, withdraw consent
script-tag|requests: visitor wants to withdraw
service: delete a cookie, cookie from a provider, stored outside the eu, delete service, processor agreement, transfer to the usa, edit a cookie
service|inventory: cookie lifetime, new cookie, add a cookie, lifetime of a cookie, describe a service
settings: subdomain, dark mode, our logo, change colour, how long are answers kept, address of the site, colours of the banner, logo does not show, move the banner, banner covers the page, font size, banner position, contact details
settings|glossary: data controller
settings|log: how long is the log kept
settings|publish: how long does consent last
settings|script-tag|check: banner on mobile
settings|site: several domains
settings|start|script-tag|texts|publish: accessibility
site: new website, create a site, one more website
site|settings: change domain, delete a site
site|settings|start: intranet
start: where do I begin, get started
tag-manager: google analytics on the page
texts: translate to sami, change the banner text, english text, add a language, button text, sami language, text is missing, missing translation, northern sami text
texts|settings: privacy policy link, two languages
trail: who changed the text, who gave access, trace changes, who deleted the service, who removed the service
trail|log: who looked at the log, who has seen the log, who read the log
trail|publish: who approved the draft
trouble: page not found, cannot save, link no longer works, link has expired, error 500, unknown error
trouble|publish|findings: fix errors
trouble|script-tag|operation: slow page
unmarked: cannot change the code, plugin in wordpress
unmarked|mark: block tracking`,
}

// Whoever types an everyday phrase finds the article about it first.
func TestEverydayPhrasesLeadToTheirArticle(t *testing.T) {
	for lang, lines := range everyday {
		asked := 0
		for line := range strings.SplitSeq(strings.TrimSpace(lines), "\n") {
			wanted, phrases, _ := strings.Cut(line, ": ")
			for query := range strings.SplitSeq(phrases, ", ") {
				asked++
				found := first(t, lang, query, 3)
				if len(found) == 0 || !strings.Contains("|"+wanted+"|", "|"+found[0]+"|") {
					t.Errorf("%s: %q finds %v, want %s first", lang, query, found, wanted)
				}
			}
		}
		if asked < 100 {
			t.Errorf("%s: only %d phrases are tried", lang, asked)
		}
	}
}
