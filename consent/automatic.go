package consent

import (
	"slices"
	"strings"
)

// WatchedHost is a host that automatic gating watches, and who contacts it.
type WatchedHost struct {
	// Host is as browsers spell it, without a port: all are meant. One that begins
	// with "." stands for every sub-domain.
	Host string
	// Services are those that name it. An empty key stands for services that need
	// no consent.
	Services []ServiceKey
}

// WatchedHosts gives the hosts that no script may contact before consent: those of
// services that wait for a yes, or are switched off. Hosts of what needs no consent
// are among them where the two meet.
func (d *Draft) WatchedHosts() []WatchedHost {
	var waiting, free []WatchedHost
	for i := range d.Services {
		s := &d.Services[i]
		for _, host := range s.Hosts {
			if s.waits() {
				waiting = watch(waiting, host, s.Key)
			} else {
				free = watch(free, host, "")
			}
		}
	}
	meets := func(one WatchedHost) bool {
		return slices.ContainsFunc(waiting, func(other WatchedHost) bool {
			return covers(one.Host, other.Host) || covers(other.Host, one.Host)
		})
	}
	free = slices.DeleteFunc(free, func(one WatchedHost) bool { return !meets(one) })
	for _, one := range free {
		waiting = watch(waiting, one.Host, "")
	}
	return waiting
}

// waits says whether a service contacts nobody until somebody has said yes.
func (s *Service) waits() bool { return len(s.Refs()) > 0 || s.Basis == BasisSwitchedOff }

// watch notes that a service names a host.
func watch(hosts []WatchedHost, host string, service ServiceKey) []WatchedHost {
	host = spelled(host)
	at := slices.IndexFunc(hosts, func(one WatchedHost) bool { return one.Host == host })
	if at < 0 {
		return append(hosts, WatchedHost{host, []ServiceKey{service}})
	}
	if !slices.Contains(hosts[at].Services, service) {
		hosts[at].Services = append(hosts[at].Services, service)
	}
	return hosts
}

// spelled gives a host as browsers spell it, without its port. What stands for
// sub-domains begins with a dot.
func spelled(host string) string {
	host, below := strings.CutPrefix(host, "*.")
	name, _ := splitPort(host)
	if canonical, ok := canonicalHost(name); ok && !strings.HasPrefix(name, "[") {
		name = canonical
	}
	if below {
		name = "." + name
	}
	return name
}

// covers says whether a watched host takes in another one.
func covers(wide, narrow string) bool {
	return wide == narrow || strings.HasPrefix(wide, ".") && strings.HasSuffix(narrow, wide)
}
