// Package server is what is spoken over HTTP: the public listener that
// visitors' browsers reach. It sets up Fiber, turns errors into answers in one
// place, and stops without dropping a request.
package server

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/banner"
	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/debug"
	"github.com/samtykke/samtykke/server/framing"
	"github.com/samtykke/samtykke/server/peer"
	"github.com/samtykke/samtykke/server/visitor"
)

const (
	// bodyLimit is far above a Decision on the largest inventory, and far below
	// what would hurt.
	bodyLimit = 8 << 10
	// headerLimit leaves room for the cookies that a site's own pages set;
	// browsers send them to a sub-domain too.
	headerLimit = 8 << 10
	// concurrency bounds the connections that are served at once. It is above
	// the decision queue, whose refusal carries a time to come back.
	concurrency = 4096
	// stopWithin is how long running requests get when the server stops.
	stopWithin = 10 * time.Second
)

// Options are what a Server is made of.
type Options struct {
	Config  *config.Config
	Store   consent.Store
	Bundler *banner.Bundler
	// Witness cosigns the checkpoints of other ledgers; nil for none.
	Witness consent.Witness
	Clock   func() time.Time
	Log     *slog.Logger
	// Readings are shown among the metrics. They may say nothing of a visitor.
	Readings []debug.Reading
}

// Server is the public listener. It does not close the store.
type Server struct {
	app     *fiber.App
	visitor *visitor.Visitor
	store   consent.Store
	metrics *debug.Metrics
	log     *slog.Logger
	clock   func() time.Time
	proxied bool // every connection comes from a proxy
	mu      sync.Mutex
	public  net.Listener // what is being served
	stopped bool
}

// New makes a Server. It fails when the settings cannot be served.
func New(opts Options) (*Server, error) {
	s := &Server{store: opts.Store, metrics: debug.NewMetrics(), log: opts.Log, clock: opts.Clock}
	s.metrics.Watch(opts.Readings)
	s.proxied = len(opts.Config.Public.TrustedProxies) > 0
	handlers, err := visitor.New(visitor.Options{
		Store:       opts.Store,
		Bundler:     opts.Bundler,
		Witness:     opts.Witness,
		Clock:       opts.Clock,
		Meter:       s.metrics,
		Base:        opts.Config.Public.URL.String(),
		Proxies:     opts.Config.Public.TrustedProxies,
		ProxyHeader: opts.Config.Public.ProxyHeader,
		PerMinute:   opts.Config.Limits.DecisionsPerMinute,
		PerDay:      opts.Config.Limits.SitePerDay,
		Entries:     opts.Config.Cache.Entries,
	})
	if err != nil {
		return nil, err
	}
	s.visitor = handlers
	s.app = fiber.New(s.settings())
	s.app.Use(s.observe)
	handlers.Routes(s.app)
	listens := s.app.Server()
	listens.Handler = framing.Guard(s.knownMethods(listens.Handler))
	return s, nil
}

// settings are Fiber's. Its defaults reuse the memory of strings after the
// handler returns, match paths loosely and wait for slow senders without end.
func (s *Server) settings() fiber.Config {
	return fiber.Config{
		Immutable:                    true,
		StrictRouting:                true,
		CaseSensitive:                true,
		BodyLimit:                    bodyLimit,
		ReadBufferSize:               headerLimit,
		ReadTimeout:                  5 * time.Second,
		WriteTimeout:                 10 * time.Second,
		IdleTimeout:                  30 * time.Second,
		Concurrency:                  concurrency,
		DisablePreParseMultipartForm: true,
		// Nobody is trusted here: Fiber believes the first X-Forwarded-For that
		// comes along. Package visitor reads the header itself, and only for limits.
		EnableTrustedProxyCheck: true,
		DisableStartupMessage:   true,
		ErrorHandler:            s.answerError,
	}
}

// connectionsPerNetwork is how many connections one network may hold: far above what
// the browsers behind one address open, and far below concurrency.
const connectionsPerNetwork = 256

// Serve answers requests on the listener until Shutdown, or not at all when that
// came first. It closes the listener, and returns nil after a Shutdown.
func (s *Server) Serve(public net.Listener) error {
	if !s.begin(public) {
		return public.Close()
	}
	if !s.proxied {
		public = peer.Uncrowded(public, connectionsPerNetwork)
	}
	return s.app.Listener(answering{public})
}

// begin remembers the listener. It is false after a Shutdown.
func (s *Server) begin(public net.Listener) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.public = public
	return !s.stopped
}

// Shutdown stops listening and waits until running requests are answered, at
// most ten seconds or until ctx ends. Close the store afterwards.
func (s *Server) Shutdown(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, stopWithin)
	defer cancel()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stopped = true
	err := s.app.ShutdownWithContext(ctx)
	if s.public != nil {
		_ = s.public.Close() // fasthttp forgets what it has not begun to serve
	}
	return err
}

// WriteTallies writes what was counted of visitors' ways. Last is for when nothing
// is answered any more: it writes all.
func (s *Server) WriteTallies(ctx context.Context, last bool) error {
	return s.visitor.WriteTallies(ctx, last)
}

// Debug gives the handler of the debug listener: metrics, health and profiles.
// Whoever serves it keeps it on loopback.
func (s *Server) Debug() http.Handler {
	return debug.Handler(s.store, s.metrics)
}
