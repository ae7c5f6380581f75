package notify_test

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/notify"
	"github.com/samtykke/samtykke/server/notify/mailtest"
)

// minutes is a clock that goes on while somebody is slow.
type minutes struct{ passed atomic.Int64 }

func (m *minutes) now() time.Time { return noon.Add(time.Duration(m.passed.Load()) * time.Minute) }

// slowly is a listener that takes a minute for each connection, and says nothing at all
// when it is deaf.
type slowly struct {
	net.Listener

	clock *minutes
	deaf  bool
	came  atomic.Int64
}

func (s *slowly) Accept() (net.Conn, error) {
	conn, err := s.Listener.Accept()
	if err != nil {
		return nil, err
	}
	s.came.Add(1)
	s.clock.passed.Add(1)
	if s.deaf {
		_ = conn.Close() // as the sender does in the end
	}
	return conn, nil
}

// webhook is a receiver that keeps when what came was signed, and by how much it is too old.
func webhook(t *testing.T, clock *minutes, takes int64) (settings config.Webhook, ages func() []int) {
	t.Helper()
	var all []int
	receiver := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		at, err := strconv.ParseInt(r.Header.Get(notify.TimeHeader), 10, 64)
		if err != nil {
			t.Error(err)
		}
		all = append(all, int(clock.now().Sub(time.Unix(at, 0)).Minutes()))
		clock.passed.Add(takes)
	}))
	t.Cleanup(receiver.Close)
	return config.Webhook{URL: receiver.URL, Key: config.NewSecret(key)}, func() []int { return all }
}

func six() (all []string) {
	for n := range 6 {
		all = append(all, fmt.Sprintf("p%d@host.example", n))
	}
	return all
}

// theirs has an organisation and the holders of two accounts told by mail, too.
func (i *installation) theirs(t *testing.T) {
	t.Helper()
	must(t, i.SetRecipients(t.Context(), &consent.Recipients{Organisation: "kommunen", Language: consent.English, Addresses: []string{"a@kommunen.example"}}))
	for _, name := range []string{"kari", "ola"} {
		id, err := i.AddAccount(t.Context(), &consent.Account{Email: name + "@kommunen.example", Language: consent.English, Created: noon})
		must(t, err)
		must(t, i.RecordAct(t.Context(), consent.Act{Time: noon, Account: id, Action: "password.choose"}))
	}
}

// deafMail is a mail server that takes connections and says nothing.
func deafMail(t *testing.T, clock *minutes) *slowly {
	t.Helper()
	mail := &slowly{Listener: listen(t, "127.0.0.1:0"), clock: clock, deaf: true}
	go func() {
		for {
			if _, err := mail.Accept(); err != nil {
				return
			}
		}
	}()
	t.Cleanup(func() { _ = mail.Close() })
	return mail
}

// A mail server that takes connections and says nothing holds the webhook up not at all, and
// is asked once in each round, for whoever has letters.
func TestSilentMailHoldsNothingUp(t *testing.T) {
	clock := &minutes{}
	mail := deafMail(t, clock)
	settings := toMail(mail.Addr().String(), six()...)
	var ages func() []int
	settings.Webhook, ages = webhook(t, clock, 0)
	i := install(t, settings, nil)
	i.options.Clock = clock.now
	i.broken(t, "skogen", "Forest")
	i.theirs(t)
	w := notify.New(i.options)
	for round := range int64(8) {
		before := clock.passed.Load()
		w.Step(t.Context())
		if asked := clock.passed.Load() - before; asked != 1 {
			t.Errorf("round %d: the mail server was asked %d times", round, asked)
		}
		if got := ages(); len(got) != 1 || got[0] != 0 {
			t.Fatalf("round %d: the webhook was told what is %v minutes old", round, got)
		}
	}
}

// A mail server that takes its time gets everything, once, in more rounds than one. The
// holders of accounts do not wait for all others, nor the webhook for anybody.
func TestSlowMailIsNotWaitedFor(t *testing.T) {
	clock := &minutes{}
	m := mailtest.New(t)
	m.Serve(t, &slowly{Listener: listen(t, "127.0.0.1:0"), clock: clock}, true)
	settings := toMail(m.Address, six()...)
	var ages func() []int
	settings.Webhook, ages = webhook(t, clock, 0)
	i := install(t, settings, m.Roots)
	i.options.Clock = clock.now
	i.broken(t, "skogen", "Forest")
	i.theirs(t)
	w := notify.New(i.options)
	got := map[string]int{}
	for round := range 8 {
		before := clock.passed.Load()
		w.Step(t.Context())
		if took := clock.passed.Load() - before; took > 2 {
			t.Errorf("round %d took %d minutes", round, took)
		}
		for to, letters := range inboxes(t, m) {
			got[to] += len(letters)
		}
		if round == 0 && (len(got) != 2 || got["kari@kommunen.example"] != 1) || round == 1 && got["ola@kommunen.example"] != 1 {
			t.Errorf("round %d told %v", round, got)
		}
	}
	if len(got) != 9 || len(ages()) != 1 || ages()[0] != 0 {
		t.Errorf("told %v, and the webhook at %v; %s", got, ages(), i.said)
	}
	for to, n := range got {
		if n != 1 {
			t.Errorf("%s got %d letters", to, n)
		}
	}
}

// What goes out after something slow is signed with the time at which it goes out, and a
// slow webhook takes no time from mail.
func TestEachMessageHasItsOwnTime(t *testing.T) {
	clock := &minutes{}
	m := mailtest.New(t)
	m.Serve(t, listen(t, "127.0.0.1:0"), true)
	settings := toMail(m.Address, "dpo@host.example", "it@host.example")
	var ages func() []int
	settings.Webhook, ages = webhook(t, clock, 6)
	i := install(t, settings, m.Roots)
	i.options.Clock = clock.now
	i.broken(t, "skogen", "Forest")
	must(t, i.RecordAct(t.Context(), consent.Act{Time: noon, Account: 1, Organisation: "kommunen", Action: "log.exported", Object: "form=csv decisions=3"}))
	notify.New(i.options).Step(t.Context())
	if got := ages(); len(got) != 2 || got[0] != 0 || got[1] != 0 {
		t.Errorf("the messages are %v minutes old; %s", got, i.said)
	}
	if got := m.Got(); len(got) != 4 {
		t.Errorf("%d letters came: %+v", len(got), got)
	}
}

// What fails slowly is left alone from when it has failed.
func TestBackOffCountsFromTheFailure(t *testing.T) {
	clock := &minutes{}
	mail := deafMail(t, clock)
	i := install(t, toMail(mail.Addr().String(), "dpo@host.example"), nil)
	i.options.Clock = clock.now
	i.broken(t, "skogen", "Forest")
	w := notify.New(i.options)
	var left []int64 // for how many minutes
	for failed := clock.passed.Load(); len(left) < 5; {
		began, tries := clock.passed.Load(), mail.came.Load()
		w.Step(t.Context())
		if mail.came.Load() == tries {
			clock.passed.Add(1)
			continue
		}
		left, failed = append(left, began-failed), clock.passed.Load()
	}
	if fmt.Sprint(left) != "[0 1 2 4 8]" {
		t.Errorf("it was left alone for %v minutes", left)
	}
}
