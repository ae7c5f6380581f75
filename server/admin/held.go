package admin

import (
	"sync"
	"time"
)

// What was posted and waits while its person is at the provider of logins.
const (
	heldSize  = 32 << 20 // bytes in all
	heldLasts = 15 * time.Minute
)

// held keeps in memory what is too long for a cookie. The oldest goes when there is
// too much.
type held struct {
	clock func() time.Time
	mu    sync.Mutex
	items map[string]heldItem
	order []string // oldest first
	size  int
}

type heldItem struct {
	next, kept string
	until      time.Time
}

func (i heldItem) size() int { return len(i.next) + len(i.kept) }

func newHeld(clock func() time.Time) *held {
	return &held{clock: clock, items: make(map[string]heldItem)}
}

// put keeps where somebody was and what they had posted, and gives its key.
func (h *held) put(next, kept string) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	key, item := newToken(), heldItem{next, kept, h.clock().Add(heldLasts)}
	h.items[key], h.order, h.size = item, append(h.order, key), h.size+item.size()
	for len(h.order) > 1 && (h.size > heldSize || h.clock().After(h.items[h.order[0]].until)) {
		h.drop(h.order[0])
		h.order = h.order[1:]
	}
	return key
}

// take gives what was kept under a key, once. What is gone leads to the front page.
func (h *held) take(key string) (next, kept string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	item, there := h.items[key]
	if !there || h.clock().After(item.until) {
		return "/", ""
	}
	h.drop(key)
	return item.next, item.kept
}

// drop forgets an item. Its place in the order goes when it is the oldest.
func (h *held) drop(key string) {
	h.size -= h.items[key].size()
	delete(h.items, key)
}
