package soak

import (
	"encoding/binary"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// idOf gives the n-th decision's id, a UUID version 7.
func idOf(n int64) (id consent.DecisionID) {
	binary.BigEndian.PutUint64(id[:8], uint64(day.UnixMilli()+n)<<16|0x7000)
	binary.BigEndian.PutUint64(id[8:], 0x8000_0000_0000_0000|uint64(n))
	return id
}

// decisionOf gives the n-th decision. Two years have one ledger each.
func decisionOf(n int64) *consent.Decision {
	d := &consent.Decision{
		ID: idOf(n), Site: site, Notice: 1, Bundle: bundle, Language: consent.Bokmaal, Method: consent.RejectAll, Layer: consent.LayerFirst,
		State: consent.StateRefused, Time: day.Add(time.Duration(n%10_000) * time.Second),
		Choice: consent.Choice{Categories: map[consent.CategoryKey]bool{consent.Statistics: n%3 == 0}},
	}
	if n%3 == 0 {
		d.Method, d.State = consent.AcceptAll, consent.StateGiven
	}
	if n%7 == 0 {
		d.Time = d.Time.AddDate(1, 0, 0)
	}
	binary.BigEndian.PutUint64(d.Visitor[:8], uint64(n))
	digest := consent.HashOf(d.ID[:])
	copy(d.Visitor[8:], digest[:])
	return d
}
