package consent

// The words for the fixed values of the vocabulary, as they read within a
// sentence or a table cell. Panel, declaration page, CSV and admin use the same
// ones, so that a visitor meets one word for one thing.

// Words gives the storage kind in the language.
func (k StorageKind) Words(lang Language) string { return Shipped().In(lang).Kind(k) }

// Words gives the party in the language.
func (p PartyKind) Words(lang Language) string { return Shipped().In(lang).Party(p) }

// Words gives the status in the language.
func (s Status) Words(lang Language) string { return Shipped().In(lang).Status(s) }

// Words gives the role in the language.
func (r Role) Words(lang Language) string { return Shipped().In(lang).Role(r) }

var basisWords = map[Basis]Text{
	BasisConsent:     {Bokmaal: "samtykke", Nynorsk: "samtykke", NorthernSami: "miehtan", English: "consent"},
	BasisNecessary:   {Bokmaal: "strengt nødvendig", Nynorsk: "strengt nødvendig", NorthernSami: "áibbas dárbbašlaš", English: "strictly necessary"},
	BasisSwitchedOff: {Bokmaal: "slått av", Nynorsk: "slått av", NorthernSami: "jáddaduvvon", English: "switched off"},
}

// Words gives the legal basis in the language.
func (b Basis) Words(lang Language) string { return wordsOf(basisWords[b], string(b), lang) }

// Words gives the ground for the transfer in the language.
func (b TransferBasis) Words(lang Language) string { return Shipped().In(lang).Ground(b) }

var exemptWords = map[Exempt]Text{
	ExemptTransmission: {Bokmaal: "trengs bare for å overføre innholdet", Nynorsk: "trengst berre for å overføre innhaldet", NorthernSami: "dárbbašuvvo dušše sisdoalu sirdimii", English: "needed only to transmit the content"},
	ExemptRequested:    {Bokmaal: "strengt nødvendig for en tjeneste du selv ber om", Nynorsk: "strengt nødvendig for ei teneste du sjølv ber om", NorthernSami: "áibbas dárbbašlaš bálvalussii maid ieš bivddát", English: "strictly necessary for a service you ask for"},
}

// Words gives the exemption of ekomloven § 3-15 in the language.
func (e Exempt) Words(lang Language) string { return wordsOf(exemptWords[e], string(e), lang) }

// wordsOf gives the words in the language, or the bare value when it is none of ours.
func wordsOf(words Text, value string, lang Language) string {
	if text, _ := words.In(lang); text != "" {
		return text
	}
	return value
}
