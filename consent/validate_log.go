package consent

// consentLog checks who runs the log of Decisions and where it is kept.
func (v *review) consentLog(k *LogKeeping) {
	const path = "site.consent_log"
	if k.Processor != "" {
		v.required(path+".processor", k.Processor, maxName)
		if companyName(k.Processor) == companyName(v.draft.Organisation.Name) {
			v.fault(path+".processor", "own_processor", "Nobody is their own processor (GDPR art. 4(8)).",
				"Leave processor out: that says that the organisation runs the solution itself.")
		}
	}
	if len(k.Countries) == 0 {
		v.fault(path+".countries", "missing", "It is not stated where the log is stored.",
			"Write the two-letter codes of the countries of the server and the backups, such as NO.")
	}
	v.abroad(path, "countries", k.Countries, k.Transfer, "keep the log in one such country at most")
	v.optionalText(path+".security", k.Security)
}
