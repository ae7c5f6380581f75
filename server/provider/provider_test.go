package provider_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/provider"
)

// login goes through a login, and gives who came back.
func (h *hostile) login(t *testing.T, p *provider.Provider, fresh bool, query url.Values) (*provider.Arrival, error) {
	t.Helper()
	address, trip, err := p.Begin(t.Context(), provider.AsksNothing, fresh)
	if err != nil {
		return nil, err
	}
	parsed, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	h.mu.Lock()
	h.nonce = parsed.Query().Get("nonce")
	h.mu.Unlock()
	if query == nil {
		query = url.Values{"code": {"the-code"}}
	}
	return p.Finish(t.Context(), trip, query)
}

// What is asked of the browser and of the provider, and what is taken from it.
func TestLogin(t *testing.T) {
	h := newHostile(t)
	p := h.open(t)
	address, trip, err := p.Begin(t.Context(), provider.AsksNothing, true)
	if err != nil {
		t.Fatal(err)
	}
	asked, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	query := asked.Query()
	for name, want := range map[string]string{
		"response_type": "code", "client_id": "samtykke", "redirect_uri": "https://samtykke.example/login/return", "scope": "openid profile",
		"state": trip.State, "nonce": trip.Nonce, "code_challenge_method": "S256", "prompt": "login", "max_age": "0",
	} {
		if query.Get(name) != want {
			t.Errorf("%s is %q, want %q", name, query.Get(name), want)
		}
	}
	if len(trip.State) < 43 || len(trip.Nonce) < 43 || len(trip.Verifier) < 43 || strings.Contains(address, trip.Verifier) || strings.Contains(address, clientSecret) {
		t.Errorf("the secrets of a login are short, or shown: %+v in %s", trip, address)
	}
	got, err := h.login(t, p, false, nil)
	if err != nil {
		t.Fatal(err)
	}
	if want := (consent.Identity{Issuer: h.URL, Subject: "kari", Tenant: "the-tenant", Object: "the-object", Added: h.clock()}); got.Identity != want || !got.Proven.IsZero() {
		t.Errorf("got %+v", got)
	}
	posted := h.posted[0]
	if len(h.posted) != 1 || posted["code"] != "the-code" || posted["redirect_uri"] != "https://samtykke.example/login/return" ||
		len(posted["code_verifier"]) < 43 || posted["password"] != url.QueryEscape(clientSecret) || posted["client_secret"] != "" {
		t.Errorf("the provider was sent %v", h.posted)
	}
	h.sign = h.es256
	if _, err := h.login(t, p, false, nil); err != nil {
		t.Errorf("ES256: %v", err)
	}
	h.discovery = func(about map[string]any) {
		about["token_endpoint_auth_methods_supported"] = []string{"client_secret_post"}
	}
	if _, err := h.login(t, h.open(t), false, nil); err != nil {
		t.Error(err)
	}
	if last := h.posted[len(h.posted)-1]; last["client_secret"] != clientSecret || last["password"] != "" || len(h.posted) != 3 {
		t.Errorf("the provider was sent %v", h.posted)
	}
}

