package consent

import (
	"strings"
	"testing"
)

// phrases are what people write. Those of a real municipal declaration come
// first, as they stand there.
var phrases = []struct {
	text string
	want Lifetime
}{
	{"Slettes etter to år.", "P2Y"},
	{"Slettes når du lukker nettleseren.", Session},
	{"Slettes etter et år.", "P1Y"},
	{"Slettes etter 1 år.", "P1Y"},
	{"Informasjonskapselen _ga samler informasjon om besøk til analyseformål, og slettes etter 2 år.", "P2Y"},
	{"Informasjonskapselen _gat gir Google Analytics informasjon om hvilken nettside som skal spores og hvor informasjonen skal sendes, og slettes etter 10 minutter.", "PT10M"},
	{"_gid brukes for sporing og rapportering på trafikk, og slettes etter 30 dager.", "P30D"},
	{"slettes etter 10 minutter", "PT10M"},
	{"Informasjonskapselen fjernes når du lukker nettleseren.", Session},
	{"wooTracker brukes av Woopra Analytics for å tjenestens ytelse. Slettes etter to år.", "P2Y"},
	{"Slettes etter syv dager.", "P7D"},
	{"Kari-guid brukes for å skille samtaler fra hverandre. Slettes etter 17 minutter.", "PT17M"},
	{"Brukes til annonsering. Slettes etter 30 minutter.", "PT30M"},
	{"VISITOR_INFO1_LIVE Måler din datakapasitet for å tilpasse kvalitet. Slettes etter 6 måneder.", "P6M"},
	{"Slettes etter 8 måneder.", "P8M"},
	{"uniqueTokenholder kontroll på ulike sesjoner. Slettes etter 47 dager.", "P47D"},
	{"47 dager", "P47D"},
	{"syv dager", "P7D"},
	{"_gid slettes etter 30 dager", "P30D"},

	{"17 minutter", "PT17M"},
	{"1 år", "P1Y"},
	{"når du lukker nettleseren", Session},
	{"Ved slutten av økten", Session},
	{"Øktinformasjonskapsel", Session},
	{"Sesjon", Session},
	{"et halvt år", "P6M"},
	{"ett og et halvt år", "P1Y6M"},
	{"halvannet år", "P1Y6M"},
	{"et år og et halvt", "P1Y6M"},
	{"halvannen time", "PT1H30M"},
	{"1,5 år", "P1Y6M"},
	{"1.5 years", "P1Y6M"},
	{"0.5 year", "P6M"},
	{"Slettes etter 0,5 timer.", "PT30M"},
	{"2,5 dager", "P2DT12H"},
	{"1,5 år og 2 måneder", "P1Y8M"},
	{"en halv time", "PT30M"},
	{"1½ år", "P1Y6M"},
	{"et døgn", "P1D"},
	{"ett år og seks måneder", "P1Y6M"},
	{"1 år, 6 måneder og 2 dager", "P1Y6M2D"},
	{"én uke", "P1W"},
	{"fjorten dager", "P14D"},
	{"tjueto dager", "P22D"},
	{"tjue-to dager", "P22D"},
	{"syvogførti dager", "P47D"},
	{"nitti dager", "P90D"},
	{"hundre og åtti dager", "P180D"},
	{"tolv (12) måneder", "P12M"},
	{"1 000 dager", "P1000D"},
	{"47-dagers levetid", "P47D"},
	{"inntil 2 år", "P2Y"},
	{"24 t", "PT24H"},
	{"6 mnd.", "P6M"},
	{"1 mnd. og 2 dager", "P1M2D"},
	{"30d", "P30D"},
	{"30 sek", "PT30S"},
	{"10 min.", "PT10M"},
	{"Slettes etter ett år (P1Y)", "P1Y"},
	{"TO ÅR", "P2Y"},
	{"to a\u030ar", "P2Y"}, // decomposed, as some editors paste it

	{"Blir sletta etter to år", "P2Y"},
	{"Blir sletta når du lukkar nettlesaren.", Session},
	{"eit halvt år", "P6M"},
	{"eitt år", "P1Y"},
	{"ein månad", "P1M"},
	{"seks månader", "P6M"},
	{"ei veke", "P1W"},
	{"to veker", "P2W"},
	{"sju dagar", "P7D"},
	{"tretti minutt", "PT30M"},
	{"to timar", "PT2H"},
	{"når nettlesaren blir lukka", Session},

	{"Deleted after two years", "P2Y"},
	{"13 months", "P13M"},
	{"when you close the browser", Session},
	{"until the browser is closed", Session},
	{"end of session", Session},
	{"Session cookie", Session},
	{"session", Session},
	{"Session", Session},
	{"two (2) years", "P2Y"},
	{"half a year", "P6M"},
	{"half an hour", "PT30M"},
	{"one and a half years", "P1Y6M"},
	{"one year and a half", "P1Y6M"},
	{"twenty-one days", "P21D"},
	{"one hundred and eighty days", "P180D"},
	{"2 yrs", "P2Y"},
	{"24 hrs", "PT24H"},
	{"a year", "P1Y"},
	{"1 week and 2 days", "P9D"},
	{"up to 2 years", "P2Y"},
	{"set to expire after 400 days", "P400D"},

	{"P2Y", "P2Y"},
	{"pt17m", "PT17M"},
	{" P1W ", "P1W"},
	{"P01Y", "P1Y"},
}

