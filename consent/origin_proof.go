package consent

import (
	"context"
	"net"
	"strconv"
	"strings"
	"time"
)

const (
	// ProofAgain is how old a proof becomes before it is looked for again.
	ProofAgain = 30 * 24 * time.Hour
	// ProofLasts is for how long a proof holds that is not found again: time enough
	// to see it, and to put back what was taken away by mistake.
	ProofLasts = 60 * 24 * time.Hour
)

// ProofMethod is how control of an origin was proven.
type ProofMethod string

// The methods.
const (
	ProofByDNS  ProofMethod = "dns"  // a TXT record
	ProofByFile ProofMethod = "file" // a file on the web server
)

// ProofFault is why control of an origin was not proven when it was looked for last.
type ProofFault string

// The faults.
const (
	ProofNothing     ProofFault = "nothing"     // there is neither a record nor a file
	ProofOther       ProofFault = "other"       // what is there says something else
	ProofElsewhere   ProofFault = "elsewhere"   // the web server leads to another domain
	ProofNotPublic   ProofFault = "not_public"  // the web server is not on the public internet
	ProofPort        ProofFault = "port"        // the web server is on a port that is not asked
	ProofUnreachable ProofFault = "unreachable" // nobody answered
	ProofNoFile      ProofFault = "no_file"     // the DNS could not be asked, and there is no file
)

// OriginProof is what is known of an organisation's control of an origin.
type OriginProof struct {
	Organisation OrganisationID
	Origin       string // as Site.Origins has it
	Token        string // what must be found, no secret
	Method       ProofMethod
	Proven       time.Time  // when it was found last, zero for never
	Checked      time.Time  // when it was looked for last, zero for never
	Fault        ProofFault // of the last look, "" when it was found
}

// Holds says whether control is proven.
func (p *OriginProof) Holds(now time.Time) bool {
	return !p.Proven.IsZero() && now.Sub(p.Proven) < ProofLasts
}

// Due says whether a proof that holds should be looked for again.
func (p *OriginProof) Due(now time.Time) bool {
	return p.Holds(now) && now.Sub(p.Proven) >= ProofAgain && now.Sub(p.Checked) >= 24*time.Hour
}

// Found gives the proof after a look.
func (p OriginProof) Found(method ProofMethod, fault ProofFault, now time.Time) OriginProof {
	p.Checked, p.Fault = now, fault
	if fault == "" {
		p.Method, p.Proven = method, now
	}
	return p
}

// Line is what the record or a line of the file must say.
func (p *OriginProof) Line() string { return "samtykke-control=" + p.Token }

// Record is the name of the TXT record, "" for an address of numbers, below which no
// name lies.
func (p *OriginProof) Record() string {
	o, _ := parseOrigin(p.Origin)
	if net.ParseIP(o.host) != nil {
		return ""
	}
	return "_samtykke." + o.host
}

// File is the address of the file. Of an origin with "*." it is on the domain itself.
func (p *OriginProof) File() string {
	o, _ := parseOrigin(p.Origin)
	host := o.host
	if o.port != 443 {
		host = net.JoinHostPort(host, strconv.Itoa(int(o.port)))
	} else if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	return "https://" + host + "/.well-known/samtykke.txt"
}

// UsableOrigin says whether an entry of Site.Origins is an origin, or one with "*.".
func UsableOrigin(entry string) bool {
	_, flaw := parseOrigin(entry)
	return flaw == ""
}

// NeedsProof says whether control of an origin can be proven: of this machine's own
// there is nothing to prove.
func NeedsProof(entry string) bool {
	o, flaw := parseOrigin(entry)
	return flaw == "" && !isLoopback(o.host)
}

// ProvenOrigin says whether an organisation has proven that it controls an origin,
// or one with "*." that it lies in.
func ProvenOrigin(entry string, proofs []OriginProof, now time.Time) *OriginProof {
	asked, flaw := parseOrigin(entry)
	if flaw != "" {
		return nil
	}
	for i := range proofs {
		proven, flaw := parseOrigin(proofs[i].Origin)
		if flaw == "" && proofs[i].Holds(now) && (proven == asked || proven.allows(asked)) {
			return &proofs[i]
		}
	}
	return nil
}

// UnprovenOrigins gives the Site's origins whose control should be proven and is not.
func UnprovenOrigins(site *Site, proofs []OriginProof, now time.Time) []string {
	var unproven []string
	for _, entry := range site.Origins {
		if NeedsProof(entry) && ProvenOrigin(entry, proofs, now) == nil {
			unproven = append(unproven, entry)
		}
	}
	return unproven
}

// OriginProofStore keeps what organisations have proven of their origins.
type OriginProofStore interface {
	// OriginProofs gives those of an organisation, or of all for "", by origin.
	OriginProofs(ctx context.Context, organisation OrganisationID) ([]OriginProof, error)
	// SaveOriginProof keeps a proof in place of an earlier one of the same origin.
	SaveOriginProof(ctx context.Context, proof *OriginProof) error
}
