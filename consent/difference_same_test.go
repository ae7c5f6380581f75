package consent

import (
	"fmt"
	"reflect"
	"testing"
)

// Services that are the same are left out before drafts are compared, and what differs
// is what a comparison of all of it finds.
func TestWhatIsTheSameIsLeftOut(t *testing.T) {
	long := func() *Draft {
		d := &Draft{Site: Site{Key: "skogen"}}
		for i := range 4 {
			d.Services = append(d.Services, Service{
				Key: ServiceKey(fmt.Sprintf("s%d", i)), Name: Text{Bokmaal: "Navn"}, Category: Statistics, Hosts: []string{"a.example"},
				Cookies: []Cookie{{Pattern: Pattern{Name: "c"}, Lifetime: Lifetimes{Declared: "P1Y"}}},
			})
		}
		return d
	}
	for name, c := range map[string]struct {
		change func(*Draft)
		finds  int
		left   int // services that are compared
	}{
		"nothing":        {func(*Draft) {}, 0, 0},
		"a name":         {func(d *Draft) { d.Services[1].Name = Text{Bokmaal: "Annet"} }, 1, 1},
		"a lifetime":     {func(d *Draft) { d.Services[2].Cookies[0].Lifetime.Declared = "P2Y" }, 1, 1},
		"a note":         {func(d *Draft) { d.Services[2].Notes = []string{"x"} }, 0, 0},
		"a cookie's":     {func(d *Draft) { d.Services[2].Cookies[0].Notes = []string{"x"} }, 0, 0},
		"an empty list":  {func(d *Draft) { d.Services[2].DataCategories = []Text{} }, 0, 0},
		"one less":       {func(d *Draft) { d.Services = d.Services[1:] }, 1, 1},
		"one more":       {func(d *Draft) { d.Services = append(d.Services, Service{Key: "new"}) }, 1, 0},
		"none":           {func(d *Draft) { d.Services = nil }, 4, 4},
		"another order":  {func(d *Draft) { d.Services[0], d.Services[3] = d.Services[3], d.Services[0] }, 0, 0},
		"the same twice": {func(d *Draft) { d.Services = append(d.Services, d.Services[0]) }, 1, 4},
		"no key":         {func(d *Draft) { d.Services[3].Key = "" }, 1, 4},
		"the site":       {func(d *Draft) { d.Site.Heading = 3 }, 1, 0},
	} {
		before, after := long(), long()
		c.change(after)
		was, err := draftTree(before)
		if err != nil {
			t.Fatal(err)
		}
		is, err := draftTree(after)
		if err != nil {
			t.Fatal(err)
		}
		found, err := Differences(before, after)
		if want := compareTrees(nil, was, is); err != nil || !reflect.DeepEqual(found, want) || len(found) != c.finds {
			t.Errorf("%s: %+v, %v; all of it has %+v", name, found, err, want)
		}
		if left, _ := withoutSame(before, after); len(left.Services) != c.left {
			t.Errorf("%s: %d services are compared, want %d", name, len(left.Services), c.left)
		}
		if len(before.Services) != 4 {
			t.Errorf("%s: the draft itself lost services", name)
		}
	}
}

// The first cookie of a service and the last are each told as any other is.
func TestTheFirstCookieIsToldByItself(t *testing.T) {
	some := func(names ...string) *Draft {
		s := Service{Key: "s"}
		for _, name := range names {
			s.Cookies = append(s.Cookies, Cookie{Pattern: Pattern{Name: name}})
		}
		return &Draft{Services: []Service{s}}
	}
	places := func(before, after *Draft) (told []string) {
		found, err := Differences(before, after)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range found {
			told = append(told, fmt.Sprint(d.Change, d.Path))
		}
		return told
	}
	if got, want := fmt.Sprint(places(some(), some("_b.c", "_a"))), "[new[services s cookies _a] new[services s cookies _b.c]]"; got != want {
		t.Errorf("the first two: %s, want %s", got, want)
	}
	if got, want := fmt.Sprint(places(some("_a"), some())), "[gone[services s cookies _a]]"; got != want {
		t.Errorf("the last: %s, want %s", got, want)
	}
	if got := places(some(), some()); len(got) > 0 {
		t.Errorf("none and none: %s", got)
	}
}
