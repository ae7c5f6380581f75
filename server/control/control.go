// Package control checks that an organisation controls the origins which it has
// named: whoever can put a record into a domain's DNS, or a file on its web server,
// may speak for it.
package control

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"syscall"
	"time"

	"golang.org/x/net/publicsuffix"

	"github.com/samtykke/samtykke/consent"
)

const (
	patience     = 10 * time.Second // for one origin, both ways together
	maxFile      = 4 << 10          // bytes of the file that are read
	maxRedirects = 3
)

// Checker asks the DNS and web servers of strangers. It reaches public addresses
// alone: nobody has it ask what only this machine or its network can see.
type Checker struct {
	// Resolver answers for the DNS; the system's when nil.
	Resolver *net.Resolver
	// Reachable says which addresses may be asked. Public when nil.
	Reachable func(netip.Addr) bool
	// Port says which ports may be asked: nobody has it knock at others. 80 and 443 when
	// nil.
	Port func(uint16) bool
	// Roots are the authorities that a web server's certificate comes from; the
	// system's when nil.
	Roots *x509.CertPool
}

// Check looks for the proof's token, in the DNS first, and gives how it was found,
// or why it was not.
func (c *Checker) Check(ctx context.Context, proof *consent.OriginProof) (consent.ProofMethod, consent.ProofFault) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	inDNS := c.inDNS(ctx, proof)
	if inDNS == "" {
		return consent.ProofByDNS, ""
	}
	inFile := c.inFile(ctx, proof)
	if inFile == "" {
		return consent.ProofByFile, ""
	}
	switch {
	case inDNS == consent.ProofUnreachable && inFile == consent.ProofNothing: // the web server was asked, and answered
		return "", consent.ProofNoFile
	case inDNS == consent.ProofOther || inFile == consent.ProofNothing: // what was found says more than what was not
		return "", inDNS
	}
	return "", inFile
}

func (c *Checker) inDNS(ctx context.Context, proof *consent.OriginProof) consent.ProofFault {
	if proof.Record() == "" {
		return consent.ProofNothing
	}
	records, err := c.Resolver.LookupTXT(ctx, proof.Record()+".")
	var failed *net.DNSError
	switch {
	case slices.Contains(records, proof.Line()):
		return ""
	case len(records) > 0:
		return consent.ProofOther
	case err == nil, errors.As(err, &failed) && failed.IsNotFound:
		return consent.ProofNothing
	default:
		return consent.ProofUnreachable
	}
}

var (
	errNotPublic = errors.New("the address is not a public one")
	errPort      = errors.New("the port is not one of the web")
)

// byteOrderMark is what some editors put before the first line.
const byteOrderMark = "\ufeff"

func (c *Checker) inFile(ctx context.Context, proof *consent.OriginProof) consent.ProofFault {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, proof.File(), http.NoBody)
	if err != nil {
		return consent.ProofUnreachable
	}
	request.Header.Set("User-Agent", "Samtykke (proof of control)")
	transport := c.transport()
	defer transport.CloseIdleConnections()
	client := http.Client{Transport: transport, CheckRedirect: staysHome}
	answer, err := client.Do(request)
	switch {
	case errors.Is(err, errPort):
		return consent.ProofPort
	case errors.Is(err, errNotPublic):
		return consent.ProofNotPublic
	case errors.Is(err, errElsewhere):
		return consent.ProofElsewhere
	case err != nil:
		return consent.ProofUnreachable
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return consent.ProofNothing
	}
	lines := bufio.NewScanner(io.LimitReader(answer.Body, maxFile))
	for lines.Scan() {
		if strings.TrimSpace(strings.TrimPrefix(lines.Text(), byteOrderMark)) == proof.Line() {
			return ""
		}
	}
	return consent.ProofOther
}

// transport dials the very address that was checked, so that a name which answers
// otherwise a moment later gains nothing.
func (c *Checker) transport() *http.Transport {
	reachable, port := c.Reachable, c.Port
	if reachable == nil {
		reachable = Public
	}
	if port == nil {
		port = ofWeb
	}
	dialer := &net.Dialer{Resolver: c.Resolver, Control: func(_, address string, _ syscall.RawConn) error {
		at, err := netip.ParseAddrPort(address)
		if err == nil && !port(at.Port()) {
			return errPort
		}
		if err != nil || !reachable(at.Addr().Unmap()) {
			return errNotPublic
		}
		return nil
	}}
	return &http.Transport{
		DialContext: dialer.DialContext, TLSClientConfig: &tls.Config{RootCAs: c.Roots, MinVersion: tls.VersionTLS12},
		MaxResponseHeaderBytes: 16 << 10, DisableKeepAlives: true,
	}
}

func ofWeb(port uint16) bool { return port == 80 || port == 443 }

var errElsewhere = errors.New("the server leads to another domain")

// staysHome follows a server within its own domain alone: one that leads anywhere
// would let anybody prove what is not theirs.
func staysHome(request *http.Request, via []*http.Request) error {
	if len(via) > maxRedirects || request.URL.Scheme != "https" || domainOf(request.URL) != domainOf(via[0].URL) {
		return errElsewhere
	}
	return nil
}

// domainOf gives the domain that one party owns, or the whole host.
func domainOf(address *url.URL) string {
	host := strings.ToLower(address.Hostname())
	if domain, err := publicsuffix.EffectiveTLDPlusOne(host); err == nil {
		return domain
	}
	return host
}