// What a provider, or somebody between, could send that is not to be believed.
func TestWhatIsNotBelieved(t *testing.T) {
	h := newHostile(t)
	claim := func(name string, value any) func() {
		return func() { h.claims = func(all map[string]any) { all[name] = value } }
	}
	without := func(name string) func() {
		return func() { h.claims = func(all map[string]any) { delete(all, name) } }
	}
	written := func(end string) func() {
		return func() { h.sign = func(p string) string { return h.rs256(strings.TrimSuffix(p, "}") + end) } }
	}
	at := func(name string, d time.Duration) func() {
		return func() { h.claims = func(all map[string]any) { all[name] = h.now.Add(d).Unix() } }
	}
	for name, test := range map[string]struct {
		arrange func()
		code    string // "" when it is taken
	}{
		"as it should be":               {func() {}, ""},
		"alg none":                      {func() { h.sign = func(p string) string { return unsigned(`{"alg":"none"}`, p) + "." } }, "provider_refused"},
		"alg none with a key's name":    {func() { h.sign = func(p string) string { return unsigned(`{"alg":"none","kid":"r"}`, p) + "." } }, "provider_refused"},
		"signed with the client secret": {func() { h.sign = h.hs256([]byte(clientSecret)) }, "provider_refused"},
		"signed with the public key":    {func() { h.sign = h.hs256(h.rsa.N.Bytes()) }, "provider_refused"},
		"changed after it was signed":   {func() { h.sign = h.tampered }, "provider_refused"},
		"another subject in capitals":   {written(`,"SUB":"boss"}`), "provider_refused"},
		"capitals in its place":         {written(`,"Auth_Time":1}`), "provider_refused"},
		"two subjects":                  {written(`,"sub":"kari"}`), "provider_refused"},
		"claims of others, twice":       {written(`,"role":"a","Role":"b","role":{"sub":1,"SUB":2}}`), ""},
		"no token":                      {func() { h.sign = func(string) string { return "" } }, "provider_refused"},
		"no JWT":                        {func() { h.sign = func(string) string { return "a.b.c" } }, "provider_refused"},
		"another issuer":                {claim("iss", "https://evil.example"), "provider_refused"},
		"another issuer's tenant":       {func() { h.claims = func(all map[string]any) { all["iss"] = h.URL + "/" } }, "provider_refused"},
		"no issuer":                     {without("iss"), "provider_refused"},
		"another audience":              {claim("aud", "other"), "provider_refused"},
		"no audience":                   {without("aud"), "provider_refused"},
		"several audiences, no party":   {claim("aud", []string{"samtykke", "other"}), "provider_refused"},
		"another party":                 {claim("azp", "other"), "provider_refused"},
		"several audiences, our party": {func() {
			h.claims = func(all map[string]any) { all["aud"], all["azp"] = []string{"samtykke", "other"}, "samtykke" }
		}, ""},
		"another nonce":                  {claim("nonce", "other"), "provider_refused"},
		"no nonce":                       {without("nonce"), "provider_refused"},
		"expired":                        {at("exp", -2*time.Minute), "provider_refused"},
		"expired within the skew":        {at("exp", -30*time.Second), ""},
		"never expires":                  {without("exp"), "provider_refused"},
		"made before the login":          {at("iat", -2*time.Minute), "provider_refused"},
		"made in the future":             {at("iat", 2*time.Minute), "provider_refused"},
		"no time":                        {without("iat"), "provider_refused"},
		"not valid yet":                  {at("nbf", 10*time.Minute), "provider_refused"},
		"no subject":                     {claim("sub", ""), "provider_refused"},
		"a long subject":                 {claim("sub", strings.Repeat("s", 256)), "provider_refused"},
		"a tenant that is no text":       {claim("tid", 7), "provider_refused"},
		"a code that is not the login's": {func() { h.token = badCode }, "provider_refused"},
		"no JSON": {func() {
			h.token = func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<b>raw</b>")) }
		}, "provider_refused"},
		"an endless answer": {func() {
			h.token = func(w http.ResponseWriter, r *http.Request) {
				for r.Context().Err() == nil {
					if _, err := w.Write(make([]byte, 1<<16)); err != nil {
						return
					}
				}
			}
		}, "provider_refused"},
		"led elsewhere": {func() {
			h.token = func(w http.ResponseWriter, r *http.Request) {
				http.Redirect(w, r, "https://evil.example/", http.StatusTemporaryRedirect)
			}
		}, "provider_refused"},
		"its fault": {func() { h.down = true }, "provider_down"},
	} {
		t.Run(name, func(t *testing.T) {
			p := h.open(t)
			if _, _, err := p.Begin(t.Context(), provider.AsksNothing, false); err != nil { // finds the provider well
				t.Fatal(err)
			}
			test.arrange()
			got, err := h.login(t, p, false, nil)
			h.mu.Lock()
			h.claims, h.sign, h.token, h.down = nil, nil, nil, false
			h.mu.Unlock()
			wantCode(t, got, err, test.code)
		})
	}
}

func badCode(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusBadRequest)
	_, _ = w.Write([]byte(`{"error":"invalid_grant<script>","error_description":"raw words of the provider"}`))
}

func wantCode(t *testing.T, got *provider.Arrival, err error, code string) {
	t.Helper()
	if code == "" {
		if err != nil || got == nil {
			t.Fatalf("refused: %v", err)
		}
		return
	}
	if consent.CodeOf(err) != code || got != nil {
		t.Fatalf("got %+v, %v, want %s", got, err, code)
	}
	if strings.Contains(err.Error(), "raw") {
		t.Errorf("the provider's words are told: %v", err)
	}
}

