package consent

import "strings"

// What a person is told about a request is the same for everyone, so that the
// register needs no sentence about anyone.

var requestWords = map[RequestKind]Text{
	RequestAccess:        {Bokmaal: "innsyn (artikkel 15)", Nynorsk: "innsyn (artikkel 15)", English: "access (Article 15)"},
	RequestRectification: {Bokmaal: "retting (artikkel 16)", Nynorsk: "retting (artikkel 16)", English: "rectification (Article 16)"},
	RequestErasure:       {Bokmaal: "sletting (artikkel 17)", Nynorsk: "sletting (artikkel 17)", English: "erasure (Article 17)"},
	RequestRestriction:   {Bokmaal: "begrensning (artikkel 18)", Nynorsk: "avgrensing (artikkel 18)", English: "restriction (Article 18)"},
	RequestPortability:   {Bokmaal: "dataportabilitet (artikkel 20)", Nynorsk: "dataportabilitet (artikkel 20)", English: "data portability (Article 20)"},
	RequestObjection:     {Bokmaal: "protest (artikkel 21)", Nynorsk: "protest (artikkel 21)", English: "objection (Article 21)"},
}

// Words names the right in the language.
func (k RequestKind) Words(lang Language) string { return wordsOf(requestWords[k], string(k), lang) }

var groundWords = map[ExtensionGround]Text{
	GroundComplexity: {
		Bokmaal: "Vi trenger mer tid fordi kravet ditt er sammensatt (personvernforordningen artikkel 12 nr. 3).",
		Nynorsk: "Vi treng meir tid fordi kravet ditt er samansett (personvernforordninga artikkel 12 nr. 3).",
		English: "We need more time because your request is complex (GDPR Article 12(3)).",
	},
	GroundNumber: {
		Bokmaal: "Vi trenger mer tid fordi vi har fått mange krav (personvernforordningen artikkel 12 nr. 3).",
		Nynorsk: "Vi treng meir tid fordi vi har fått mange krav (personvernforordninga artikkel 12 nr. 3).",
		English: "We need more time because of the number of requests (GDPR Article 12(3)).",
	},
}

// Words tells the person why more time is needed, as a sentence.
func (g ExtensionGround) Words(lang Language) string { return wordsOf(groundWords[g], string(g), lang) }

var dueWords = Text{
	Bokmaal: "Du får svar senest {day}.",
	Nynorsk: "Du får svar seinast {day}.",
	English: "You will have an answer by {day}.",
}

// DueWords tells the person until when they must have an answer, as a sentence:
// whoever is told of an extension must know how long it is (GDPR art. 12(3)).
func DueWords(due Day, lang Language) string {
	return strings.ReplaceAll(wordsOf(dueWords, "", lang), "{day}", due.Words(lang))
}

