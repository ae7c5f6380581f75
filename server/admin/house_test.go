package admin_test

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/samtykke/samtykke/banner"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/admin"
	"github.com/samtykke/samtykke/server/auditing"
	"github.com/samtykke/samtykke/server/control"
	"github.com/samtykke/samtykke/server/control/controltest"
	"github.com/samtykke/samtykke/server/provider"
	"github.com/samtykke/samtykke/storage/ledger"
	"github.com/samtykke/samtykke/storage/sqlite"
	"github.com/samtykke/samtykke/storage/sqlite/sqlitetest"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// house is an administration on a store of its own, with two organisations: Skogen
// has the published site skogen, Havet the published site havet.
type house struct {
	t      *testing.T
	store  consent.Store
	admin  *admin.Admin
	url    string
	folder string
	audits *auditing.Audits // nobody runs them, unless a test does
	said   said             // the log of the server

	mu   sync.Mutex
	now  time.Time
	acts []consent.Act // of those who looked
	// What is wrong with the log, and with each proof, in tests about that.
	faults   []consent.LedgerFault
	broken   []consent.TrailAudit
	warned   consent.LedgerAudit // what each audit warns of, beside what it finds
	unread   error               // that audits end with
	disproof error
	unlooked error                        // nobody can write down who looks
	looking  func()                       // is told when somebody has looked
	drafts   int                          // how often a draft was read
	reading  func(consent.SiteKey)        // is told of each that is to be read, and may wait
	paging   func(consent.LogQuery) error // is told of each page of a log that is to be read, and may wait or fail
	changing func()                       // is told before a way into an account, or a role, is stored
	letting  func()                       // is told once that a request is let in
	entering func()                       // is told before somebody is let in whose proof was checked
	listed   func()                       // is told once that invitations were listed
	found    func()                       // is told when an account was looked up by its address
	failing  func(keep func())            // keeps that a login has failed
	unstored error                        // why no login can be kept
	breaks   error                        // what a request of a data subject cannot be entered for
	// published are the notices that were made.
	published []consent.NoticeNumber

	anywhere bool     // no address of the administration is set
	proxies  []string // that are trusted

	outside *admin.Outside // the provider at which people log in
	zone    *controltest.Zone

	nextDecision int // number of the next decision that answers makes
}

// looked keeps who looked for what.
func (h *house) looked(_ context.Context, act consent.Act) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.acts = append(h.acts, act)
	if h.looking != nil {
		h.looking()
	}
	return h.unlooked
}

// pictured keeps which notices were made.
func (h *house) pictured(_ consent.SiteKey, number consent.NoticeNumber) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.published = append(h.published, number)
}

// audited is a store whose log may have faults.
type audited struct {
	consent.Store
	h *house
}

func (a audited) Audit(ctx context.Context, site consent.SiteKey, report func(done, total int64), kept ...[]byte) (*consent.LedgerAudit, error) {
	found, err := a.Store.Audit(ctx, site, report, kept...)
	a.h.mu.Lock()
	defer a.h.mu.Unlock()
	if err == nil {
		found.Faults, found.Trees = append(found.Faults, a.h.faults...), append(found.Trees, a.h.warned.Trees...)
		found.Breaks, found.Unsigning = append(found.Breaks, a.h.warned.Breaks...), append(found.Unsigning, a.h.warned.Unsigning...)
	}
	return found, cmp.Or(err, a.h.unread)
}

func (a audited) AuditTrails(ctx context.Context, organisation consent.OrganisationID) ([]consent.TrailAudit, error) {
	found, err := a.Store.AuditTrails(ctx, organisation)
	a.h.mu.Lock()
	defer a.h.mu.Unlock()
	return append(found, a.h.broken...), err
}

// counting is a store that counts how often a draft is read.
type counting struct {
	consent.Store
	h *house
}

