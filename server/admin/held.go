package admin

import (
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
}

func newHeld(clock func() time.Time) *held {
	return &held{clock: clock, forms: make(map[string]*heldForm), of: make(map[consent.AccountID]int)}
}

// put keeps what somebody has posted, and gives its key, "" when there is no room.
func (h *held) put(account consent.AccountID, next string, form url.Values) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	kept := &heldForm{account, next, form, h.clock().Add(heldLasts), heldLeast + len(next)}
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
	for h.of[account]+kept.size > heldEach {
		h.drop(h.oldest(account))
	}
	if h.size+kept.size > heldAll {
		return ""
	}
	key := newToken()
	h.forms[key], h.order = kept, append(h.order, key)
	h.size, h.of[account] = h.size+kept.size, h.of[account]+kept.size
	return key
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

// done forgets what has been sent.
func (h *held) done(key string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.forms[key] != nil {
		h.drop(key)
	}
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
