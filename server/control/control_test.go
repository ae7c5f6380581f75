package control_test

import (
	"bytes"
	"context"
	"crypto/x509"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/control"
	"github.com/samtykke/samtykke/server/control/controltest"
)

func TestControlIsProven(t *testing.T) {
	var requests atomic.Int64
	files := http.NewServeMux()
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		files.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	roots := x509.NewCertPool()
	roots.AddCert(server.Certificate())
	_, port, _ := net.SplitHostPort(server.Listener.Addr().String())
	proof := func(host string) *consent.OriginProof {
		return &consent.OriginProof{Origin: "https://" + host + ":" + port, Token: "the-token-of-a-test"}
	}
	line := proof("example.com").Line()
	for path, body := range map[string]string{
		"example.com/": line + "\n", "other.example.com/": "samtykke-control=another\n",
		"several.example.com/": "samtykke-control=another\r\n" + line + "\r\n", "long.example.com/": strings.Repeat("#\n", 1<<20) + line,
		"within.example.com/": "x" + line, "told.example.com/": line, "marked.example.com/": "\ufeff" + line + "\r\n",
	} {
		files.HandleFunc(path+".well-known/samtykke.txt", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(body)) })
	}
	leads := func(from, to string) {
		files.HandleFunc(from+"/", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, strings.ReplaceAll(to, "PORT", port), http.StatusMovedPermanently)
		})
	}
	leads("leads.example.com", "https://example.com:PORT/.well-known/samtykke.txt")
	leads("away.example.com", "https://example.org:PORT/.well-known/samtykke.txt")
	leads("plain.example.com", "http://example.com:PORT/.well-known/samtykke.txt")
	leads("round.example.com", "https://round.example.com:PORT/.well-known/samtykke.txt")
	zone := controltest.Serve(t)
	zone.Set("_samtykke.dns.example.com", line)
	zone.Set("_samtykke.wrong.example.com", "samtykke-control=another")
	for _, host := range []string{"silent.example.com", "told.example.com", "silent.example.org"} {
		zone.Fail("_samtykke." + host)
	}
	resolver := zone.Resolver()
	here := &control.Checker{Resolver: resolver, Roots: roots, Reachable: netip.Addr.IsLoopback, Port: anyPort}
	for host, want := range map[string]struct {
		method consent.ProofMethod
		fault  consent.ProofFault
	}{
		"dns.example.com":     {consent.ProofByDNS, ""},
		"example.com":         {consent.ProofByFile, ""},
		"*.example.com":       {consent.ProofByFile, ""},
		"several.example.com": {consent.ProofByFile, ""},
		"marked.example.com":  {consent.ProofByFile, ""},
		"leads.example.com":   {consent.ProofByFile, ""},
		"none.example.com":    {"", consent.ProofNothing},
		"wrong.example.com":   {"", consent.ProofOther},
		"other.example.com":   {"", consent.ProofOther},
		"within.example.com":  {"", consent.ProofOther},
		"long.example.com":    {"", consent.ProofOther},
		"silent.example.com":  {"", consent.ProofNoFile},
		"told.example.com":    {consent.ProofByFile, ""},
		"silent.example.org":  {"", consent.ProofUnreachable}, // nor is there a web server
		"away.example.com":    {"", consent.ProofElsewhere},
		"plain.example.com":   {"", consent.ProofElsewhere},
		"round.example.com":   {"", consent.ProofElsewhere},
		"example.org":         {"", consent.ProofUnreachable}, // the certificate is of another
	} {
		method, fault := here.Check(t.Context(), proof(host))
		if method != want.method || fault != want.fault {
			t.Errorf("%s is proven by %q, fault %q; want %q, %q", host, method, fault, want.method, want.fault)
		}
	}
	before := requests.Load()
	outside := &control.Checker{Resolver: resolver, Roots: roots, Port: anyPort}
	if method, fault := outside.Check(t.Context(), proof("example.com")); fault != consent.ProofNotPublic || requests.Load() != before {
		t.Errorf("an address of this machine was asked: %q %q, %d requests", method, fault, requests.Load()-before)
	}
	web := &control.Checker{Resolver: resolver, Roots: roots, Reachable: netip.Addr.IsLoopback}
	if method, fault := web.Check(t.Context(), proof("example.com")); fault != consent.ProofPort || requests.Load() != before {
		t.Errorf("a port that is not the web's was asked: %q %q, %d requests", method, fault, requests.Load()-before)
	}
	if method, fault := web.Check(t.Context(), proof("dns.example.com")); method != consent.ProofByDNS || fault != "" {
		t.Errorf("the DNS does not show control of an address with a port of its own: %q %q", method, fault)
	}
}

func anyPort(uint16) bool { return true }

// kept are proofs in memory.
type kept []consent.OriginProof

func (k kept) OriginProofs(context.Context, consent.OrganisationID) ([]consent.OriginProof, error) {
	return slices.Clone(k), nil
}

func (k kept) SaveOriginProof(_ context.Context, proof *consent.OriginProof) error {
	k[slices.IndexFunc(k, func(p consent.OriginProof) bool { return p.Origin == proof.Origin })] = *proof
	return nil
}

// Old proofs are looked for again: one that is there holds on, one that is gone holds
// for a while and is told.
func TestProofsAreLookedForAgain(t *testing.T) {
	zone := controltest.Serve(t)
	start := time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)
	made := func(origin string, at time.Time) consent.OriginProof {
		return consent.OriginProof{Organisation: "skogen", Origin: origin, Token: "the-token-of-a-test"}.Found(consent.ProofByDNS, "", at)
	}
	store := kept{made("https://there.example", start), made("https://gone.example", start), made("https://young.example", start.Add(24*time.Hour))}
	zone.Set("_samtykke.there.example", store[0].Line())
	checker := &control.Checker{Resolver: zone.Resolver(), Reachable: netip.Addr.IsLoopback, Port: anyPort}
	var told bytes.Buffer
	now := start.Add(consent.ProofAgain)
	for range 2 { // one that was not found is not asked for all day
		if err := checker.CheckDue(t.Context(), store, func() time.Time { return now }, slog.New(slog.NewTextHandler(&told, nil))); err != nil {
			t.Fatal(err)
		}
		now = now.Add(time.Hour)
	}
	last := start.Add(consent.ProofAgain)
	for i, want := range []struct{ proven, checked time.Time }{{last, last}, {start, last}, {start.Add(24 * time.Hour), start.Add(24 * time.Hour)}} {
		if !store[i].Proven.Equal(want.proven) || !store[i].Checked.Equal(want.checked) || !store[i].Holds(now) {
			t.Errorf("%+v", store[i])
		}
	}
	if said := told.String(); strings.Count(said, "origin=https://gone.example") != 1 || strings.Contains(said, "there.example") || strings.Contains(said, "young") {
		t.Errorf("the log says %s", said)
	}
	if store[1].Holds(start.Add(consent.ProofLasts)) || !store[0].Holds(start.Add(consent.ProofLasts)) {
		t.Errorf("what is gone holds for ever, or what is there does not: %+v", store)
	}
}