func TestI3LifetimesAreReadAsPeopleWriteThem(t *testing.T) {
	for _, tt := range phrases {
		got, err := ParseLifetime(tt.text)
		if err != nil || got != tt.want {
			t.Errorf("ParseLifetime(%q) = %q, %v; want %q", tt.text, got, err, tt.want)
		}
	}
}

func TestParseLifetimeRefuses(t *testing.T) {
	for _, text := range []string{
		"", "   ", "Slettes", "ikke oppgitt", "(ingen levetid oppgitt)", "lenge", "år", "42",
		"1,25 år", "1,50 år", "1.5.2 years", "1,5-2 år", "1,5 uker", "0.5 months", "2,5 sekunder", "-1,5 år", "0,5", "1,5/2 år", "1,5+ år", "1 000,5 år", "1,5 og et halvt år", "1.000 dager", "1/2 år",
		"1-2 år", "1 - 2 år", "1–2 år", "1 til 2 år", "to eller tre år", "one to two years", "between one and two years", "mellom 1 og 2 år",
		"ca. 2 år", "omtrent to år", "about 2 years", "minst to år", "at least two years", "mer enn to år", "2+ år", "~2 år", "2 år eller mer", "> 2 år",
		"-2 år", "0 dager", "null dager", "P0D", "PT0S", "P1.5Y", "P", "PT", "P1YT", "-P1Y", "P-1Y", "P1H",
		"_ga slettes etter 1 år, _gid slettes etter 30 dager.",
		"2 år, 1 år", "30 dager etter at du lukker nettleseren", "Session (30 minutes)", "6 måneder (180 dager)",
		"5 m", "halvannen måned", "en halv uke", "half a month",
		"Slettes ikke når du lukker nettleseren", "slettes ikke etter 2 år",
		"permanent", "aldri", "never expires", "for alltid",
		"99999999999 år", "999999999 år", "10000 years", strings.Repeat("to år ", 1000), "to\xff år",
		"used one time", "cookie_2d", "wp-settings-1", "GA4 s",
	} {
		got, err := ParseLifetime(text)
		if err == nil {
			t.Errorf("ParseLifetime(%q) = %q, want a refusal", text, got)
			continue
		}
		if KindOf(err) != Invalid || !strings.Contains(err.Error(), "write one exact time") {
			t.Errorf("ParseLifetime(%q): %v, want Invalid with a repair", text, err)
		}
	}
}
