package consent

import "time"

// Expired is what the end of retention means for one year (UTC) of a Site's Log.
type Expired struct {
	Year    int
	Gone    int  // Decisions that are removed, or would be
	Frozen  int  // Decisions that are as old and stay, because they are frozen (GDPR art. 18)
	Dropped bool // nothing is left of the year, and so its ledger goes, too
}

// Removal is one time that Decisions of a Site were removed because their retention
// had ended, as its ledger tells.
type Removal struct {
	Time   time.Time
	Gone   int       // Decisions; 0 for a year that went whole with its ledger, which told
	Before time.Time // what was older went; zero when the notice that said so is not known
	Year   int       // that went whole, else 0
}

// ExpiredInAll adds up years.
func ExpiredInAll(years []Expired) (gone, frozen int) {
	for _, year := range years {
		gone += year.Gone
		frozen += year.Frozen
	}
	return gone, frozen
}
