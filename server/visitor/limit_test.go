package visitor_test

import (
	"net/http"
	"testing"
	"time"
)

// perMinute lets every address write that often in a minute.
func perMinute(n int) func(*setup) {
	return func(s *setup) { s.Limits.DecisionsPerMinute = n }
}

// TestLimitPerAddress: a minute's worth at once, then 429 until the next one is
// earned; another address is not held up by it.
func TestLimitPerAddress(t *testing.T) {
	w := start(t, perMinute(6))
	number := 0
	from := func(address string) answer {
		number++
		c := w.dial(t, address)
		defer func() { _ = c.conn.Close() }()
		return c.do(post("gjerdrum", w.acceptAll(number)))
	}
	for i := range 6 {
		if got := from("127.0.0.1"); got.StatusCode != http.StatusCreated {
			t.Fatalf("decision %d: %d %s", i, got.StatusCode, got.body)
		}
	}
	got := from("127.0.0.1")
	if got.StatusCode != http.StatusTooManyRequests || got.Header.Get("Retry-After") != "10" ||
		got.Header.Get("Samtykke-Reason") != "too_many" || got.Header.Get("Access-Control-Allow-Origin") == "" {
		t.Errorf("%d %v", got.StatusCode, got.Header)
	}
	if got := from("127.0.0.2"); got.StatusCode != http.StatusCreated {
		t.Errorf("another address: %d", got.StatusCode)
	}
	w.clock.advance(9 * time.Second)
	if got := from("127.0.0.1"); got.StatusCode != http.StatusTooManyRequests {
		t.Errorf("a second too early: %d", got.StatusCode)
	}
	w.clock.advance(time.Second)
	if got := from("127.0.0.1"); got.StatusCode != http.StatusCreated {
		t.Errorf("in time: %d", got.StatusCode)
	}
	w.clock.advance(25 * time.Hour) // another key; and no more saved up than a minute's worth
	for i := range 7 {
		if got := from("127.0.0.1"); (got.StatusCode == http.StatusCreated) != (i < 6) {
			t.Errorf("the next day, decision %d: %d", i, got.StatusCode)
		}
	}
	if n := len(w.stored("gjerdrum")); n != 6+1+1+6 {
		t.Errorf("%d stored", n)
	}
}

// TestLimitBehindProxies: whose allowance is used, when requests come from
// 127.0.0.1 with an X-Forwarded-For. What a visitor writes there gains nothing.
func TestLimitBehindProxies(t *testing.T) {
	const proxy, second = "127.0.0.1", "10.0.0.0/8"
	for name, c := range map[string]struct {
		trusted []string
		one     []string // header lines of the first request
		two     []string // and of the second
		shared  bool     // both use the same allowance
	}{
		"no proxy, forged header": {nil, []string{"198.51.100.1"}, []string{"198.51.100.2"}, true},
		"a stranger's header":     {[]string{"192.0.2.1"}, []string{"198.51.100.1"}, []string{"198.51.100.2"}, true},
		"one proxy, two visitors": {[]string{proxy}, []string{"198.51.100.1"}, []string{"198.51.100.2"}, false},
		"one proxy, one visitor":  {[]string{proxy}, []string{"198.51.100.1"}, []string{"198.51.100.1"}, true},
		"one proxy, forged left":  {[]string{proxy}, []string{"1.1.1.1, 198.51.100.1"}, []string{"2.2.2.2, 198.51.100.1"}, true},
		"two proxies":             {[]string{proxy, second}, []string{"198.51.100.1, 10.0.0.7"}, []string{"198.51.100.2, 10.0.0.7"}, false},
		"two proxies, forged":     {[]string{proxy, second}, []string{"9.9.9.9, 198.51.100.1, 10.0.0.7"}, []string{"8.8.8.8, 198.51.100.1, 10.1.2.3"}, true},
		"forged as a proxy":       {[]string{proxy, second}, []string{"10.0.0.9, 198.51.100.1"}, []string{"10.0.0.8, 198.51.100.1"}, true},
		"two header lines":        {[]string{proxy}, []string{"7.7.7.7", "198.51.100.1"}, []string{"6.6.6.6", "198.51.100.1"}, true},
		"one IPv6 network":        {[]string{proxy}, []string{"2001:db8:0:1::1"}, []string{"2001:db8:0:1:ffff::2"}, true},
		"two IPv6 networks":       {[]string{proxy}, []string{"2001:db8:0:1::1"}, []string{"2001:db8:0:2::1"}, false},
		"IPv4 written as IPv6":    {[]string{proxy}, []string{"::ffff:198.51.100.1"}, []string{"198.51.100.1"}, true},
		"junk":                    {[]string{proxy}, []string{"junk"}, []string{"other junk"}, true},
		"junk at the end":         {[]string{proxy}, []string{"198.51.100.1, junk"}, []string{"198.51.100.2, junk"}, true},
		"an address with a zone":  {[]string{proxy}, []string{"fe80::1%a"}, []string{"fe80::1%b"}, true},
		"nothing":                 {[]string{proxy}, nil, nil, true},
	} {
		t.Run(name, func(t *testing.T) {
			w := start(t, perMinute(1), func(s *setup) {
				s.Public.TrustedProxies = c.trusted
				s.Public.ProxyHeader = "X-Forwarded-For"
			})
			var got answer
			for i, lines := range [][]string{c.one, c.two} {
				r := post("gjerdrum", w.acceptAll(i))
				for _, line := range lines {
					r.header = append(r.header, "X-Forwarded-For: "+line)
				}
				got = w.once(t, r)
			}
			if shared := got.StatusCode == http.StatusTooManyRequests; shared != c.shared {
				t.Errorf("the second got %d", got.StatusCode)
			}
		})
	}
}
