package consent

import (
	"reflect"
	"testing"
)

// TestWatchedHosts: hosts of what waits are watched, as browsers spell them, and
// those of what needs no consent only where the two meet.
func TestWatchedHosts(t *testing.T) {
	d := validDraft()
	find(d, "counter").Hosts = []string{"counter.example", "*.counter.example:8443", "[2001:db8::1]:8080"}
	find(d, "tickets").Hosts = []string{"counter.example", "blåbær.example"}
	find(d, "video").Hosts = nil
	find(d, "old-login").Hosts = []string{"old.example"}
	d.Services = append(d.Services, Service{Key: "fonts", Category: Necessary, Ask: AskNever, Basis: BasisNecessary, Hosts: []string{
		"fonts.example", "fonts.counter.example", "*.old.example", "*.example", "old.example:443", "notcounter.example",
	}})
	want := []WatchedHost{
		{"counter.example", []ServiceKey{"counter", "tickets"}},
		{".counter.example", []ServiceKey{"counter"}},
		{"[2001:db8::1]", []ServiceKey{"counter"}},
		{"xn--blbr-roah.example", []ServiceKey{"tickets"}},
		{"old.example", []ServiceKey{"old-login", ""}},
		{"fonts.counter.example", []ServiceKey{""}},
		{".example", []ServiceKey{""}},
	}
	if got := d.WatchedHosts(); !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// TestAutomaticGatingHasSomethingToStop: without a host to watch it is a fault, and
// a host that is let through is named.
func TestAutomaticGatingHasSomethingToStop(t *testing.T) {
	automatic := func(d *Draft) {
		d.Site.AutomaticGating = true
		for i := range d.Services {
			d.Services[i].Hosts = nil
		}
	}
	check(t, Fault, []rule{{"no hosts", automatic, "site.automatic_gating", "nothing_to_stop"}, {"hosts of what is necessary", func(d *Draft) {
		automatic(d)
		find(d, "forms").Hosts = []string{"login.example"}
	}, "site.automatic_gating", "nothing_to_stop"}})
	check(t, Warning, []rule{{"a host of both", func(d *Draft) {
		automatic(d)
		find(d, "counter").Hosts = []string{"*.shared.example", "counter.example"}
		find(d, "forms").Hosts = []string{"login.example", "www.shared.example"}
	}, "services.forms.hosts.1", "host_let_through"}})
}

// TestFilmsOfYouTubeComeWithoutCookies: its host for that has to be named, so that
// visitors are told of it and policies let it through.
func TestFilmsOfYouTubeComeWithoutCookies(t *testing.T) {
	name := func(hosts ...string) func(d *Draft) {
		return func(d *Draft) { find(d, "video").Hosts = hosts }
	}
	check(t, Warning, []rule{
		{"its first host only", name("www.youtube.com"), "services.video.hosts", "youtube_with_cookies"},
		{"all of its first host", name("*.youtube.com"), "services.video.hosts", "youtube_with_cookies"},
	})
	for host, want := range map[string]bool{"www.youtube.com": false, "www.youtube-nocookie.com": true, "*.youtube-nocookie.com": true, "youtube-nocookie.com": false} {
		d := validDraft()
		name("www.youtube.com", host)(d)
		if got := d.ShowsYouTube(); got != want {
			t.Errorf("with %s films come from there: %t", host, got)
		}
	}
}
