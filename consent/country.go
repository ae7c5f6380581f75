package consent

import (
	"slices"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// countryNames holds the countries a provider of a Norwegian public site is
// likely to be in: the EEA, those with an adequacy decision, and a few more. The
// four names are in the order of PageLanguages.
var countryNames = map[string][4]string{
	"AD": {"Andorra", "Andorra", "Andorra", "Andorra"},
	"AE": {"De forente arabiske emirater", "Dei sameinte arabiske emirata", "Arábaemiráhtat", "United Arab Emirates"},
	"AR": {"Argentina", "Argentina", "Argentina", "Argentina"},
	"AT": {"Østerrike", "Austerrike", "Nuortariika", "Austria"},
	"AU": {"Australia", "Australia", "Austrália", "Australia"},
	"BE": {"Belgia", "Belgia", "Belgia", "Belgium"},
	"BG": {"Bulgaria", "Bulgaria", "Bulgária", "Bulgaria"},
	"BR": {"Brasil", "Brasil", "Brasil", "Brazil"},
	"CA": {"Canada", "Canada", "Kanáda", "Canada"},
	"CH": {"Sveits", "Sveits", "Šveica", "Switzerland"},
	"CN": {"Kina", "Kina", "Kiinná", "China"},
	"CY": {"Kypros", "Kypros", "Kypros", "Cyprus"},
	"CZ": {"Tsjekkia", "Tsjekkia", "Čeahkka", "Czechia"},
	"DE": {"Tyskland", "Tyskland", "Duiska", "Germany"},
	"DK": {"Danmark", "Danmark", "Dánmárku", "Denmark"},
	"EE": {"Estland", "Estland", "Estlánda", "Estonia"},
	"ES": {"Spania", "Spania", "Spánia", "Spain"},
	"FI": {"Finland", "Finland", "Suopma", "Finland"},
	"FO": {"Færøyene", "Færøyane", "Fearsullot", "Faroe Islands"},
	"FR": {"Frankrike", "Frankrike", "Fránska", "France"},
	"GB": {"Storbritannia", "Storbritannia", "Stuorra-Británnia", "United Kingdom"},
	"GG": {"Guernsey", "Guernsey", "Guernsey", "Guernsey"},
	"GR": {"Hellas", "Hellas", "Greika", "Greece"},
	"HK": {"Hongkong", "Hongkong", "Hongkong", "Hong Kong"},
	"HR": {"Kroatia", "Kroatia", "Kroátia", "Croatia"},
	"HU": {"Ungarn", "Ungarn", "Ungára", "Hungary"},
	"IE": {"Irland", "Irland", "Irlánda", "Ireland"},
	"IL": {"Israel", "Israel", "Israel", "Israel"},
	"IM": {"Man", "Man", "Mann-sullot", "Isle of Man"},
	"IN": {"India", "India", "India", "India"},
	"IS": {"Island", "Island", "Islánda", "Iceland"},
	"IT": {"Italia", "Italia", "Itália", "Italy"},
	"JE": {"Jersey", "Jersey", "Jersey", "Jersey"},
	"JP": {"Japan", "Japan", "Japána", "Japan"},
	"KR": {"Sør-Korea", "Sør-Korea", "Mátta-Korea", "South Korea"},
	"LI": {"Liechtenstein", "Liechtenstein", "Liechtenstein", "Liechtenstein"},
	"LT": {"Litauen", "Litauen", "Lietuva", "Lithuania"},
	"LU": {"Luxembourg", "Luxembourg", "Luxembourg", "Luxembourg"},
	"LV": {"Latvia", "Latvia", "Látvia", "Latvia"},
	"MT": {"Malta", "Malta", "Málta", "Malta"},
	"MX": {"Mexico", "Mexico", "Meksiko", "Mexico"},
	"NL": {"Nederland", "Nederland", "Vuolleeatnamat", "Netherlands"},
	"NO": {"Norge", "Noreg", "Norga", "Norway"},
	"NZ": {"New Zealand", "New Zealand", "Ođđa-Selánda", "New Zealand"},
	"PL": {"Polen", "Polen", "Polska", "Poland"},
	"PT": {"Portugal", "Portugal", "Portugála", "Portugal"},
	"RO": {"Romania", "Romania", "Románia", "Romania"},
	"RS": {"Serbia", "Serbia", "Serbia", "Serbia"},
	"SE": {"Sverige", "Sverige", "Ruoŧŧa", "Sweden"},
	"SG": {"Singapore", "Singapore", "Singapore", "Singapore"},
	"SI": {"Slovenia", "Slovenia", "Slovenia", "Slovenia"},
	"SK": {"Slovakia", "Slovakia", "Slovákia", "Slovakia"},
	"TR": {"Tyrkia", "Tyrkia", "Durka", "Türkiye"},
	"UA": {"Ukraina", "Ukraina", "Ukraina", "Ukraine"},
	"US": {"USA", "USA", "USA", "USA"},
	"UY": {"Uruguay", "Uruguay", "Uruguay", "Uruguay"},
	"ZA": {"Sør-Afrika", "Sør-Afrika", "Mátta-Afrihká", "South Africa"},
}

// CountryName gives the name of a country (ISO 3166-1 alpha-2) in the language,
// or the code itself when the country is not in our list. Languages beyond the
// four have the names of Unicode CLDR.
func CountryName(code string, lang Language) string {
	names, ok := countryNames[code]
	if !ok {
		return code
	}
	if !slices.Contains(PageLanguages, lang) {
		if name := cldrName(code, lang); name != "" {
			return name
		}
	}
	return names[slices.Index(PageLanguages, lang.Nearest(PageLanguages))]
}

// cldrName gives the name of a country in another language, or nothing.
func cldrName(code string, lang Language) string {
	tag, err := language.Parse(string(lang))
	if err != nil {
		return ""
	}
	regions := display.Regions(tag)
	if regions == nil {
		return ""
	}
	region, err := language.ParseRegion(code)
	if err != nil {
		return ""
	}
	return regions.Name(region)
}
