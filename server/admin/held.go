package admin

import (
	"maps"
	"net/url"
	"slices"
	"sync"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// What was posted and could not be done yet waits for the person who wrote it.
const (
	heldLasts = consent.LoginLong
	heldEach  = 2 * bodyLimit // bytes of one person
	heldAll   = 64 << 20      // bytes of all
	heldLeast = 1 << 10       // bytes that a form counts for, however short it is
)

// held keeps forms in memory, for who has written them alone. A person's own oldest one
// goes when they have too many; nobody's goes because of others.
type held struct {
	clock func() time.Time
	mu    sync.Mutex
	forms map[string]*heldForm
	order []string // oldest first
	of    map[consent.AccountID]int
	size  int
}

// heldForm is what somebody has posted to a path.
type heldForm struct {
	account consent.AccountID
	next    string
	form    url.Values
	until   time.Time
	size    int
	tried   bool // it was sent since, and the page that answered had it
	used    bool // it was done, and may be once more
}

// since is when it was posted.
func (f *heldForm) since() time.Time { return f.until.Add(-heldLasts) }

func newHeld(clock func() time.Time) *held {
	return &held{clock: clock, forms: make(map[string]*heldForm), of: make(map[consent.AccountID]int)}
}

// put keeps what somebody has posted, and gives its key, "" when there is no room. Posted
// once more, as by loading a page anew, it is kept once.
func (h *held) put(account consent.AccountID, next string, form url.Values) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	kept := &heldForm{account: account, next: next, form: form, until: h.clock().Add(heldLasts), size: heldLeast + len(next)}
	for name, values := range form {
		for _, value := range values {
			kept.size += len(name) + len(value)
		}
	}
	for len(h.order) > 0 && h.clock().After(h.forms[h.order[0]].until) {
		h.drop(h.order[0])
	}
	if kept.size > heldEach {
		return ""
	}
	key := newToken()
	if again := h.like(kept); again != "" {
		key, kept.tried = again, h.forms[again].tried
		h.drop(again)
	}
	for h.of[account]+kept.size > heldEach {
		h.drop(h.oldest(account))
	}
	if h.size+kept.size > heldAll {
		return ""
	}
	h.forms[key], h.order = kept, append(h.order, key)
	h.size, h.of[account] = h.size+kept.size, h.of[account]+kept.size
	return key
}

// like gives the key of the same form, "" for none.
func (h *held) like(form *heldForm) string {
	for key, kept := range h.forms {
		if kept.account == form.account && kept.next == form.next && maps.EqualFunc(kept.form, form.form, slices.Equal) {
			return key
		}
	}
	return ""
}

// oldest gives the key of what a person has written first.
func (h *held) oldest(account consent.AccountID) string {
	return h.order[slices.IndexFunc(h.order, func(key string) bool { return h.forms[key].account == account })]
}

// find gives what an account has written, nil when it is not there or another's.
func (h *held) find(key string, account consent.AccountID) *heldForm {
	h.mu.Lock()
	defer h.mu.Unlock()
	kept := h.forms[key]
	if kept == nil || kept.account != account || h.clock().After(kept.until) {
		return nil
	}
	return kept
}

// keptForm is a form with its key.
type keptForm struct {
	*heldForm
	key string
}

// waiting gives what an account has written and not sent, newest first.
func (h *held) waiting(account consent.AccountID) []keptForm {
	h.mu.Lock()
	defer h.mu.Unlock()
	var all []keptForm
	if h.of[account] == 0 {
		return nil
	}
	for _, key := range slices.Backward(h.order) {
		if kept := h.forms[key]; kept.account == account && !kept.used && !h.clock().After(kept.until) {
			all = append(all, keptForm{kept, key})
		}
	}
	return all
}

// try notes that what was kept is sent.
func (h *held) try(key string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if kept := h.forms[key]; kept != nil {
		kept.tried = true
	}
}

// done forgets what has been sent, or is wanted no more.
func (h *held) done(key string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.forms[key] != nil {
		h.drop(key)
	}
}

// posted is a form that somebody sends.
type posted struct {
	account consent.AccountID
	next    string
	form    url.Values
	key     string // of what was kept, when that is sent
	looks   bool   // it changes nothing
}

// settle forgets what is done with a form. What changes nothing is only told of no more: a
// file is downloaded beside the page that offers it, whose button is still there.
func (h *held) settle(s *posted) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.of[s.account] == 0 {
		return
	}
	for _, key := range slices.Clone(h.order) {
		switch {
		case !h.settles(s, key):
		case s.looks:
			h.forms[key].used = true
		default:
			h.drop(key)
		}
	}
}

// settled says whether nothing of a kept form waits any more when another is done.
func (h *held) settled(s *posted, key string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.settles(s, key)
}

// settles is for what is kept itself, for the same form by another way, and for what has
// become of it on the page that answered. What was written differently stays: it may hold
// more.
func (h *held) settles(s *posted, key string) bool {
	kept := h.forms[key]
	if kept == nil || kept.account != s.account || kept.next != s.next {
		return false
	}
	return key == s.key || kept.tried || maps.EqualFunc(written(kept.form), written(s.form), slices.Equal)
}

func (h *held) drop(key string) {
	kept := h.forms[key]
	delete(h.forms, key)
	h.order = slices.DeleteFunc(h.order, func(each string) bool { return each == key })
	h.size -= kept.size
	if h.of[kept.account] -= kept.size; h.of[kept.account] == 0 {
		delete(h.of, kept.account)
	}
}
