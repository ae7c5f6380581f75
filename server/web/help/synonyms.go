package help

import (
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// synonyms are words that people look for where articles use others, by their stems.
var synonyms = map[consent.Language]map[string][]string{
	consent.Bokmaal: stems(consent.Bokmaal, `
angre omgjøre reversere gjenopprette rollback: tilbake
avvise nekte: nei
azure openid oidc sso: entra innloggingstjeneste
audit hendelseslogg historikk: revisjonsspor
backup: sikkerhetskopi
behandlingsoversikt: protokoll behandlinger
bilde: picture
bruker ansatt: person konto
cookie cookies: informasjonskapsel
design stil tema: utseende farger
dpo: personvernombud
ekstern tredjepart: leverandør
fjerne: slette
forhåndsvisning: forhåndsvise
gdpr: personvernforordning
gjest: besøkende
innlogging login pålogging: logge
klage: henvendelse krav
kart video youtube vimeo film: ramme
kode: skript
lenke url: adresse
mail email: epost
melding varsling notifikasjon: varsel
mfa tofaktor tostegs totp: totrinnsinnlogging
onboarding oppstart: gang
oppbevaringstid lagringstid retention: lenge
popup dialog: banner
rapport statistikk graf analyse: tall
rettighet tilgang: rolle
script: skript
slette viske: fjerne
språk: oversette
tag tagg: skript
tillatelse: samtykke
versjon: kunngjøring
`),
	consent.Nynorsk: stems(consent.Nynorsk, `
angre gjere reversere attende gjenopprette rollback: tilbake
avvise nekte: nei
azure openid oidc sso: entra innloggingsteneste
audit hendingslogg historikk: revisjonsspor
backup sikkerheitskopi tryggingskopi tryggleikskopi: reservekopi
brukar tilsett: person konto
cookie cookies: informasjonskapsel
design stil tema: utsjånad farge
dpo: personvernombod
ekstern tredjepart: leverandør
fjerne: slette
førehandsvising: førehandsvise
gdpr: personvernforordning
innlogging login pålogging: logge
klage: førespurnad krav
kart video youtube vimeo film: ramme
kode: skript
lenkje url: adresse
mail email: epost
melding varsling notifikasjon: varsel
mfa tofaktor tostegs totp: totrinnsinnlogging
oppbevaringstid lagringstid retention: lenge
popup dialog: banner
rapport statistikk graf analyse: tal
rett tilgang: rolle
script: skript
slette viske: fjerne
språk: omsetje
tag tagg: skript
tillating: samtykke
versjon: kunngjering
`),
	consent.English: stems(consent.English, `
2fa mfa totp twofactor factor: two-step step
access permission: role
alert notify warning email: notification
analytics: figures
audit history: trail
azure openid oidc sso: entra
book manual: help
color theme design style: look colour
delete erase: remove
dpo: officer
dsar complaint: request
export: download
gdpr: law
language: translate
logs: log
mail: email
popup dialog: banner
privacy: data
remove delete: erase
restore revert undo rollback: back
retention: kept
save: kept
script snippet tag: script
sign signin login: log
statistics report chart graph: figures
users user employee member: people account
vendor: provider
version: notice
website homepage: site
video youtube vimeo map: frame
`),
}

// stems reads lines of words that are looked for, and those that articles use.
func stems(lang consent.Language, lines string) map[string][]string {
	all := map[string][]string{}
	for line := range strings.SplitSeq(strings.TrimSpace(lines), "\n") {
		asked, said, _ := strings.Cut(line, ":")
		for _, word := range wordsOf(asked) {
			for _, other := range wordsOf(said) {
				from := stem(lang, word)
				all[from] = append(all[from], stem(lang, other))
			}
		}
	}
	return all
}
