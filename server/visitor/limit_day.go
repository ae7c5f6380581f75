package visitor

import (
	"net/netip"
	"sync"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// networkShare is the part of a Site's day that one network may store: a
// twentieth. Without it one address could use up the day for all the others.
const networkShare = 20

// dayLimit counts what each Site stores in a day (UTC), so that a flood can
// fill neither the disk nor the Log, and what each network stores of it. It
// forgets when the server starts anew.
type dayLimit struct {
	most, share int
	secret      secret
	mu          sync.Mutex
	day         int64
	sites       map[consent.SiteKey]int
	networks    [slots]int // by the secret's slots: it cannot grow
}

// place is room for one Decision, reserved until it is known to be stored.
type place struct {
	site consent.SiteKey
	slot uint16
	day  int64
}

func newDayLimit(most int) *dayLimit {
	most = max(most, 1)
	return &dayLimit{most: most, share: max(most/networkShare, 1), sites: map[consent.SiteKey]int{}}
}

// reserve takes room for one Decision of the Site, a known one, from the
// network. It is Unavailable when the Site's day is used up, or the network's
// share of it.
func (d *dayLimit) reserve(site consent.SiteKey, network netip.Prefix, now time.Time) (place, error) {
	day := now.Unix() / (24 * 60 * 60)
	slot := d.secret.slot(day, network, site)
	d.mu.Lock()
	defer d.mu.Unlock()
	if day != d.day {
		d.day = day
		clear(d.sites)
		clear(d.networks[:])
	}
	switch {
	case d.sites[site] >= d.most:
		return place{}, siteFull()
	case d.networks[slot] >= d.share:
		return place{}, networkFull()
	}
	d.sites[site]++
	d.networks[slot]++
	return place{site, slot, day}, nil
}

// giveBack returns room in which nothing was stored.
func (d *dayLimit) giveBack(p place) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if p.day == d.day {
		d.sites[p.site]--
		d.networks[p.slot]--
	}
}

func siteFull() error {
	return consent.Errorf(consent.Unavailable, "site_full",
		"This site has stored all that it may in a day. Raise limits.site_per_day if this is no flood; the banner keeps the choice until then.")
}

func networkFull() error {
	return consent.Errorf(consent.Unavailable, "network_full",
		"This network has stored its part of what the site may in a day. Raise limits.site_per_day if this is no flood; the banner keeps the choice until then.")
}
