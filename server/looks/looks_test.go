package looks_test

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/looks"
)

// trail is what was recorded.
type trail struct {
	now    time.Time
	broken error
	told   []string
}

func (s *trail) record(_ context.Context, act consent.Act) error {
	if s.broken != nil {
		return s.broken
	}
	s.told = append(s.told, act.Action+" "+act.Object)
	return nil
}

func (s *trail) act(action, object string) consent.Act {
	return consent.Act{Time: s.now, Account: 7, Organisation: "skogen", Site: "skogen", Action: action, Object: object}
}

// page gives the decisions from one index to another.
func page(from, to int64) []consent.Entry {
	var entries []consent.Entry
	for i := from; i <= to; i++ {
		entries = append(entries, consent.Entry{Index: i})
	}
	return entries
}

// one and another are logins.
var one, another = consent.LoginID{1}, consent.LoginID{2}

func TestLooks(t *testing.T) {
	s := &trail{now: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)}
	l := looks.New(s.record, func() time.Time { return s.now })
	read := func(entries []consent.Entry, words string) {
		t.Helper()
		if err := l.Read(t.Context(), one, s.act("log.read", ""), entries, words); err != nil {
			t.Fatal(err)
		}
	}
	says := func(step string, want ...string) {
		t.Helper()
		if !slices.Equal(s.told, want) {
			t.Fatalf("%s: the trail has %q, want %q", step, s.told, want)
		}
		s.told = nil
	}
	read(page(1, 50), "")
	says("the first page is written before it is shown", "log.read decisions=50")
	for range 20 {
		read(page(1, 50), "")
	}
	says("what is seen again is not counted again")
	for i := range int64(4) {
		read(page(51+50*i, 100+50*i), "")
	}
	says("four further pages are held back")
	read(page(251, 300), "")
	says("so many are not", "log.read decisions=250")
	read(page(301, 303), "")
	read(page(1, 2), "method=save")
	says("another filter is another look", "log.read decisions=2 method=save")
	s.now = s.now.Add(59 * time.Minute)
	if err := l.End(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	says("nothing has ended")
	s.now = s.now.Add(time.Minute)
	if err := l.End(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	says("the rest is written at the end", "log.read decisions=3")

	s.broken = errors.New("the disk is full")
	if err := l.Read(t.Context(), one, s.act("log.read", ""), page(1, 5), ""); !errors.Is(err, s.broken) {
		t.Errorf("it would be shown: %v", err)
	}
	s.broken = nil
	read(page(1, 5), "")
	says("what could not be written is no look", "log.read decisions=5")
	read(page(6, 7), "")
	if err := l.End(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	says("a server that stops writes all", "log.read decisions=2")

	for range 3 {
		if err := l.Once(t.Context(), one, s.act("log.decision", "a")); err != nil {
			t.Fatal(err)
		}
	}
	says("one decision is told of once", "log.decision a")
	s.now = s.now.Add(time.Hour)
	if err := l.Once(t.Context(), one, s.act("log.decision", "a")); err != nil {
		t.Fatal(err)
	}
	says("and again in the next hour", "log.decision a")
}

// Whoever has another login of the same account may be somebody else: what is read
// with it is told of before it is shown, also when the first login saw the same.
func TestLooksTellOfEachLogin(t *testing.T) {
	s := &trail{now: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)}
	l := looks.New(s.record, func() time.Time { return s.now })
	for _, login := range []consent.LoginID{one, another, one, another} {
		if err := l.Read(t.Context(), login, s.act("log.read", ""), page(1, 1), ""); err != nil {
			t.Fatal(err)
		}
		if err := l.Once(t.Context(), login, s.act("log.decision", "a")); err != nil {
			t.Fatal(err)
		}
	}
	if want := []string{"log.read decisions=1", "log.decision a", "log.read decisions=1", "log.decision a"}; !slices.Equal(s.told, want) {
		t.Errorf("the trail has %q, want %q", s.told, want)
	}
}

// However often a reader asks for something else, the trail lacks no more of what they have
// seen than it does of who asks once.
func TestLooksOfManySearchesAreTold(t *testing.T) {
	s := &trail{now: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)}
	l := looks.New(s.record, func() time.Time { return s.now })
	told := func() (sum int) {
		for _, line := range s.told {
			_, count, _ := strings.Cut(line, "decisions=")
			count, _, _ = strings.Cut(count, " ")
			n, err := strconv.Atoi(count)
			if err != nil {
				t.Fatal(line)
			}
			sum += n
		}
		return sum
	}
	seen := 0
	for filter := range 40 {
		words, login := "from=2018-01-"+strconv.Itoa(filter), consent.LoginID{byte(filter % 3)}
		for _, entries := range [][]consent.Entry{page(1, 1), page(2, 201)} {
			if err := l.Read(t.Context(), login, s.act("log.read", "key="+strconv.Itoa(filter%2)), entries, words); err != nil {
				t.Fatal(err)
			}
			if seen += len(entries); seen-told() >= 250 {
				t.Fatalf("%d were read, and the trail tells of %d", seen, told())
			}
		}
	}
	if len(s.told) > 3*40 {
		t.Errorf("%d acts tell of 40 searches", len(s.told))
	}
	if err := l.End(t.Context(), true); err != nil || told() != seen {
		t.Errorf("at the end the trail tells of %d of %d, %v", told(), seen, err)
	}
}

// What is in memory of a reader ends with many searches, and is told of then.
func TestLooksInMemoryAreBounded(t *testing.T) {
	s := &trail{now: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)}
	l := looks.New(s.record, func() time.Time { return s.now })
	read := func(words string, entries []consent.Entry) {
		t.Helper()
		if err := l.Read(t.Context(), one, s.act("log.read", ""), entries, words); err != nil {
			t.Fatal(err)
		}
	}
	for filter := range 50 {
		words := "from=" + strconv.Itoa(filter)
		read(words, page(1, 1))
		read(words, page(2, 3))
	}
	if len(s.told) != 50 {
		t.Fatalf("%d acts tell of 50 searches", len(s.told))
	}
	read("from=next", page(1, 1))
	if len(s.told) != 50+50+1 {
		t.Errorf("%d acts tell of what 50 searches held back and one more", len(s.told))
	}
	if err := l.End(t.Context(), true); err != nil || len(s.told) != 50+50+1 {
		t.Errorf("something was told twice: %d acts, %v", len(s.told), err)
	}
}
