package banner

import (
	"testing"

	"github.com/samtykke/samtykke/consent"
)

func TestSizesKeepToTheirBudgets(t *testing.T) {
	sizes, err := Sizes(gjerdrum(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, size := range sizes {
		t.Logf("%-12s %d of %d bytes in brotli", size.Name, size.Brotli, size.Budget)
		if size.Brotli > size.Budget {
			t.Errorf("%s takes %d bytes of brotli, %d are allowed", size.Name, size.Brotli, size.Budget)
		}
	}
}

// TestSitesPayForWhatTheyUse: a site without embeds and signals loads less than the
// example, and the example less than a site that uses everything there is.
func TestSitesPayForWhatTheyUse(t *testing.T) {
	everything := noticeOf(t, "testdata/everything.yaml")
	projected, err := project(everything, consent.Shipped())
	if err != nil {
		t.Fatal(err)
	}
	for name, on := range features(projected) {
		if !on && name != "RTL" { // comes with a language, and that with its texts
			t.Errorf("the site that uses everything does not use %s", name)
		}
	}
	last := 0
	for _, notice := range []*consent.Notice{noticeOf(t, "../examples/plain/site.yaml"), gjerdrum(t), everything} {
		size, err := MainSize(notice, string(notice.Draft.Site.Key), 0)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d bytes", size.Name, size.Brotli)
		if size.Brotli <= last {
			t.Errorf("%s takes %d bytes, no more than a site that uses less (%d)", size.Name, size.Brotli, last)
		}
		last = size.Brotli
	}
}
