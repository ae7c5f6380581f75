package consent

import (
	"maps"
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
	waiting, free := newWatch(), newWatch()
	for i := range d.Services {
		s := &d.Services[i]
		for _, host := range s.Hosts {
			if s.waits() {
				waiting.add(host, s.Key)
			} else {
				free.add(host, "")
			}
		}
	}
	above := map[string]bool{} // what takes in a host that waits
	for _, one := range waiting.hosts {
		for host := one.Host; host != ""; host = parentOf(host) {
			above[host] = true
		}
	}
	waits := maps.Clone(waiting.index)
	for _, one := range free.hosts {
		meets := above[one.Host]
		for host := one.Host; host != "" && !meets; host = parentOf(host) {
			_, meets = waits[host]
		}
		if meets {
			waiting.add(one.Host, "")
		}
	}
	return waiting.hosts
}

// parentOf gives the next shorter form of a host that takes it in: a.b.no lies in
// .b.no, and that in .no; "" is none, and what is too long for a host has none.
func parentOf(host string) string {
	const longest = 255
	if len(host) > longest {
		return ""
	}
	if dot := strings.IndexByte(strings.TrimPrefix(host, "."), '.'); dot >= 0 {
		return strings.TrimPrefix(host, ".")[dot:]
	}
	return ""
}

// waits says whether a service contacts nobody until somebody has said yes.
func (s *Service) waits() bool { return len(s.Refs()) > 0 || s.Basis == BasisSwitchedOff }

// watch is hosts, each once, in the order in which services name them.
type watch struct {
	hosts []WatchedHost
	index map[string]int
}

func newWatch() *watch { return &watch{index: map[string]int{}} }

// add notes that a service names a host.
func (w *watch) add(host string, service ServiceKey) {
	host = spelled(host)
	at, known := w.index[host]
	if !known {
		w.index[host] = len(w.hosts)
		w.hosts = append(w.hosts, WatchedHost{host, []ServiceKey{service}})
		return
	}
	if one := &w.hosts[at]; !slices.Contains(one.Services, service) {
		one.Services = append(one.Services, service)
	}
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
