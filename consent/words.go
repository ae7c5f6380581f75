package consent

// The words for the fixed values of the vocabulary, as they read within a
// sentence or a table cell. Panel, declaration page, CSV and admin use the same
// ones, so that a visitor meets one word for one thing.

var kindWords = map[StorageKind]Text{
	KindCookie:    {Bokmaal: "informasjonskapsel (cookie)", Nynorsk: "informasjonskapsel (cookie)", NorthernSami: "diehtočoahkku (cookie)", English: "cookie"},
	KindLocal:     {Bokmaal: "lokalt lager (localStorage)", Nynorsk: "lokalt lager (localStorage)", NorthernSami: "báikkálaš vurka (localStorage)", English: "local storage"},
	KindSession:   {Bokmaal: "øktlager (sessionStorage)", Nynorsk: "øktlager (sessionStorage)", NorthernSami: "bargovuoruvurka (sessionStorage)", English: "session storage"},
	KindIndexedDB: {Bokmaal: "database i nettleseren (IndexedDB)", Nynorsk: "database i nettlesaren (IndexedDB)", NorthernSami: "neahttalohkki diehtovuođđu (IndexedDB)", English: "database in the browser (IndexedDB)"},
	KindCache:     {Bokmaal: "mellomlager i nettleseren (Cache Storage)", Nynorsk: "mellomlager i nettlesaren (Cache Storage)", NorthernSami: "neahttalohkki gaskavurka (Cache Storage)", English: "cache in the browser (Cache Storage)"},
	KindPixel:     {Bokmaal: "sporingspiksel", Nynorsk: "sporingspiksel", NorthernSami: "čuovvunpiksel", English: "tracking pixel"},
}

// Words gives the storage kind in the language.
func (k StorageKind) Words(lang Language) string { return wordsOf(kindWords[k], string(k), lang) }

var partyWords = map[PartyKind]Text{
	FirstParty: {Bokmaal: "førstepart", Nynorsk: "førstepart", NorthernSami: "vuosttaš oassi", English: "first party"},
	ThirdParty: {Bokmaal: "tredjepart", Nynorsk: "tredjepart", NorthernSami: "goalmmát oassi", English: "third party"},
}

// Words gives the party in the language.
func (p PartyKind) Words(lang Language) string { return wordsOf(partyWords[p], string(p), lang) }

var statusWords = map[Status]Text{
	StatusActive:   {Bokmaal: "i bruk", Nynorsk: "i bruk", NorthernSami: "anus", English: "in use"},
	StatusVerify:   {Bokmaal: "undersøkes", Nynorsk: "blir undersøkt", NorthernSami: "dutkojuvvo", English: "being checked"},
	StatusObsolete: {Bokmaal: "utgått", Nynorsk: "utgått", NorthernSami: "ii šat anus", English: "obsolete"},
	StatusResidual: {Bokmaal: "rest, slettes", Nynorsk: "rest, blir sletta", NorthernSami: "báhcán, sihkkojuvvo", English: "left over, deleted"},
}

// Words gives the status in the language.
func (s Status) Words(lang Language) string { return wordsOf(statusWords[s], string(s), lang) }

var roleWords = map[Role]Text{
	RoleProcessor:  {Bokmaal: "databehandler", Nynorsk: "databehandlar", NorthernSami: "dáhtagieđahalli", English: "processor"},
	RoleController: {Bokmaal: "behandlingsansvarlig", Nynorsk: "behandlingsansvarleg", NorthernSami: "gieđahallanovddasvástideaddji", English: "controller"},
	RoleJoint:      {Bokmaal: "felles behandlingsansvarlig", Nynorsk: "felles behandlingsansvarleg", NorthernSami: "oktasaš gieđahallanovddasvástideaddji", English: "joint controller"},
}

// Words gives the role in the language.
func (r Role) Words(lang Language) string { return wordsOf(roleWords[r], string(r), lang) }

var basisWords = map[Basis]Text{
	BasisConsent:     {Bokmaal: "samtykke", Nynorsk: "samtykke", NorthernSami: "miehtan", English: "consent"},
	BasisNecessary:   {Bokmaal: "strengt nødvendig", Nynorsk: "strengt nødvendig", NorthernSami: "áibbas dárbbašlaš", English: "strictly necessary"},
	BasisSwitchedOff: {Bokmaal: "slått av", Nynorsk: "slått av", NorthernSami: "jáddaduvvon", English: "switched off"},
}

// Words gives the legal basis in the language.
func (b Basis) Words(lang Language) string { return wordsOf(basisWords[b], string(b), lang) }

var transferWords = map[TransferBasis]Text{
	TransferAdequacy: {Bokmaal: "EU-kommisjonens beslutning om tilstrekkelig vern", Nynorsk: "avgjerda til EU-kommisjonen om tilstrekkeleg vern", NorthernSami: "EU-kommišuvnna mearrádus doarvái buori suodjaleamis", English: "the European Commission’s adequacy decision"},
	TransferSCC:      {Bokmaal: "EUs standardkontrakt for overføring", Nynorsk: "standardkontrakten til EU for overføring", NorthernSami: "EU standárdašiehtadus sirdima várás", English: "the EU’s standard contractual clauses"},
}

// Words gives the ground for the transfer in the language.
func (b TransferBasis) Words(lang Language) string { return wordsOf(transferWords[b], string(b), lang) }

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
