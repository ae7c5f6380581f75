package admin_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/admin"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// That visitors are asked again stands at what it is because of, and at nothing else that
// changes of the same service.
func TestAskingAgainIsToldWhereItComesFrom(t *testing.T) {
	h := open(t)
	site, err := h.store.Site(t.Context(), "skogen")
	must(t, err)
	reworded := consent.Text{consent.Bokmaal: "Teller alt.", consent.English: "Counts everything."}
	made := func(alter func(s *consent.Service)) *consent.Draft {
		d := storagetest.Draft("skogen")
		s := &d.Services[0]
		for _, name := range []string{"_other", "_third"} {
			cookie := s.Cookies[0]
			cookie.Pattern.Name = name
			s.Cookies = append(s.Cookies, cookie)
		}
		another := d.Services[1]
		another.Key, another.Category = "another", s.Category
		d.Services = append(d.Services, another)
		alter(&d.Services[0])
		return &d
	}
	cookie := func(s *consent.Service, name string) *consent.Cookie {
		return &s.Cookies[slices.IndexFunc(s.Cookies, func(c consent.Cookie) bool { return c.Pattern.Name == name })]
	}
	for name, each := range map[string]struct {
		alter func(s *consent.Service)
		at    string // what asks again, by name
	}{
		"the meaning of the purpose": {func(s *consent.Service) {
			s.PurposeRevision = 2
			for i := range s.Cookies {
				s.Cookies[i].Purpose = reworded
			}
		}, "The service The Counter"},
		"a lifetime": {func(s *consent.Service) {
			s.Provider.Policy = "https://telleren.example/personvern"
			cookie(s, "_counter").Purpose, cookie(s, "_other").Lifetime.Declared = reworded, "P1Y"
		}, "The cookie _other of The Counter"},
		"a cookie that goes and one that comes": {func(s *consent.Service) {
			cookie(s, "_third").Pattern.Name = "_fourth"
			cookie(s, "_other").Purpose = reworded
		}, "The cookie _fourth of The Counter|The cookie _third of The Counter"},
		"the provider, and a lifetime": {func(s *consent.Service) {
			s.Provider.Name = "Tellestasjonen AS"
			cookie(s, "_counter").Lifetime.Declared, cookie(s, "_other").Purpose = "P2M", reworded
		}, "The cookie _counter of The Counter|The service The Counter"},
		"words alone": {func(s *consent.Service) {
			s.Purpose, cookie(s, "_other").Purpose = reworded, reworded
		}, ""},
	} {
		things, _, err := admin.Machine{Store: h.store, Clock: h.clock}.Say(t.Context(), site, made(func(*consent.Service) {}), made(each.alter))
		must(t, err)
		var at []string
		for i := range things {
			if things[i].Again != "" {
				at = append(at, things[i].Thing)
			}
		}
		slices.Sort(at)
		if got := strings.Join(at, "|"); got != each.at {
			t.Errorf("%s: asking again is told at %q, want %q", name, got, each.at)
		}
	}
}
