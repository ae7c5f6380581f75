package gjerdrum

import "github.com/samtykke/samtykke/consent"

// words are the texts around every page of the replica.
type words struct {
	Replica, Skip, Home, Menu, Search, SearchLabel, Find, Language string
	MinSide, Form, Contact, Phone, Visit, Post, Hours              string
	About, Cookies, Privacy, Feedback                              string
	Now, NowLead, NowCookies, NowNone, NowParties, NowQuiet        string
	NowServer, NowForeign, NowReset, NowPlant, NowUnknown          string
	NowRemoved, NotFound, NotFoundText, ToHome                     string
}

var chrome = map[consent.Language]words{
	consent.Bokmaal: {
		Replica: "Demonstrasjon: en kopi laget for å vise Samtykke, ikke kommunens egen nettside.",
		Skip:    "Hopp til hovedinnhold", Home: "Forsiden", Menu: "Hovedmeny", Search: "Søk", SearchLabel: "Hva leter du etter?", Find: "Søk", Language: "Språk",
		MinSide: "Min side", Form: "Skjema", Contact: "Kontakt oss", Phone: "Telefon", Visit: "Besøksadresse", Post: "Postadresse",
		Hours: "Mandag til fredag klokka 8–\u206015.30",
		About: "Om nettstedet", Cookies: "Informasjonskapsler", Privacy: "Personvernerklæring", Feedback: "Si fra om feil på siden",
		Now: "Akkurat nå: hva er lagret, og hvem er kontaktet?", NowLead: "For nysgjerrige. Listene oppdateres mens du ser på, og lagrer ikke noe selv.",
		NowCookies: "Informasjonskapsler fra dette nettstedet", NowNone: "Ingen.",
		NowParties: "Andre som er kontaktet", NowQuiet: "Ingen er kontaktet.",
		NowServer: "bare tjeneren kan lese den", NowForeign: "Lagret hos dem selv:",
		NowReset: "Nullstill telleren", NowPlant: "Legg igjen kapsler fra den gamle innloggingen", NowUnknown: "ukjent",
		NowRemoved: "rest etter gammel innlogging, fjernet med en gang",
		NotFound:   "Vi finner ikke siden", NotFoundText: "Adressen kan være skrevet feil, eller siden er flyttet. Søk etter det du trenger, eller begynn på forsiden.", ToHome: "Til forsiden",
	},
	consent.Nynorsk: {
		Replica: "Demonstrasjon: ein kopi laga for å vise Samtykke, ikkje kommunen si eiga nettside.",
		Skip:    "Hopp til hovudinnhald", Home: "Framsida", Menu: "Hovudmeny", Search: "Søk", SearchLabel: "Kva leitar du etter?", Find: "Søk", Language: "Språk",
		MinSide: "Mi side", Form: "Skjema", Contact: "Kontakt oss", Phone: "Telefon", Visit: "Besøksadresse", Post: "Postadresse",
		Hours: "Måndag til fredag klokka 8–\u206015.30",
		About: "Om nettstaden", Cookies: "Informasjonskapslar", Privacy: "Personvernerklæring", Feedback: "Sei frå om feil på sida",
		Now: "Akkurat no: kva er lagra, og kven er kontakta?", NowLead: "For nysgjerrige. Listene blir oppdaterte medan du ser på, og lagrar ikkje noko sjølve.",
		NowCookies: "Informasjonskapslar frå denne nettstaden", NowNone: "Ingen.",
		NowParties: "Andre som er kontakta", NowQuiet: "Ingen er kontakta.",
		NowServer: "berre tenaren kan lese han", NowForeign: "Lagra hos dei sjølve:",
		NowReset: "Nullstill teljaren", NowPlant: "Legg att kapslar frå den gamle innlogginga", NowUnknown: "ukjend",
		NowRemoved: "rest etter gammal innlogging, fjerna med ein gong",
		NotFound:   "Vi finn ikkje sida", NotFoundText: "Adressa kan vere skriven feil, eller sida er flytta. Søk etter det du treng, eller byrj på framsida.", ToHome: "Til framsida",
	},
	consent.English: {
		Replica: "Demonstration: a copy made to show Samtykke, not the municipality’s own site.",
		Skip:    "Skip to main content", Home: "Front page", Menu: "Main menu", Search: "Search", SearchLabel: "What are you looking for?", Find: "Search", Language: "Language",
		MinSide: "My page", Form: "Forms", Contact: "Contact us", Phone: "Telephone", Visit: "Visiting address", Post: "Postal address",
		Hours: "Monday to Friday, 8 am to 3.30 pm",
		About: "About this site", Cookies: "Cookies", Privacy: "Privacy statement", Feedback: "Report a fault on this page",
		Now: "Right now: what is stored, and who has been contacted?", NowLead: "For the curious. The lists follow along while you watch, and store nothing themselves.",
		NowCookies: "Cookies of this site", NowNone: "None.",
		NowParties: "Others that have been contacted", NowQuiet: "Nobody has been contacted.",
		NowServer: "only the server can read it", NowForeign: "Stored with them:",
		NowReset: "Reset the counter", NowPlant: "Leave cookies of the old login", NowUnknown: "unknown",
		NowRemoved: "left over from an old login, removed at once",
		NotFound:   "We cannot find the page", NotFoundText: "The address may be misspelt, or the page has moved. Search for what you need, or begin on the front page.", ToHome: "To the front page",
	},
	// Northern Sami, to be reviewed by a native reader before real use.
	consent.NorthernSami: {
		Replica: "Čájáhus: kopiija mii lea ráhkaduvvon čájehit Samtykke, ii gieldda iežas neahttasiidu.",
		Skip:    "Njuike váldosisdollui", Home: "Ovdasiidu", Menu: "Váldofállu", Search: "Oza", SearchLabel: "Maid don ozat?", Find: "Oza", Language: "Giella",
		MinSide: "Mu siidu", Form: "Skovit", Contact: "Váldde oktavuođa", Phone: "Telefovdna", Visit: "Galledančujuhus", Post: "Poastačujuhus",
		Hours: "Vuossárgga rájes bearjadahkii dii. 8–\u206015.30",
		About: "Neahttasiiddu birra", Cookies: "Diehtočoahkut", Privacy: "Persondieđuid suodjaleapmi", Feedback: "Dieđit meattáhusa",
		Now: "Dál: mii lea vurkejuvvon, ja geainna lea oktavuohta váldon?", NowLead: "Sáhkkiide. Listtut ođasmuvvet dađistaga, eaige ieža vurke maidege.",
		NowCookies: "Dán neahttasiiddu diehtočoahkut", NowNone: "Eai leat.",
		NowParties: "Earát geaiguin lea oktavuohta váldon", NowQuiet: "Ii oktage.",
		NowServer: "dušše bálvá sáhttá lohkat dan", NowForeign: "Vurkejuvvon sin luhtte:",
		NowReset: "Nullestahte lohkki", NowPlant: "Guođe bázahusaid boares sisačáliheamis", NowUnknown: "amas",
		NowRemoved: "bázahus boares sisačáliheamis, jávkaduvvon dakkaviđe",
		NotFound:   "Eat gávnna siiddu", NotFoundText: "Čujuhus sáhttá leat čállojuvvon boastut, dahje siidu lea sirdojuvvon. Oza dan maid dárbbašat, dahje álgge ovdasiiddus.", ToHome: "Ovdasiidui",
	},
}

// labels name the services in the panel for the curious. Names are names: they
// are the same in every language.
var labels = map[consent.ServiceKey]string{
	"siteimprove-analytics": "Siteimprove Analytics",
	"billettlosning":        "Billettløsning",
	"kommunekart":           "Kommunekart",
	"skjema":                "Skjema",
	"minside":               "MinSide",
	"publisering":           "Publisering",
	"kommune-kari":          "Kommune-Kari",
	"youtube":               "YouTube",
	"kommune-tv":            "Kommune-TV",
	"google-login":          "Google",
	"facebook-login":        "Facebook",
}
