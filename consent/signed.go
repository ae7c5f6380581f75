package consent

// SignedAhead says whether a signature, or the check of a transfer, is dated after
// tomorrow: nobody can have done it yet. Tomorrow is today somewhere else, and what is no
// day is told as such.
func SignedAhead(date string, today Day) bool {
	day, err := ParseDay(date)
	return err == nil && day > today+1
}

// signed checks the day on which somebody signed something, or checked it.
func (v *review) signed(path, date string) {
	v.date(path, date)
	if v.today != 0 && SignedAhead(date, v.today) {
		v.warn(path, "future_day", "The day "+quoted(date)+" has not come yet, so nobody can have looked at it then.", "Write the day on which it was looked at.")
	}
}
