package consent

import "strings"

// CarriedOut says how the Decisions of the person of a granted Request are, as the log
// has it.
type CarriedOut struct {
	Known  bool // the Request leads to Decisions, or did
	Left   bool // some are in the log, all of them frozen where the right asks for that
	Erased Day  // on which that of Request.Receipt was, 0 when that is not known
	Frozen Day  // since which all that are left are, 0 when that is not known
}

var grantedWords = map[Outcome]Text{
	OutcomeGranted: {
		Bokmaal: "Kravet ditt om {right}, som vi fikk {received}, er innvilget.",
		Nynorsk: "Kravet ditt om {right}, som vi fekk {received}, er innvilga.",
		English: "Your request for {right}, which we received on {received}, is granted.",
	},
	OutcomePartly: {
		Bokmaal: "Kravet ditt om {right}, som vi fikk {received}, er delvis innvilget.",
		Nynorsk: "Kravet ditt om {right}, som vi fekk {received}, er delvis innvilga.",
		English: "Your request for {right}, which we received on {received}, is granted in part.",
	},
}

var upheldWords = map[Outcome]Text{
	OutcomeGranted: {
		Bokmaal: "Protesten din (artikkel 21), som vi fikk {received}, er tatt til følge.",
		Nynorsk: "Protesten din (artikkel 21), som vi fekk {received}, er teken til følgje.",
		English: "Your objection (Article 21), which we received on {received}, is upheld.",
	},
	OutcomePartly: {
		Bokmaal: "Protesten din (artikkel 21), som vi fikk {received}, er delvis tatt til følge.",
		Nynorsk: "Protesten din (artikkel 21), som vi fekk {received}, er delvis teken til følgje.",
		English: "Your objection (Article 21), which we received on {received}, is upheld in part.",
	},
}

// What was done, in sentences.
var (
	erasedWords = Text{
		Bokmaal: "Samtykkevalgene dine er slettet fra loggen til nettstedet. Beslutningen som er nevnt i registeret vårt, ble slettet {day}.",
		Nynorsk: "Samtykkevala dine er sletta frå loggen til nettstaden. Avgjerda som er nemnd i registeret vårt, vart sletta {day}.",
		English: "Your consent choices are erased from the log of the site. The one that our register names was erased on {day}.",
	}
	goneWords = Text{
		Bokmaal: "Loggen til nettstedet har ikke lenger noe samtykkevalg fra deg.",
		Nynorsk: "Loggen til nettstaden har ikkje lenger noko samtykkeval frå deg.",
		English: "The log of the site has no consent choice of yours any more.",
	}
	frozenWords = Text{
		Bokmaal: "Samtykkevalgene dine i loggen til nettstedet er fryst siden {day}. De blir lagret, men ellers bare brukt når du samtykker til det, eller når loven tillater det (artikkel 18 nr. 2). Du får vite det før frysingen oppheves (artikkel 18 nr. 3).",
		Nynorsk: "Samtykkevala dine i loggen til nettstaden er frosne sidan {day}. Dei blir lagra, men elles berre brukte når du samtykkjer til det, eller når lova tillèt det (artikkel 18 nr. 2). Du får vite det før frysinga blir oppheva (artikkel 18 nr. 3).",
		English: "Your consent choices in the log of the site have been frozen since {day}. They are stored, but otherwise used only if you consent to it, or where the law allows it (Article 18(2)). You will be told before the freezing ends (Article 18(3)).",
	}
	accessWords = Text{
		Bokmaal: "Svaret som følger med, har samtykkevalgene dine i loggen til nettstedet, og det artikkel 15 krever ellers.",
		Nynorsk: "Svaret som følgjer med, har samtykkevala dine i loggen til nettstaden, og det artikkel 15 krev elles.",
		English: "The enclosed answer has your consent choices in the log of the site, and what Article 15 asks for besides.",
	}
	portabilityWords = Text{
		Bokmaal: "Filen som følger med, har samtykkevalgene dine i loggen til nettstedet, i et format som programmer kan lese (JSON).",
		Nynorsk: "Fila som følgjer med, har samtykkevala dine i loggen til nettstaden, i eit format som program kan lese (JSON).",
		English: "The enclosed file has your consent choices in the log of the site, in a format that programs can read (JSON).",
	}
	rectificationWords = Text{
		Bokmaal: "Du retter et samtykkevalg ved å velge på nytt på nettstedet: da gjelder det nye. Det gamle blir stående i loggen som bevis på hva du valgte da.",
		Nynorsk: "Du rettar eit samtykkeval ved å velje på nytt på nettstaden: då gjeld det nye. Det gamle blir ståande i loggen som bevis på kva du valde då.",
		English: "You correct a consent choice by choosing anew on the site: the new one then applies. The old one stays in the log as evidence of what you chose then.",
	}
)

// GrantedWords tells the person that a Request is granted, wholly or in part, and what
// was done, as far as that is known: sentences (GDPR art. 12(3)).
func (r *Request) GrantedWords(outcome Outcome, how CarriedOut, lang Language) string {
	first := grantedWords[outcome]
	if r.Kind == RequestObjection {
		first = upheldWords[outcome]
	}
	text := strings.NewReplacer("{right}", r.Kind.Words(lang), "{received}", r.Received().Words(lang)).Replace(wordsOf(first, "", lang))
	if outcome != OutcomeGranted {
		return text
	}
	if done, day := r.doneWords(how); done != nil {
		text += " " + strings.ReplaceAll(wordsOf(done, "", lang), "{day}", day.Words(lang))
	}
	return text
}

// doneWords gives the sentences of what was done, and the day that they name; none when
// that is not known.
func (r *Request) doneWords(how CarriedOut) (Text, Day) {
	switch {
	case r.Kind == RequestRectification:
		return rectificationWords, 0
	case !how.Known:
		return nil, 0
	case !how.Left && how.Erased != 0:
		return erasedWords, how.Erased
	case !how.Left:
		return goneWords, 0
	}
	switch r.Kind {
	case RequestAccess:
		return accessWords, 0
	case RequestPortability:
		return portabilityWords, 0
	case RequestRestriction, RequestObjection:
		if how.Frozen != 0 {
			return frozenWords, how.Frozen
		}
	default:
	}
	return nil, 0
}