func (c counting) Invitations(ctx context.Context, of consent.OrganisationID, now time.Time) ([]consent.Invitation, error) {
	all, err := c.Store.Invitations(ctx, of, now)
	c.h.mu.Lock()
	tell := c.h.listed
	c.h.listed = nil
	c.h.mu.Unlock()
	if tell != nil {
		tell()
	}
	return all, err
}

func (c counting) Draft(ctx context.Context, site consent.SiteKey) (*consent.Draft, error) {
	draft, _, err := c.DraftAt(ctx, site)
	return draft, err
}

func (c counting) DraftAt(ctx context.Context, site consent.SiteKey) (*consent.Draft, consent.DraftRevision, error) {
	c.h.mu.Lock()
	c.h.drafts++
	reading := c.h.reading
	c.h.mu.Unlock()
	if reading != nil {
		reading(site)
	}
	return c.Store.DraftAt(ctx, site)
}

func (c counting) Read(ctx context.Context, query consent.LogQuery) ([]consent.Entry, error) {
	c.h.mu.Lock()
	paging := c.h.paging
	c.h.mu.Unlock()
	if paging != nil {
		if err := paging(query); err != nil {
			return nil, err
		}
	}
	return c.Store.Read(ctx, query)
}

func (c counting) AddRequest(ctx context.Context, request *consent.Request) error {
	if err := c.Store.AddRequest(ctx, request); err != nil {
		return err
	}
	return c.h.breaks // nobody knows that it was entered
}

// changes tells once that something is to be stored.
func (c counting) changes() { c.h.once(&c.h.changing) }

// once tells what waits for something, and forgets it.
func (h *house) once(hook *func()) {
	h.mu.Lock()
	told := *hook
	*hook = nil
	h.mu.Unlock()
	if told != nil {
		told()
	}
}

func (c counting) SetPassword(ctx context.Context, account consent.AccountID, password string, except consent.LoginID) error {
	c.changes()
	return c.Store.SetPassword(ctx, account, password, except)
}

func (c counting) SetIdentity(ctx context.Context, identity *consent.Identity) error {
	c.changes()
	return c.Store.SetIdentity(ctx, identity)
}

func (c counting) TakeInvitation(ctx context.Context, id consent.InvitationID, account *consent.Account, now time.Time) (consent.AccountID, error) {
	c.changes()
	return c.Store.TakeInvitation(ctx, id, account, now)
}

func (c counting) AddOrganisation(ctx context.Context, organisation consent.NewOrganisation, now time.Time) error {
	c.changes()
	return c.Store.AddOrganisation(ctx, organisation, now)
}

func (c counting) RenewLogin(ctx context.Context, id, next consent.LoginID) error {
	c.changes()
	return c.Store.RenewLogin(ctx, id, next)
}

func (c counting) AddLogin(ctx context.Context, login *consent.Login) error {
	c.h.once(&c.h.entering)
	if c.h.unstored != nil {
		return c.h.unstored
	}
	return c.Store.AddLogin(ctx, login)
}

func (c counting) AccountOf(ctx context.Context, email string) (*consent.Account, error) {
	account, err := c.Store.AccountOf(ctx, email)
	c.h.mu.Lock()
	found := c.h.found
	c.h.mu.Unlock()
	if found != nil {
		found()
	}
	return account, err
}

func (c counting) LoginFailed(ctx context.Context, account consent.AccountID, retry, forgotten time.Time) (err error) {
	c.h.mu.Lock()
	failing := c.h.failing
	c.h.mu.Unlock()
	if failing == nil {
		return c.Store.LoginFailed(ctx, account, retry, forgotten)
	}
	failing(func() { err = c.Store.LoginFailed(ctx, account, retry, forgotten) })
	return err
}

// draftsRead gives how often a draft was read since it was asked last.
func (h *house) draftsRead() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	read := h.drafts
	h.drafts = 0
	return read
}

// audit has the log of a site audited.
func (h *house) audit(t *testing.T, site consent.SiteKey) {
	t.Helper()
	h.audits.Audit(t.Context(), site)
}

