package admin

import (
	"slices"
	"testing"
	"testing/synctest"
)

// A person who sends many at once waits for themselves, and nobody waits for them.
func TestLineups(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLineups()
		var in []string
		leave := l.enter("kari")
		for range 3 {
			go func() {
				defer l.enter("kari")()
				in = append(in, "kari")
			}()
		}
		synctest.Wait()
		l.enter("ola")()
		in = append(in, "ola")
		leave()
		synctest.Wait()
		if want := []string{"ola", "kari", "kari", "kari"}; !slices.Equal(in, want) {
			t.Errorf("they came in as %v, want %v", in, want)
		}
		if len(l.all) != 0 {
			t.Errorf("%d lineups are kept in which nobody stands", len(l.all))
		}
	})
}
