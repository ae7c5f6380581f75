package consent

import "time"

// Delay is how long visitors took from when they first saw the question to their
// answer: at least so many seconds, and less than the next one. It is coarse, and is
// counted for a Site and a day only: no Decision has one.
type Delay int

// Delays are all that are told apart, in order.
var Delays = [...]Delay{0, 2, 5, 10, 30, 60, 300}

// longestDelay is from where a time says that a clock was set, or that a page was
// put away, and nothing of how long anybody thought.
const longestDelay = 24 * time.Hour

// DelayOf gives the place among Delays of what an answer took. It is not ok for a
// time that cannot be one.
func DelayOf(took time.Duration) (place int, ok bool) {
	if took < 0 || took >= longestDelay {
		return 0, false
	}
	for place < len(Delays)-1 && took >= time.Duration(Delays[place+1])*time.Second {
		place++
	}
	return place, true
}

// AnswersQuestion says whether a Decision that is made so answers the question that
// the banner shows, and not what stands in its place or was answered before.
func (m Method) AnswersQuestion() bool {
	return m == AcceptAll || m == RejectAll || m == Save
}
