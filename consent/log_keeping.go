package consent

// LogKeeping is how the log of Decisions is kept, as far as only the Organisation
// can know it (GDPR art. 28 and 30(1)(d), (e) and (g)). It never asks a visitor
// again: nobody said yes to the log.
type LogKeeping struct {
	// Processor is the company that runs the consent solution on behalf of the
	// Organisation. Left out when the Organisation runs it itself.
	Processor string `json:"processor,omitempty" yaml:"processor,omitempty"`
	// Countries are where the log and its backups are stored, ISO 3166-1 alpha-2.
	Countries []string `json:"countries" yaml:"countries"`
	// Transfer is the one out of the EEA. Needed when a country is outside it, or
	// when the processor reads the log from there.
	Transfer *Transfer `json:"transfer,omitempty" yaml:"transfer,omitempty"`
	// Security is the Organisation's own measures around the log: who has access,
	// and how backups are kept. Published with the notice, so it tells no secrets.
	Security Text `json:"security,omitempty" yaml:"security,omitempty"`
}
