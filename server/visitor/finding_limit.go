package visitor

import (
	"sync"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// unknownNames is how many different names that are none of the Notice's are counted
// for a Site in a day (UTC). They come from pages, so anybody can make them up,
// and each is a row in the store.
const unknownNames = 200

// nameLimit remembers which names were counted today.
type nameLimit struct {
	mu    sync.Mutex
	day   time.Time
	known map[consent.SiteKey]map[string]struct{}
}

// allows says whether the finding may be counted. What the Notice names always
// may; of the others, those that were counted today already and a few new ones.
func (l *nameLimit) allows(f *consent.Finding) bool {
	if f.Kind.IsOfNotice() {
		return true
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if !f.Day.Equal(l.day) {
		l.day, l.known = f.Day, map[consent.SiteKey]map[string]struct{}{}
	}
	names := l.known[f.Site]
	name := string(f.Kind) + " " + f.Name
	if _, ok := names[name]; ok {
		return true
	}
	if len(names) >= unknownNames {
		return false
	}
	if names == nil {
		names = map[string]struct{}{}
		l.known[f.Site] = names
	}
	names[name] = struct{}{}
	return true
}