var refusalWords = map[RefusalReason]Text{
	RefusedNotIdentified: {
		Bokmaal: "Vi kan ikke finne ut hvilke opplysninger som er dine, fordi vi ikke lagrer noe som sier hvem du er (artikkel 11). Oppgi kvitteringen eller nøkkelen fra samtykkevalgene på nettstedet, så ser vi på kravet på nytt.",
		Nynorsk: "Vi kan ikkje finne ut kva opplysningar som er dine, fordi vi ikkje lagrar noko som seier kven du er (artikkel 11). Oppgi kvitteringa eller nøkkelen frå samtykkevala på nettstaden, så ser vi på kravet på nytt.",
		English: "We cannot tell which information is yours, because we store nothing that says who you are (Article 11). Give us the receipt or the key from the consent choices on the site, and we will look at the request again.",
	},
	RefusedUnfounded: {
		Bokmaal: "Kravet er åpenbart grunnløst (artikkel 12 nr. 5).",
		Nynorsk: "Kravet er openbert grunnlaust (artikkel 12 nr. 5).",
		English: "The request is manifestly unfounded (Article 12(5)).",
	},
	RefusedExcessive: {
		Bokmaal: "Kravet er overdrevent, særlig fordi det er gjentatt (artikkel 12 nr. 5).",
		Nynorsk: "Kravet er overdrive, særleg fordi det er gjenteke (artikkel 12 nr. 5).",
		English: "The request is excessive, in particular because it is repeated (Article 12(5)).",
	},
	RefusedNotApplicable: {
		Bokmaal: "Vilkårene for denne rettigheten er ikke oppfylt.",
		Nynorsk: "Vilkåra for denne retten er ikkje oppfylte.",
		English: "The conditions for this right are not met.",
	},
	RefusedLegalObligation: {
		Bokmaal: "Vi har plikt etter loven til å ta vare på opplysningene (artikkel 17 nr. 3 bokstav b).",
		Nynorsk: "Vi har plikt etter lova til å ta vare på opplysningane (artikkel 17 nr. 3 bokstav b).",
		English: "We are obliged by law to keep the information (Article 17(3)(b)).",
	},
	RefusedLegalClaims: {
		Bokmaal: "Opplysningene trengs for å fastsette, gjøre gjeldende eller forsvare et rettskrav ({article}).",
		Nynorsk: "Opplysningane trengst for å fastsetje, gjere gjeldande eller forsvare eit rettskrav ({article}).",
		English: "The information is needed to establish, exercise or defend a legal claim ({article}).",
	},
	RefusedOverriding: {
		Bokmaal: "Vi har tvingende berettigede grunner til behandlingen, og de går foran dine interesser, rettigheter og friheter (artikkel 21 nr. 1).",
		Nynorsk: "Vi har tvingande rettkomne grunnar til behandlinga, og dei går framfor interessene, rettane og fridommane dine (artikkel 21 nr. 1).",
		English: "We have compelling legitimate grounds for the processing, which override your interests, rights and freedoms (Article 21(1)).",
	},
	RefusedRightsOfOthers: {
		Bokmaal: "Svaret ville gå ut over andres rettigheter og friheter ({article}).",
		Nynorsk: "Svaret ville gå ut over rettane og fridommane til andre ({article}).",
		English: "The answer would adversely affect the rights and freedoms of others ({article}).",
	},
}

// refusalArticles are where the law gives the reasons that it gives in an article
// for each right.
var refusalArticles = map[RefusalReason]map[RequestKind]Text{
	RefusedLegalClaims: {
		RequestErasure:     {Bokmaal: "artikkel 17 nr. 3 bokstav e", English: "Article 17(3)(e)"},
		RequestRestriction: {Bokmaal: "artikkel 18 nr. 2", English: "Article 18(2)"},
		RequestObjection:   {Bokmaal: "artikkel 21 nr. 1", English: "Article 21(1)"},
	},
	RefusedRightsOfOthers: {
		RequestAccess:      {Bokmaal: "artikkel 15 nr. 4", English: "Article 15(4)"},
		RequestPortability: {Bokmaal: "artikkel 20 nr. 4", English: "Article 20(4)"},
	},
}

// Words tells the person why the answer to a request of this kind is no, as a
// sentence.
func (r RefusalReason) Words(kind RequestKind, lang Language) string {
	article := wordsOf(refusalArticles[r][kind], "", lang)
	return strings.ReplaceAll(wordsOf(refusalWords[r], string(r), lang), "{article}", article)
}

var remedyWords = Text{
	Bokmaal: "Er du uenig, kan du ta det opp med personvernombudet. Du kan også klage til Datatilsynet og bringe saken inn for domstolene (artikkel 77 og 79).",
	Nynorsk: "Er du usamd, kan du ta det opp med personvernombodet. Du kan òg klage til Datatilsynet og bringe saka inn for domstolane (artikkel 77 og 79).",
	English: "If you disagree, you can take it up with the data protection officer. You can also complain to Datatilsynet, the Norwegian Data Protection Authority, and bring the matter before the courts (Articles 77 and 79).",
}

// RemedyWords tells the person what to do about a no (GDPR art. 12(4)).
func RemedyWords(lang Language) string { return wordsOf(remedyWords, "", lang) }
