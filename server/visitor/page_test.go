package visitor

import (
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/samtykke/samtykke/banner"
	"github.com/samtykke/samtykke/consent"
)

// After a publish a crowd asks for one page: it is rendered once, and everybody
// gets it. Another page does not wait for it, and a failure is not kept.
func TestCrowdRendersAPageOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const crowd = 200
		pages, err := newPages(8)
		if err != nil {
			t.Fatal(err)
		}
		key := pageKey{noticeKey{"gjerdrum", 2}, consent.Bokmaal, formatHTML, false}
		want := serve(banner.NewAsset([]byte("the page"), "page"))
		var rendered atomic.Int64
		gate, got := make(chan error), make(chan *page, crowd)
		render := func() (*page, error) {
			rendered.Add(1)
			return want, <-gate
		}
		ask := func() {
			page, err := pages.get(key, render)
			if err != nil && page != nil {
				t.Error("a failure came with a page")
			}
			got <- page
		}
		answers := func(want *page) {
			t.Helper()
			for range crowd {
				if page := <-got; page != want {
					t.Fatalf("got %v, want %v", page, want)
				}
			}
		}
		for round, failure := range []error{errors.New("the template is broken"), nil} {
			for range crowd {
				go ask()
			}
			synctest.Wait() // all of them wait
			if n := rendered.Load(); n != int64(round+1) {
				t.Fatalf("the page was rendered %d times at once", n-int64(round))
			}
			other := key
			other.lang = consent.Nynorsk
			if _, err := pages.get(other, func() (*page, error) { return nil, errors.New("another") }); err == nil {
				t.Error("another page is the same")
			}
			gate <- failure
			if failure != nil {
				answers(nil)
			} else {
				answers(want)
			}
		}
		if page, err := pages.get(key, render); page != want || err != nil {
			t.Errorf("the page was not kept (%v)", err)
		}
	})
}
