package consent

import (
	"slices"
	"strings"
)

// Policy gives the Content-Security-Policy by which a browser itself refuses every
// host that is not declared, or that the visitor has not said yes to. It lets
// through the site's own origins, server (Samtykke's origin, empty when it is the
// site's), and the hosts of services that need no consent or are granted.
//
// It limits where a page may fetch from, and nothing else: inline scripts, styles
// and eval are left to the site's own policy, which a browser holds to as well when
// it gets two (CSP Level 3, section 8.1).
func (d *Draft) Policy(server string, granted map[ServiceRef]bool) string {
	hosts := d.openHosts(granted)
	sources := slices.Concat(d.Site.Origins, hosts)
	if server != "" {
		sources = append(sources, server)
	}
	list := strings.Join(unique(sources), " ")
	var sockets strings.Builder
	for _, host := range unique(hosts) { // a host without scheme stands for no web socket
		sockets.WriteString(" wss://" + host)
	}
	return "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob: mediastream: " + list +
		"; connect-src 'self' data: blob: " + list + sockets.String()
}

// openHosts gives the hosts of the services that may be contacted. A service with
// a necessary and another part waits for its yes: what is necessary has hosts
// under a service of its own.
func (d *Draft) openHosts(granted map[ServiceRef]bool) []string {
	var hosts []string
	for i := range d.Services {
		s := &d.Services[i]
		waits := slices.ContainsFunc(s.Refs(), func(ref ServiceRef) bool { return !granted[ref] })
		if !waits && s.Basis != BasisSwitchedOff {
			hosts = append(hosts, s.Hosts...)
		}
	}
	return hosts
}

func unique(words []string) []string {
	sorted := slices.Sorted(slices.Values(words))
	return slices.Compact(sorted)
}
