package gjerdrum

import (
	"net"
	"net/http"
	"strings"
)

// Options are what the demonstration has to know about its surroundings.
type Options struct {
	// Script is the address of the site's script on Samtykke, such as
	// "http://samtykke.localhost:8080/gjerdrum.js".
	Script string
	// Port is the port of the replica and all stand-ins, as browsers see it.
	Port string
	// Obsolete makes the stand-ins write, as old versions of the vendors'
	// programs did, the cookies that are declared but no longer written.
	Obsolete bool
}

// declaration is Samtykke's own page with the inventory, for those without script.
func (o Options) declaration() string {
	return strings.TrimSuffix(o.Script, ".js") + "/cookies"
}

// Replica is the municipality's web site and its third parties, told apart by
// the Host header. It keeps everything in memory and stores nothing.
type Replica struct {
	options  Options
	hosts    map[string]http.Handler
	requests *requestLog
}

// New prepares the replica. The templates are part of the program: one that
// does not parse is a fault of ours and stops at once.
func New(options Options) *Replica {
	replica := &Replica{options: options, requests: &requestLog{}}
	replica.hosts = standIns(options, replica.requests)
	replica.hosts[Municipality] = newMunicipality(options, replica.requests)
	return replica
}

// ServeHTTP answers for the host that the request names.
func (r *Replica) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Referrer-Policy", "strict-origin-when-cross-origin")
	host := hostname(request.Host)
	if handler, known := r.hosts[host]; known {
		handler.ServeHTTP(w, request)
		return
	}
	if host == "localhost" || net.ParseIP(host).IsLoopback() {
		http.Redirect(w, request, address(Municipality, r.options.Port)+"/", http.StatusFound)
		return
	}
	http.Error(w, "This replica answers for kommune.localhost and its stand-ins only.", http.StatusMisdirectedRequest)
}

func hostname(hostport string) string {
	if host, _, err := net.SplitHostPort(hostport); err == nil {
		hostport = host
	}
	return strings.ToLower(strings.Trim(hostport, "[]"))
}
