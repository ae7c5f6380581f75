// Package debug is the listener for those who run the server: metrics, health
// and profiles. It speaks net/http on loopback, apart from the public listener,
// and asks for no password.
package debug

import (
	"context"
	"net"
	"net/http"
	"net/http/pprof"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/samtykke/samtykke/server/peer"
)

// readyWithin is how long the store may take to say that it is ready.
const readyWithin = 2 * time.Second

// Readier says whether a Decision could be taken now.
type Readier interface {
	Ready(ctx context.Context) error
}

// Handler answers /healthz (the process lives), /readyz (the store can take a
// Decision; 503 when not), /metrics (Prometheus) and /debug/pprof/.
func Handler(store Readier, metrics *Metrics) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusOK, "ok\n")
	})
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), readyWithin)
		defer cancel()
		if err := store.Ready(ctx); err != nil {
			answer(w, http.StatusServiceUnavailable, "not ready: "+err.Error()+"\n")
			return
		}
		answer(w, http.StatusOK, "ready\n")
	})
	mux.Handle("GET /metrics", promhttp.HandlerFor(metrics.registry, promhttp.HandlerOpts{}))
	mux.HandleFunc("GET /debug/pprof/", pprof.Index)
	mux.HandleFunc("GET /debug/pprof/cmdline", pprof.Cmdline)
	mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("GET /debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
	return onlyHere(mux)
}

// onlyHere answers who names this machine, where the listener is on loopback: a browser
// on it may hold a page whose name was made to lead here, and nobody asks for a password.
func onlyHere(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !peer.OnThisMachine(r.Host) && !listensOutside(r.Context()) {
			answer(w, http.StatusMisdirectedRequest, "Ask for localhost or 127.0.0.1: this listener answers under no other name.\n")
			return
		}
		next.ServeHTTP(w, r)
	})
}

// listensOutside says whether a connection came to another address than loopback, which
// somebody has chosen.
func listensOutside(ctx context.Context) bool {
	local, ok := ctx.Value(http.LocalAddrContextKey).(*net.TCPAddr)
	return ok && !local.IP.IsLoopback()
}

func answer(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(text)) // the caller is gone when this fails
}
