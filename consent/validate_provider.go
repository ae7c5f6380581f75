package consent

import (
	"strings"
)

// provider checks a company and the ground for what it takes out of the EEA.
func (v *review) provider(path string, p *Provider) {
	if strings.TrimSpace(p.Name) == "" {
		v.missingProvider(path, p)
		return
	}
	v.line(path+".name", p.Name, maxName)
	if len(p.Country) == 0 {
		v.fault(path+".country", "missing", "The company's country is not stated.", "Write its two-letter code, such as NO or US.")
	}
	oneOf(v, path+".role", p.Role, RoleProcessor, RoleController, RoleJoint)
	v.reach(path, p)
}

// missingProvider lets a gap through when it is confessed in every language:
// an empty name would hide it, a guess would be worse.
func (v *review) missingProvider(path string, p *Provider) {
	if len(p.Missing) == 0 {
		v.fault(path+".name", "no_provider", "The company behind the service is not named.",
			"Write its name, or write under missing, in every language, what you are finding out.")
		return
	}
	v.text(path+".missing", p.Missing, maxPurpose)
	v.warn(path+".name", "provider_unknown", "The company behind the service is not named yet.",
		"Ask the supplier; visitors have a right to know who receives their data (GDPR art. 13(1)(e)).")
	if p.Role != "" {
		oneOf(v, path+".role", p.Role, RoleProcessor, RoleController, RoleJoint)
	}
	v.reach(path, p)
}

// reach checks countries, transfer, privacy policy and contact.
func (v *review) reach(path string, p *Provider) {
	v.abroad(path, "country", p.Country, p.Transfer, "list a company with two such countries once for each")
	if p.Policy != "" {
		v.address(path+".policy", p.Policy)
	}
	if p.Contact != nil {
		v.channels(path+".contact", *p.Contact)
	}
}

// abroad checks the countries under a field of path, and the transfer beside it
// (J2). There is place for one transfer: second says what to do when two of the
// countries are outside the EEA.
func (v *review) abroad(path, field string, countries []string, t *Transfer, second string) {
	for i, code := range countries {
		if !v.country(at(path+"."+field, i), code) {
			continue
		}
		if !InEEA(code) && (t == nil || t.Country != code) {
			v.fault(path+".transfer", "no_transfer_basis", code+" is outside the EEA, and no ground for the transfer is stated.",
				"Write transfer with country: "+code+", its basis (adequacy or scc) and the date it was checked; "+second+".")
		}
	}
	if t != nil {
		v.transfer(path+".transfer", t)
	}
}

func (v *review) transfer(path string, t *Transfer) {
	switch {
	case !isCountry(t.Country) || InEEA(t.Country):
		v.fault(path+".country", "unknown_country", quoted(t.Country)+" is not a country outside the EEA.", "Write its two-letter code in capitals, such as US.")
	case t.Basis == TransferAdequacy && !isAdequate(t.Country):
		v.warn(path+".basis", "adequacy_unknown", "No adequacy decision is known for "+t.Country+".", "Check it with the Commission's list, or use basis: scc.")
	}
	oneOf(v, path+".basis", t.Basis, TransferAdequacy, TransferSCC)
	v.signed(path+".checked", t.Checked)
}

// country faults what is not the code of one, and says whether it is.
func (v *review) country(path, code string) bool {
	known := isCountry(code)
	if !known {
		v.fault(path, "unknown_country", "There is no country "+quoted(code)+".", "Write its two-letter code in capitals, such as NO, IE or US.")
	}
	return known
}
