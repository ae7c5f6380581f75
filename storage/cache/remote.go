package cache

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"strings"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"
	"github.com/sony/gobreaker/v2"
)

const (
	// budget is what one call to Redis may take, dialling included.
	budget = 25 * time.Millisecond
	// lifetime is how long a value stays in Redis, give or take a tenth, so
	// that not all go at once.
	lifetime = 24 * time.Hour
	// waiting is how many values may wait to be written. Further ones are
	// dropped: the next reader offers them again.
	waiting = 64
	// tolerated is how many failures within a second are borne before Redis is
	// left alone.
	tolerated = 5
	// shortest and longest are how long Redis is left alone after it failed.
	shortest, longest = time.Second, 30 * time.Second
)

// remote is the Redis behind the memory. None of its methods gives an error:
// what cannot be had is a miss, what cannot be written is dropped.
type remote struct {
	client  *redis.Client
	breaker *gobreaker.CircuitBreaker[string]
	secret  []byte
	prefix  string
	clock   func() time.Time
	log     *slog.Logger
	counts  *Counters

	mu     sync.Mutex
	failed int       // times in a row that the breaker opened
	until  time.Time // Redis is not asked before

	writes  chan write
	stopped chan struct{}
	closing sync.RWMutex // guards closed, and sends against closing writes
	closed  bool
}

// write is a value on its way to Redis.
type write struct {
	key    string
	encode func() ([]byte, error)
}

func newRemote(options Options, counts *Counters) (*remote, error) {
	settings, err := redis.ParseURL(options.URL)
	if err != nil {
		return nil, errors.New("cache.redis.url cannot be read: write it as redis://user:password@host:6379/0, or rediss:// for TLS") // the cause would show the password
	}
	redis.SetLogger(silence{})
	tighten(settings)
	r := &remote{
		client: redis.NewClient(settings), secret: []byte(options.Key), prefix: options.Prefix + ":" + schema + ":",
		clock: options.Clock, log: options.Log, counts: counts,
		writes: make(chan write, waiting), stopped: make(chan struct{}),
	}
	r.breaker = gobreaker.NewCircuitBreaker[string](gobreaker.Settings{
		Name: "redis", MaxRequests: 1, Interval: time.Second, Timeout: shortest,
		ReadyToTrip:   func(counts gobreaker.Counts) bool { return counts.TotalFailures >= tolerated },
		OnStateChange: r.changed,
		IsSuccessful:  healthy,
	})
	go r.writeBehind()
	return r, nil
}

// tighten replaces settings with which a stopped Redis holds a request for ten
// seconds by such with which it holds one for 25 milliseconds.
func tighten(settings *redis.Options) {
	settings.DialTimeout = 50 * time.Millisecond
	settings.ReadTimeout = 20 * time.Millisecond
	settings.WriteTimeout = 20 * time.Millisecond
	settings.PoolTimeout = 20 * time.Millisecond
	settings.ContextTimeoutEnabled = true
	settings.MaxRetries = -1
	settings.DialerRetries = 1
	settings.DisableIdentity = true
	settings.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
	settings.Protocol = 2
	settings.PoolSize = 16
	settings.MaxConcurrentDials = 4
}

// silence is go-redis's logger: its lines name addresses and go to standard
// error. What matters is counted and logged here.
type silence struct{}

func (silence) Printf(context.Context, string, ...any) {}

// healthy says whether Redis did its work, whatever it said.
func healthy(err error) bool {
	var reply redis.Error
	if err == nil || errors.Is(err, redis.Nil) {
		return true
	}
	return errors.As(err, &reply) && (strings.HasPrefix(reply.Error(), "OOM") || strings.HasPrefix(reply.Error(), "WRONGTYPE"))
}

// get gives the payload under a key, if Redis has it and it is ours.
func (r *remote) get(ctx context.Context, name string) ([]byte, bool) {
	key := r.prefix + name
	value, err := r.call(ctx, func(ctx context.Context) (string, error) { return r.client.Get(ctx, key).Result() })
	if errors.Is(err, redis.Nil) {
		r.counts.RemoteMisses.Add(1)
	}
	if err != nil {
		return nil, false
	}
	payload, err := open(r.secret, key, []byte(value))
	if err != nil {
		r.counts.Rejected.Add(1)
		return nil, false
	}
	return payload, true
}

// put has a value written later.
func (r *remote) put(name string, encode func() ([]byte, error)) {
	r.closing.RLock()
	defer r.closing.RUnlock()
	if r.closed {
		return
	}
	select {
	case r.writes <- write{r.prefix + name, encode}:
	default:
		r.counts.Dropped.Add(1)
	}
}

// writeBehind writes what was put, one after the other.
func (r *remote) writeBehind() {
	defer close(r.stopped)
	for w := range r.writes {
		payload, err := w.encode()
		if err != nil {
			r.counts.Dropped.Add(1)
			continue
		}
		value := seal(r.secret, w.key, payload, r.clock())
		if len(value) > maxValue {
			r.counts.Dropped.Add(1)
			continue
		}
		_, err = r.call(context.Background(), func(ctx context.Context) (string, error) {
			return r.client.Set(ctx, w.key, value, jitter(lifetime)).Result()
		})
		if err == nil {
			r.counts.Written.Add(1)
		}
	}
}

// jitter gives a duration within a tenth of d.
func jitter(d time.Duration) time.Duration {
	return d - d/10 + rand.N(d/5) //nolint:gosec // spreads load, hides nothing
}

// call asks Redis unless it has failed lately. It counts what goes wrong.
func (r *remote) call(ctx context.Context, question func(context.Context) (string, error)) (string, error) {
	if !r.allowed() {
		r.counts.Skipped.Add(1)
		return "", gobreaker.ErrOpenState
	}
	ctx, cancel := context.WithTimeout(ctx, budget)
	defer cancel()
	answer, err := r.breaker.Execute(func() (string, error) { return question(ctx) })
	switch {
	case err == nil, errors.Is(err, redis.Nil):
	case errors.Is(err, gobreaker.ErrOpenState), errors.Is(err, gobreaker.ErrTooManyRequests):
		r.counts.Skipped.Add(1)
	default:
		r.counts.RemoteErrors.Add(1)
	}
	return answer, err
}

// alone says that Redis failed and has not answered since.
func (r *remote) alone() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.failed > 0
}

func (r *remote) allowed() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return !r.clock().Before(r.until)
}

// changed hears from the breaker. Each time in a row that Redis fails it is
// left alone for twice as long.
func (r *remote) changed(_ string, _, to gobreaker.State) {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch to {
	case gobreaker.StateOpen:
		alone := min(shortest<<min(r.failed, 5), longest)
		r.failed++
		r.until = r.clock().Add(jitter(alone))
		r.log.Warn("redis does not answer and is left alone; everything works without it", "for", alone)
	case gobreaker.StateClosed:
		r.failed = 0
		r.log.Info("redis answers again")
	case gobreaker.StateHalfOpen:
	}
}

// close writes what waits and closes the connections.
func (r *remote) close() error {
	r.closing.Lock()
	r.closed = true
	close(r.writes)
	r.closing.Unlock()
	<-r.stopped
	if err := r.client.Close(); err != nil {
		return fmt.Errorf("close redis: %w", err)
	}
	return nil
}