// What comes back with the browser, before anything is asked of the provider.
func TestAnswerInTheAddress(t *testing.T) {
	h := newHostile(t)
	plain := h.open(t)
	h.discovery = func(about map[string]any) { about["authorization_response_iss_parameter_supported"] = true }
	named := h.open(t)
	if _, _, err := named.Begin(t.Context(), provider.AsksNothing, false); err != nil {
		t.Fatal(err)
	}
	h.discovery = nil
	for name, test := range map[string]struct {
		p     *provider.Provider
		query url.Values
		code  string
	}{
		"named":                         {named, url.Values{"code": {"c"}, "iss": {h.URL}}, ""},
		"another's name":                {named, url.Values{"code": {"c"}, "iss": {"https://evil.example"}}, "provider_refused"},
		"no name from who gives one":    {named, url.Values{"code": {"c"}}, "provider_refused"},
		"an error under another's name": {named, url.Values{"error": {"access_denied"}, "iss": {"https://evil.example"}}, "provider_refused"},
		"named by who need not":         {plain, url.Values{"code": {"c"}, "iss": {h.URL}}, ""},
		"another's name from such":      {plain, url.Values{"code": {"c"}, "iss": {"https://evil.example"}}, "provider_refused"},
		"an empty name":                 {plain, url.Values{"code": {"c"}, "iss": {""}}, "provider_refused"},
		"two codes":                     {plain, url.Values{"code": {"c", "d"}}, "provider_refused"},
		"nothing":                       {plain, url.Values{"x": {"y"}}, "provider_refused"},
		"cancelled":                     {plain, url.Values{"error": {"access_denied"}, "error_description": {"raw words"}}, "provider_cancelled"},
		"an error with a code":          {plain, url.Values{"error": {"<script>"}, "code": {"c"}}, "provider_cancelled"},
		"out of order":                  {plain, url.Values{"error": {"temporarily_unavailable"}}, "provider_down"},
	} {
		t.Run(name, func(t *testing.T) {
			before := len(h.posted)
			got, err := h.login(t, test.p, false, test.query)
			wantCode(t, got, err, test.code)
			if sent := len(h.posted) - before; test.code != "" && sent != 0 {
				t.Errorf("the code was sent %d times", sent)
			}
		})
	}
}

// Whoever confirms something weighty has proven themselves after it was asked.
func TestProvenAnew(t *testing.T) {
	h := newHostile(t)
	p := h.open(t)
	for name, test := range map[string]struct {
		value any
		code  string
	}{
		"now": {h.now.Unix(), ""}, "within the skew": {h.now.Add(-30 * time.Second).Unix(), ""}, "before": {h.now.Add(-2 * time.Minute).Unix(), "provider_not_anew"},
		"later, within the skew": {h.now.Add(30 * time.Second).Unix(), ""}, "later": {h.now.Add(2 * time.Minute).Unix(), "provider_refused"}, "much later": {h.now.Add(1e7 * time.Second).Unix(), "provider_refused"},
		"nothing": {nil, "provider_not_anew"}, "no number": {"yes", "provider_refused"}, "beyond all time": {1e300, "provider_not_anew"},
	} {
		h.claims = func(all map[string]any) { all["auth_time"] = test.value }
		got, err := h.login(t, p, true, nil)
		t.Run(name, func(t *testing.T) { wantCode(t, got, err, test.code) })
	}
	h.claims = func(all map[string]any) { all["auth_time"] = h.now.Add(-time.Hour).Unix() }
	if got, err := h.login(t, p, false, nil); err != nil || !got.Proven.Equal(h.now.Add(-time.Hour)) {
		t.Errorf("got %+v, %v", got, err)
	}
	h.claims = func(all map[string]any) { all["auth_time"] = h.now.Add(1e7 * time.Second).Unix() } // would be fresh at every page that asks later
	got, err := h.login(t, p, false, nil)
	wantCode(t, got, err, "provider_refused")
}

func TestRequiredClaims(t *testing.T) {
	h := newHostile(t)
	for required, code := range map[string]string{
		"tid=the-tenant": "", "groups=samtykke": "", "tid=other": "provider_not_listed", "groups=sam": "provider_not_listed", "role=x": "provider_not_listed", "exp=1": "provider_not_listed",
	} {
		got, err := h.login(t, h.open(t, "tid=the-tenant", required), false, nil)
		t.Run(required, func(t *testing.T) { wantCode(t, got, err, code) })
	}
}

// The log says what of the settings is lacking, and nothing of the person.
func TestLackingClaimIsNamed(t *testing.T) {
	h := newHostile(t)
	var said bytes.Buffer
	p := h.open(t, "tid=the-tenant", "groups=editors", "role=x")
	p.Log = slog.New(slog.NewTextHandler(&said, nil))
	got, err := h.login(t, p, false, nil)
	wantCode(t, got, err, "provider_not_listed")
	if log := said.String(); !strings.Contains(log, `lacking="[groups=editors role=x]"`) || strings.Contains(log, "the-tenant") || strings.Contains(log, "kari") || strings.Contains(log, "groups=samtykke") {
		t.Errorf("the log says %s", log)
	}
}