// prove proves a receipt, unless nothing is to be proven.
func (h *house) prove(receipt []byte, keys string) (*consent.Proven, error) {
	said, err := ledger.Prove(receipt, keys)
	h.mu.Lock()
	defer h.mu.Unlock()
	return said, errors.Join(err, h.disproof)
}

// said is a log that tests read.
type said struct {
	mu   sync.Mutex
	text strings.Builder
}

func (s *said) Write(line []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(line)
}

func (s *said) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// The organisations.
const (
	skogen = consent.OrganisationID("skogen")
	havet  = consent.OrganisationID("havet")
)

func open(t *testing.T) *house {
	t.Helper()
	return openAt(t, nowhere, skogen, havet)
}

// openEmpty has no organisation.
func openEmpty(t *testing.T) *house {
	t.Helper()
	return openAt(t, nowhere)
}

// nowhere is a provider that does not answer.
func nowhere(h *house) *admin.Outside {
	return &admin.Outside{Name: "Entra", Provider: provider.New(provider.Options{
		Issuer: "http://localhost:1", ClientID: "samtykke", ClientSecret: providerSecret, Return: h.url + "/login/return", Clock: h.clock, Log: h.log(),
	})}
}

// log is that of the server.
func (h *house) log() *slog.Logger {
	return slog.New(slog.NewTextHandler(io.MultiWriter(h.t.Output(), &h.said), &slog.HandlerOptions{Level: slog.LevelWarn}))
}

func openAt(t *testing.T, outside func(*house) *admin.Outside, organisations ...consent.OrganisationID) *house {
	t.Helper()
	h := new(house)
	h.opens(t, outside, organisations...)
	return h
}

func (h *house) opens(t *testing.T, outside func(*house) *admin.Outside, organisations ...consent.OrganisationID) {
	t.Helper()
	h.t, h.folder, h.now, h.nextDecision = t, t.TempDir(), storagetest.Morning, 10_000
	path := filepath.Join(h.folder, "samtykke.db")
	sqlitetest.Begin(t, path)
	store, err := sqlite.Open(t.Context(), sqlite.Options{Path: path, Exclusive: true})
	must(t, err)
	t.Cleanup(func() { _ = store.Close() })
	h.store = store
	for _, id := range organisations {
		draft := storagetest.Draft(consent.SiteKey(id))
		draft.Organisation.ID, draft.Organisation.Name = id, strings.ToUpper(string(id[:1]))+string(id[1:])+" kommune"
		draft.Site.Name = consent.Text{consent.Bokmaal: draft.Organisation.Name, consent.English: "The municipality of " + string(id)}
		storagetest.PublishDraft(t.Context(), t, store, draft)
	}
	h.start(outside, 7)
}

// start serves the administration with a key, at an address of its own.
func (h *house) start(outside func(*house) *admin.Outside, key byte) {
	h.t.Helper()
	h.serve("0", outside, key)
}

// restart ends the server, and starts another at the same address and with the same key.
func (h *house) restart() {
	h.t.Helper()
	client.CloseIdleConnections()
	must(h.t, h.admin.Shutdown(h.t.Context()))
	_, port, err := net.SplitHostPort(strings.TrimPrefix(h.url, "http://"))
	must(h.t, err)
	h.serve(port, func(*house) *admin.Outside { return h.outside }, 7)
}

