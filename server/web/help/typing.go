package help

// leastTyped is how long a word is, in bytes, of which a slip of the keyboard is
// looked past: shorter ones are too much like others.
const leastTyped = 5

// vocabulary gives the stems of the words of a shelf, and how often each stands there.
func (s *shelf) vocabulary() map[string]int {
	all := map[string]int{}
	take := func(f *folded) {
		for i := range f.words {
			all[stem(s.lang, f.words[i].text)]++
		}
	}
	for _, a := range s.articles {
		take(&a.title)
		for i := range a.blocks {
			take(&a.blocks[i].folded)
		}
		for i := range a.asked {
			take(&a.asked[i])
		}
	}
	return all
}

// meant gives the stem that a word nobody wrote is one slip away from, the most frequent
// of several, "" for none.
func (s *shelf) meant(typed string) string {
	best := ""
	for known, often := range s.words {
		if len(typed) < leastTyped || len(known) < leastTyped || known[0] != typed[0] || !isSlip(typed, known) {
			continue
		}
		if most := s.words[best]; often > most || often == most && known < best {
			best = known
		}
	}
	return best
}

// isSlip says whether two words differ by one letter too many, too few or wrong, or by
// two that changed places.
func isSlip(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	at := 0
	for at < len(a) && a[at] == b[at] {
		at++
	}
	switch len(b) - len(a) {
	case 1:
		return a[at:] == b[at+1:]
	case 0:
		rest := min(at+1, len(a))
		if a[rest:] == b[rest:] {
			return true
		}
		return at+2 <= len(a) && a[at] == b[at+1] && a[at+1] == b[at] && a[at+2:] == b[at+2:]
	}
	return false
}
