package notify_test

import (
	"bytes"
	"crypto/x509"
	"log/slog"
	"net"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/auditing"
	"github.com/samtykke/samtykke/server/notify"
	"github.com/samtykke/samtykke/storage/sqlite"
	"github.com/samtykke/samtykke/storage/sqlite/sqlitetest"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// Noon is a Wednesday: no report is due.
var noon = time.Date(2026, time.March, 4, 11, 0, 0, 0, time.UTC)

func listen(t *testing.T, address string) net.Listener {
	t.Helper()
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	return listener
}

// installation is a store with what watches it.
type installation struct {
	*sqlite.Store

	path    string
	now     time.Time
	said    *bytes.Buffer
	audits  *auditing.Audits
	options notify.Options
}

func open(t *testing.T, path string) *sqlite.Store {
	t.Helper()
	store, err := sqlite.Open(t.Context(), sqlite.Options{Path: path, Exclusive: true})
	if err != nil {
		t.Fatal(err)
	}
	return store
}

func install(t *testing.T, settings config.Notify, roots *x509.CertPool) *installation {
	t.Helper()
	path := filepath.Join(t.TempDir(), "samtykke.db")
	sqlitetest.Begin(t, path)
	i := &installation{Store: open(t, path), path: path, now: noon, said: new(bytes.Buffer)}
	t.Cleanup(func() { _ = i.Close() })
	if settings.Language == "" {
		settings.Language = "en"
	}
	i.options = notify.Options{
		Settings: settings, Memory: path + ".notified", Clock: func() time.Time { return i.now },
		Log: slog.New(slog.NewTextHandler(i.said, nil)), Roots: roots, Admin: "https://admin.example",
	}
	i.restart()
	return i
}

// restart has what is stored now watched by a server that begins.
func (i *installation) restart() {
	i.audited(i.Store)
	i.options.Store = i.Store
}

// audited has a store audited by a server that begins.
func (i *installation) audited(store auditing.Store) {
	i.audits = auditing.New(store, i.options.Clock, i.options.Log)
	i.audits.Remember(i.path + ".audited")
	i.options.Audits = i.audits
}

// broken gives a site a gap of yesterday.
func (i *installation) broken(t *testing.T, site consent.SiteKey, name string) {
	t.Helper()
	draft := storagetest.Draft(site)
	draft.Site.Name = consent.Text{consent.Bokmaal: "Prøvekommunen", consent.English: name}
	must(t, i.SaveDraft(t.Context(), draft, i.now))
	must(t, i.AddTallies(t.Context(), []consent.Tally{{Site: site, Day: consent.MidnightOf(i.now).AddDate(0, 0, -1), Shown: 400, Decided: 300, Acknowledged: 300}}))
}

// steps lets time pass, minute by minute.
func (i *installation) steps(t *testing.T, w *notify.Watcher, minutes int) {
	t.Helper()
	for range minutes {
		w.Step(t.Context())
		i.audits.Step(t.Context())
		i.now = i.now.Add(time.Minute)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func toMail(server string, to ...string) config.Notify {
	return config.Notify{Language: "en", To: to, Mail: config.Mail{
		Server: server, From: "samtykke@kommunen.example", TLS: config.MailStartTLS, User: "samtykke", Password: config.NewSecret("correct horse"),
	}}
}

var key = strings.Repeat("k", 32)