func (h *house) serve(port string, outside func(*house) *admin.Outside, key byte) {
	t, store := h.t, h.store
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:"+port)
	must(t, err)
	_, port, err = net.SplitHostPort(listener.Addr().String())
	must(t, err)
	h.url = "http://localhost:" + port
	h.audits = auditing.New(audited{store, h}, h.clock, slog.New(slog.DiscardHandler))
	h.outside = outside(h)
	h.zone = controltest.Serve(t)
	h.admin, err = admin.New(admin.Options{
		Store: counting{store, h}, Bundler: banner.New(store, consent.Shipped(), h.clock), Said: consent.Shipped(), Clock: h.clock,
		URL: h.named(), Address: h.url, Proxies: h.proxies, ProxyHeader: "X-Forwarded-For", Public: "https://samtykke.example", Key: bytes.Repeat([]byte{key}, 32),
		Log: h.log(), Outside: h.outside, Control: &control.Checker{Resolver: h.zone.Resolver(), Reachable: netip.Addr.IsLoopback, Port: anyPort},
		Audits: h.audits, Prove: h.prove, Pack: h.pack, Looked: h.looked,
		Published: h.pictured,
		Try: func(_ context.Context, addresses []string, _ consent.Language) []error {
			return make([]error, len(addresses))
		},
	})
	must(t, err)
	ended := make(chan error, 1)
	pages := h.admin
	go func() { ended <- pages.Serve(listener) }()
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(t.Context()), 10*time.Second)
		defer cancel()
		client.CloseIdleConnections() // one that was opened and not used would be waited for
		if err := pages.Shutdown(ctx); err != nil {
			t.Error(err)
		}
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

// named gives the address that is set, where one is.
func (h *house) named() string {
	if h.anywhere {
		return ""
	}
	return h.url
}

func anyPort(uint16) bool { return true }

// clock tells the time of the house, which stands still until wait.
func (h *house) clock() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

// wait lets time pass.
func (h *house) wait(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = h.now.Add(d)
}

// person is somebody at a browser of their own.
type person struct {
	*house
	id     consent.AccountID
	email  string
	cookie string // "" before login
	from   string // the network address, "" for the usual one
	half   string // between the password and the second factor
	trip   string // while they are at the provider
	last   string // whose the browser was last
	device string // by which the browser is known
}

// stranger has no account.
func (h *house) stranger() *person { return &person{house: h} }

// member is logged in with a role in each of the organisations; "operator" among
// them makes an operator.
func (h *house) member(email string, role consent.AccountRole, in ...consent.OrganisationID) *person {
	h.t.Helper()
	account := &consent.Account{Email: email, Name: "Kari Nordmann", Language: consent.Bokmaal, Created: h.clock(), Password: ""}
	for _, id := range in {
		account.Memberships = append(account.Memberships, consent.Membership{Organisation: id, Role: role})
	}
	id, err := h.store.AddAccount(h.t.Context(), account)
	must(h.t, err)
	return h.loggedIn(id, email)
}

// operator runs the installation, and is a member of nothing.
func (h *house) operator(email string) *person {
	h.t.Helper()
	id, err := h.store.AddAccount(h.t.Context(), &consent.Account{Email: email, Name: "Ola", Language: consent.English, Operator: true, Created: h.clock()})
	must(h.t, err)
	return h.loggedIn(id, email)
}

// loggedIn spares a test the password.
func (h *house) loggedIn(id consent.AccountID, email string) *person {
	h.t.Helper()
	token := "token of " + email
	now := h.clock()
	must(h.t, h.store.AddLogin(h.t.Context(), &consent.Login{
		ID: consent.LoginID(consent.HashOf([]byte(url.QueryEscape(token)))), Account: id, Created: now, Seen: now, Confirmed: now,
	}))
	return &person{house: h, id: id, email: email, cookie: url.QueryEscape(token)}
}

// cookieName is the login's, and halfName that of half a login.
const (
	cookieName = "__Host-samtykke-admin"
	halfName   = "__Host-samtykke-half"
	tripName   = "__Host-samtykke-provider"
	lastName   = "__Host-samtykke-last"
	deviceName = "__Host-samtykke-device"
)

// answer is what a browser gets.
type answer struct {
	status int
	header http.Header
	body   string
}

// client follows nothing, so that tests see each step.
var client = &http.Client{Timeout: time.Minute, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

// clientFrom is a browser on another machine of this one's own network, 127.0.0.0/8.
func clientFrom(address string) *http.Client {
	if address == "" {
		return client
	}
	dialer := &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(address)}}
	other := *client
	other.Transport = &http.Transport{DialContext: func(ctx context.Context, _, to string) (net.Conn, error) {
		_, port, err := net.SplitHostPort(to)
		if err != nil {
			return nil, err
		}
		return dialer.DialContext(ctx, "tcp4", net.JoinHostPort("127.0.0.1", port))
	}, DisableKeepAlives: true}
	return &other
}

