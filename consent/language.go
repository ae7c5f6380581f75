package consent

// Language is a BCP 47 tag in lower case, such as "nb".
type Language string

// The languages that the banner's fixed texts come in.
const (
	Bokmaal      Language = "nb"
	Nynorsk      Language = "nn"
	NorthernSami Language = "se"
	English      Language = "en"
)

// Text is one piece of wording in several languages.
type Text map[Language]string
