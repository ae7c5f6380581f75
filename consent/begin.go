package consent

// Begin gives the Draft that a new Site starts from: nothing is asked yet, and what
// every Norwegian public body would write the same is written.
func Begin(organisation Organisation, key SiteKey, name, origin string, languages []Language) Draft {
	everywhere := func(text string) Text { return spread(languages, func(Language) string { return text }) }
	return Draft{
		Organisation: organisation,
		Site: Site{
			Key: key, Name: everywhere(name), Origins: []string{origin}, Languages: languages, Privacy: Text{},
			Validity: longestValidity, Retention: UsualRetention(longestValidity), Heading: 2, Look: Look{Accent: "#1d4e89", Radius: 4},
		},
		Contacts: Contacts{
			Controller: Contact{Name: everywhere(organisation.Name)},
			DPO:        Contact{Name: spread(languages, beginning("Personvernombudet", "Personvernombodet", "Data protection officer"))},
			Authority: Contact{
				Name:  spread(languages, beginning("Datatilsynet", "Datatilsynet", "The Norwegian Data Protection Authority")),
				Phone: "22 39 69 00", Address: "Postboks 458 Sentrum, 0105 Oslo", URL: "https://www.datatilsynet.no",
			},
		},
		Categories: []Category{
			{Key: Necessary, Name: spread(languages, beginning("Nødvendige", "Nødvendige", "Necessary")), Purpose: spread(languages, beginning(
				"Trengs for at sidene og tjenestene du selv ber om, skal virke.",
				"Trengst for at sidene og tenestene du sjølv ber om, skal verke.",
				"Needed for the pages, and for the services that you ask for yourself, to work."))},
			{Key: Statistics, Name: spread(languages, beginning("Statistikk", "Statistikk", "Statistics")), Purpose: spread(languages, beginning(
				"Viser oss hvordan nettstedet brukes, slik at vi kan gjøre det bedre.",
				"Viser oss korleis nettstaden blir brukt, slik at vi kan gjere han betre.",
				"Shows us how the site is used, so that we can make it better."))},
			{Key: Marketing, Name: spread(languages, beginning("Innhold fra andre", "Innhald frå andre", "Content from others")), Purpose: spread(languages, beginning(
				"Viser videoer, kart og annet som andre leverer, og som kan følge med på hva du ser på.",
				"Viser videoar, kart og anna som andre leverer, og som kan følgje med på kva du ser på.",
				"Shows videos, maps and other things that others deliver, and that may keep track of what you look at."))},
		},
		Services: []Service{},
	}
}

// spread gives a text in each of the languages that there are words for.
func spread(languages []Language, say func(Language) string) Text {
	text := Text{}
	for _, lang := range languages {
		if words := say(lang); words != "" {
			text[lang] = words
		}
	}
	return text
}

// beginning gives words in the three languages that a new Site's texts come in.
func beginning(nb, nn, en string) func(Language) string {
	words := Text{Bokmaal: nb, Nynorsk: nn, English: en}
	return func(lang Language) string { return words[lang] }
}
