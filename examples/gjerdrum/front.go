package gjerdrum

import "github.com/samtykke/samtykke/consent"

// frontPage is what the front page shows in one language.
type frontPage struct {
	Welcome, ShortcutsTitle, NewsTitle, EventsTitle, Note string
	Shortcuts                                             []shortcut
	News                                                  []news
	Events                                                []happening
}

type shortcut struct{ Icon, Href, Title, Text string }

type news struct{ Picture, Href, Title, Date, Text string }

type happening struct{ Day, Month, Href, Title, Text string }

var frontPages = map[consent.Language]frontPage{
	consent.Bokmaal: {
		Welcome: "Velkommen til Gjerdrum kommune", ShortcutsTitle: "Snarveier", NewsTitle: "Aktuelt", EventsTitle: "Det skjer",
		Shortcuts: []shortcut{
			{"map", "/kart", "Kart og eiendom", "Se eiendommer, planer og kommunale bygg."},
			{"form", "/skjema", "Send oss en henvendelse", "Barnehage, vei, bygg, vann og annet."},
			{"person", "/minside", "Min side", "Logg inn og følg sakene dine."},
			{"ticket", "/billetter", "Billetter til kulturhuset", "Konserter, kino og forestillinger."},
			{"play", "/video", "Slik sorterer du avfallet", "En kort film om kildesortering."},
			{"tv", "/kommune-tv", "Kommune-TV", "Følg kommunestyret direkte."},
			{"chat", "/chat", "Spør Kommune-Kari", "Chatboten svarer hele døgnet."},
			{"speech", "/tilbakemelding", "Si fra om nettstedet", "Fant du ikke det du lette etter?"},
		},
		News: []news{
			{"concert", "/billetter", "Billettene til julekonserten er lagt ut", "20. november 2026", "Korpset og barnekoret fyller store sal 6. desember."},
			{"council", "/kommune-tv", "Kommunestyret behandler budsjettet", "18. november 2026", "Møtet sendes direkte tirsdag 1. desember klokka 18."},
			{"sorting", "/video", "Nye poser til matavfall", "12. november 2026", "Se filmen som viser hva som skal i hvilken pose."},
		},
		Events: []happening{
			{"1", "des.", "/kommune-tv", "Kommunestyremøte", "Rådhuset klokka 18"},
			{"3", "des.", "", "Lesestund på biblioteket", "Klokka 10, for barn fra tre år"},
			{"6", "des.", "/billetter", "Julekonsert med korpset", "Store sal klokka 18"},
			{"12", "des.", "/billetter", "Familiekino", "Kinosalen klokka 13"},
		},
	},
	consent.Nynorsk: {
		Welcome: "Velkomen til Gjerdrum kommune", ShortcutsTitle: "Snarvegar", NewsTitle: "Aktuelt", EventsTitle: "Det skjer",
		Shortcuts: []shortcut{
			{"map", "/kart", "Kart og eigedom", "Sjå eigedomar, planar og kommunale bygg."},
			{"form", "/skjema", "Send oss ein førespurnad", "Barnehage, veg, bygg, vatn og anna."},
			{"person", "/minside", "Mi side", "Logg inn og følg sakene dine."},
			{"ticket", "/billetter", "Billettar til kulturhuset", "Konsertar, kino og framsyningar."},
			{"play", "/video", "Slik sorterer du avfallet", "Ein kort film om kjeldesortering."},
			{"tv", "/kommune-tv", "Kommune-TV", "Følg kommunestyret direkte."},
			{"chat", "/chat", "Spør Kommune-Kari", "Chatboten svarer heile døgnet."},
			{"speech", "/tilbakemelding", "Sei frå om nettstaden", "Fann du ikkje det du leita etter?"},
		},
		News: []news{
			{"concert", "/billetter", "Billettane til julekonserten er lagde ut", "20. november 2026", "Korpset og barnekoret fyller store sal 6. desember."},
			{"council", "/kommune-tv", "Kommunestyret behandlar budsjettet", "18. november 2026", "Møtet blir sendt direkte tysdag 1. desember klokka 18."},
			{"sorting", "/video", "Nye posar til matavfall", "12. november 2026", "Sjå filmen som viser kva som skal i kva pose."},
		},
		Events: []happening{
			{"1", "des.", "/kommune-tv", "Kommunestyremøte", "Rådhuset klokka 18"},
			{"3", "des.", "", "Lesestund på biblioteket", "Klokka 10, for barn frå tre år"},
			{"6", "des.", "/billetter", "Julekonsert med korpset", "Store sal klokka 18"},
			{"12", "des.", "/billetter", "Familiekino", "Kinosalen klokka 13"},
		},
	},
	consent.English: {
		Welcome: "Welcome to Gjerdrum kommune", ShortcutsTitle: "Shortcuts", NewsTitle: "News", EventsTitle: "What’s on",
		Shortcuts: []shortcut{
			{"map", "/kart", "Maps and property", "See properties, plans and public buildings."},
			{"form", "/skjema", "Send us an enquiry", "Kindergarten, roads, building, water and more."},
			{"person", "/minside", "My page", "Log in and follow your cases."},
			{"ticket", "/billetter", "Tickets for the culture house", "Concerts, cinema and theatre."},
			{"play", "/video", "How to sort your waste", "A short film about recycling."},
			{"tv", "/kommune-tv", "Council TV", "Follow the council live."},
			{"chat", "/chat", "Ask Kommune-Kari", "The chatbot answers day and night."},
			{"speech", "/tilbakemelding", "Tell us about this site", "Did you not find what you need?"},
		},
		News: []news{
			{"concert", "/billetter", "Christmas concert tickets are out", "20 November 2026", "The band and the children’s choir fill the main hall on 6 December."},
			{"council", "/kommune-tv", "The council discusses the budget", "18 November 2026", "The meeting is sent live on Tuesday 1 December at 6 pm."},
			{"sorting", "/video", "New bags for food waste", "12 November 2026", "Watch the film that shows what goes in which bag."},
		},
		Events: []happening{
			{"1", "Dec", "/kommune-tv", "Council meeting", "Town hall, 6 pm"},
			{"3", "Dec", "", "Story time at the library", "10 am, for children from three years"},
			{"6", "Dec", "/billetter", "Christmas concert with the band", "Main hall, 6 pm"},
			{"12", "Dec", "/billetter", "Family cinema", "Cinema, 1 pm"},
		},
	},
	// Northern Sami, to be reviewed by a native reader before real use.
	consent.NorthernSami: {
		Welcome: "Bures boahtin Gjerdrum suohkanii", ShortcutsTitle: "Njuolggobálgát",
		Note: "Den nordsamiske teksten er et utkast. En samiskspråklig må lese gjennom den før den brukes på ordentlig.",
		Shortcuts: []shortcut{
			{"map", "/kart", "Kárta", "Opmodagat ja almmolaš visttit."},
			{"form", "/skjema", "Čále midjiide", "Mánáidgárdi, geaidnu, visttit ja eará."},
			{"play", "/video", "Filbma", "Mo rátkkašat bázahusaid."},
			{"chat", "/chat", "Jeara Kommune-Karis", "Čáhttarobohtta vástida birra jándora."},
		},
	},
}
