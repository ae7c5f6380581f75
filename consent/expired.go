package consent

// Expired is what the end of retention means for one year (UTC) of a Site's Log.
type Expired struct {
	Year    int
	Gone    int  // Decisions that are removed, or would be
	Frozen  int  // Decisions that are as old and stay, because they are frozen (GDPR art. 18)
	Dropped bool // nothing is left of the year, and so its ledger goes, too
}

// ExpiredInAll adds up years.
func ExpiredInAll(years []Expired) (gone, frozen int) {
	for _, year := range years {
		gone += year.Gone
		frozen += year.Frozen
	}
	return gone, frozen
}