// Whoever wants to be somebody else is asked which account, or, where the provider says
// that it does not know the question, to log in again.
func TestAsksWhichAccount(t *testing.T) {
	for known, want := range map[string]string{"": "select_account", "none login select_account": "select_account", "none login consent": "login"} {
		h := newHostile(t)
		h.discovery = func(about map[string]any) {
			if known != "" {
				about["prompt_values_supported"] = strings.Fields(known)
			}
		}
		address, trip, err := h.open(t).Begin(t.Context(), provider.AsksWhich, false)
		if err != nil {
			t.Fatal(err)
		}
		asked, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		if got := asked.Query().Get("prompt"); got != want || asked.Query().Has("max_age") || trip.Fresh {
			t.Errorf("asks %q of a provider that knows %q, want %q", got, known, want)
		}
	}
}

// What a provider tells of itself decides where secrets are sent.
func TestDiscovery(t *testing.T) {
	h := newHostile(t)
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("another host was asked") }))
	defer elsewhere.Close()
	for name, change := range map[string]func(map[string]any){
		"another issuer":       func(about map[string]any) { about["issuer"] = "https://evil.example" },
		"another token host":   func(about map[string]any) { about["token_endpoint"] = elsewhere.URL + "/token" },
		"another host of keys": func(about map[string]any) { about["jwks_uri"] = elsewhere.URL + "/keys" },
		"a script to go to":    func(about map[string]any) { about["authorization_endpoint"] = "javascript:alert(1)" },
		"to go in the open":    func(about map[string]any) { about["authorization_endpoint"] = "http://evil.example/auth" },
		"nowhere to go":        func(about map[string]any) { delete(about, "authorization_endpoint") },
		"no keys":              func(about map[string]any) { delete(about, "jwks_uri") },
	} {
		t.Run(name, func(t *testing.T) {
			h.discovery = change
			_, _, err := h.open(t).Begin(t.Context(), provider.AsksNothing, false)
			wantCode(t, nil, err, "provider_down")
		})
	}
}

// A provider that is down is asked again, and not by everybody.
func TestProviderComesAndGoes(t *testing.T) {
	h := newHostile(t)
	h.down = true
	p := h.open(t)
	begin := func(code string) {
		t.Helper()
		_, _, err := p.Begin(t.Context(), provider.AsksNothing, false)
		if code == "" && err != nil || code != "" && consent.CodeOf(err) != code {
			t.Fatalf("got %v, want %q", err, code)
		}
	}
	for range 5 {
		begin("provider_down")
	}
	if len(h.asked) != 1 {
		t.Errorf("it was asked %d times at once", len(h.asked))
	}
	h.down = false
	h.wait(6 * time.Second)
	begin("")
	begin("")
	if len(h.asked) != 2 {
		t.Errorf("it was asked for %v", h.asked)
	}
	h.down = true
	h.wait(2 * time.Hour)
	begin("") // what it told before still holds
	h.down = false
	h.wait(time.Minute)
	begin("")
	if n := len(slices.DeleteFunc(slices.Clone(h.asked), func(path string) bool { return !strings.HasPrefix(path, "/.well-known") })); n != 4 {
		t.Errorf("it was asked %d times what it is, want 4", n)
	}
}

// A provider that takes its time is not waited for.
func TestProviderIsSlow(t *testing.T) {
	t.Parallel()
	slow := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
	defer slow.Close()
	h := newHostile(t)
	h.URL = slow.URL
	began := time.Now()
	_, _, err := h.open(t).Begin(t.Context(), provider.AsksNothing, false)
	wantCode(t, nil, err, "provider_down")
	if took := time.Since(began); took > 8*time.Second {
		t.Errorf("it was waited for for %v", took)
	}
}

// A claim that is required is read one way, too.
func TestRequiredClaimsStandOnce(t *testing.T) {
	for _, second := range []string{`,"Groups":["samtykke"]}`, `,"groups":["samtykke"]}`} {
		h := newHostile(t)
		h.claims = func(all map[string]any) { all["groups"] = []string{"others"} }
		h.sign = func(p string) string { return h.rs256(strings.TrimSuffix(p, "}") + second) }
		got, err := h.login(t, h.open(t, "groups=samtykke"), false, nil)
		wantCode(t, got, err, "provider_refused")
	}
}