// ask sends a request as the person's browser does, and keeps the login that
// comes with the answer.
func (p *person) ask(method, path string, form url.Values, change ...func(*http.Request)) answer {
	p.t.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	request, err := http.NewRequestWithContext(p.t.Context(), method, p.url+path, body)
	must(p.t, err)
	if form != nil {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		request.Header.Set("Origin", p.url)
		request.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	if p.cookie != "" {
		request.Header.Set("Cookie", cookieName+"="+p.cookie)
	}
	if p.half != "" {
		request.AddCookie(&http.Cookie{Name: halfName, Value: p.half})
	}
	if p.trip != "" {
		request.AddCookie(&http.Cookie{Name: tripName, Value: p.trip})
	}
	if p.last != "" {
		request.AddCookie(&http.Cookie{Name: lastName, Value: p.last})
	}
	if p.device != "" {
		request.AddCookie(&http.Cookie{Name: deviceName, Value: p.device})
	}
	for _, each := range change {
		each(request)
	}
	response, err := clientFrom(p.from).Do(request)
	must(p.t, err)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	must(p.t, err)
	for _, cookie := range response.Cookies() {
		switch cookie.Name {
		case cookieName:
			p.cookie = cookie.Value
		case halfName:
			p.half = cookie.Value
		case tripName:
			p.trip = cookie.Value
		case lastName:
			p.last = cookie.Value
		case deviceName:
			p.device = cookie.Value
		}
	}
	return answer{response.StatusCode, response.Header, string(text)}
}

// get asks for a page.
func (p *person) get(path string) answer {
	p.t.Helper()
	return p.ask(http.MethodGet, path, nil)
}

// upload sends a body of its own kind, as a form with a file does.
func (p *person) upload(path, kind, body string) answer {
	p.t.Helper()
	return p.ask(http.MethodPost, path, url.Values{}, func(r *http.Request) {
		r.Header.Set("Content-Type", kind)
		r.Body, r.ContentLength = io.NopCloser(strings.NewReader(body)), int64(len(body))
	})
}

var csrfField = regexp.MustCompile(`name="csrf" value="([^"]*)"`)

// post sends a form as a page of ours holds it: with its token. Pairs are names
// and values in turn.
func (p *person) post(path string, pairs ...string) answer {
	p.t.Helper()
	form := url.Values{}
	if p.cookie != "" {
		if found := csrfField.FindStringSubmatch(p.get("/account").body); found != nil {
			form.Set("csrf", found[1])
		}
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return p.ask(http.MethodPost, path, form)
}

// shows fails unless a page came that holds each of the texts.
func (a answer) shows(t *testing.T, status int, texts ...string) {
	t.Helper()
	if a.status != status {
		t.Fatalf("got status %d (to %q), want %d:\n%s", a.status, a.header.Get("Location"), status, a.body)
	}
	for _, text := range texts {
		if !strings.Contains(a.body, text) {
			t.Errorf("the page does not say %q:\n%s", text, a.body)
		}
	}
}

// leads fails unless the answer leads on to a path.
func (a answer) leads(t *testing.T, path string) {
	t.Helper()
	if a.status != http.StatusSeeOther || a.header.Get("Location") != path {
		t.Fatalf("got status %d to %q, want to be led to %q:\n%s", a.status, a.header.Get("Location"), path, a.body)
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// pack writes an audit pack.
func (h *house) pack(ctx context.Context, of consent.LogQuery, to io.Writer) error {
	return ledger.Pack{Site: of.Site, Days: ledger.PackDaysOf(of.From, of.To), Store: h.store, Made: h.clock()}.Write(ctx, to)
}
