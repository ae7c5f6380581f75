package web

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// Reader turns what a Notice says into what a page shows in one language.
type Reader struct {
	Lang  consent.Language
	Words Words
	// Asked is the language for what the Site itself says, where the page does not
	// come in it. Empty: Lang.
	Asked consent.Language
	// Offered are the languages of the Site, for texts that are not in Lang.
	Offered []consent.Language
}

// Wording gives a text and, where it is not in the language of the page, the
// language that it is in.
func (r *Reader) Wording(text consent.Text) Wording {
	words, in := text.In(cmp.Or(r.Asked, r.Lang), r.Offered...)
	if in == r.Lang {
		in = ""
	}
	return Wording{Text: words, Lang: in}
}

// Countries gives the names of countries in one line.
func (r *Reader) Countries(codes []string) string {
	names := make([]string, len(codes))
	for i, code := range codes {
		names[i] = consent.CountryName(code, r.Lang)
	}
	return strings.Join(names, ", ")
}

// Transfer tells of a transfer out of the EEA, or nothing when none is stated.
func (r *Reader) Transfer(transfer *consent.Transfer) string {
	if transfer == nil {
		return ""
	}
	return r.Words.Fill("transfer_text",
		"country", consent.CountryName(transfer.Country, r.Lang),
		"basis", transfer.Basis.Words(r.Lang),
		"date", r.Words.Date(transfer.Checked))
}

// Company tells of a provider or recipient.
func (r *Reader) Company(provider *consent.Provider) Company {
	company := Company{
		Name: provider.Name, Country: r.Countries(provider.Country),
		Role: provider.Role.Words(r.Lang), Transfer: r.Transfer(provider.Transfer), Policy: provider.Policy,
	}
	if provider.Name == "" {
		company.Missing = r.Wording(provider.Missing)
	}
	return company
}

// Exemption tells why a cookie needs no consent, and who has signed that, nil when
// nothing says so. Their role is written once, in the first language of the site.
func (r *Reader) Exemption(why *consent.Exemption, first consent.Language) *Exemption {
	if why == nil {
		return nil
	}
	before, after, _ := strings.Cut(r.Words.Fill("exemption_by", "date", r.Words.Date(why.Reviewed)), "{reviewer}")
	reviewer := Wording{Text: why.Reviewer}
	if first != r.Lang {
		reviewer.Lang = first
	}
	return &Exemption{
		Ground: why.Ground.Words(r.Lang), Reason: r.Wording(why.Reason), When: r.Wording(why.When),
		Signed: []Wording{{Text: before}, reviewer, {Text: after}},
	}
}

// Contacts gives the three blocks in the order in which to use them: the
// controller, the data protection officer, the supervisory authority.
func (r *Reader) Contacts(draft *consent.Draft) []Contact {
	block := func(key string, contact consent.Contact) Contact {
		return Contact{Title: r.Words[key], Text: r.Words[key+"_text"], Name: r.Wording(contact.Name), Contact: contact}
	}
	controller := block("controller", draft.Contacts.Controller)
	controller.Number = spaced(draft.Organisation.Number)
	return []Contact{controller, block("dpo", draft.Contacts.DPO), block("authority", draft.Contacts.Authority)}
}

// spaced writes an organisation number in groups of three, as Norwegians do.
func spaced(number string) string {
	if _, err := strconv.Atoi(number); err != nil || len(number) != 9 {
		return number
	}
	return number[:3] + " " + number[3:6] + " " + number[6:]
}
