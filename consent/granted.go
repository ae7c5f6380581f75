package consent

import (
	"strconv"
	"strings"
	"time"
)

// answersAhead is how far in the future an answer may lie before it counts as
// damaged.
const answersAhead = 24 * time.Hour

// Granted gives the services that a visitor has said yes to. Value is that of the
// answer cookie, as the banner writes it ("1.Zm9vYmt5k3w0~10": for each question its
// checksum, the second of the answer in base 36, and a digit for each service), or a
// list of categories of the banner and of services, such as
// "statistics,media/youtube". What cannot be read, has expired or belongs to an
// older question grants nothing.
func (d *Draft) Granted(value string, now time.Time) map[ServiceRef]bool {
	if rest, isCookie := strings.CutPrefix(value, "1."); isCookie {
		return d.grantedByCookie(strings.Split(rest, "."), now)
	}
	granted := map[ServiceRef]bool{}
	for name := range strings.SplitSeq(value, ",") {
		for _, unit := range d.Asks() {
			for _, ref := range unit.Refs {
				if string(ref) == name || unit.Service == "" && string(unit.Category) == name {
					granted[ref] = true
				}
			}
		}
	}
	return granted
}

func (d *Draft) grantedByCookie(parts []string, now time.Time) map[ServiceRef]bool {
	granted, seen := map[ServiceRef]bool{}, map[string]bool{}
	for _, part := range parts {
		sum, at, digits, ok := cutAnswer(part)
		if !ok || seen[sum] { // what stands twice may say two things
			return map[ServiceRef]bool{}
		}
		seen[sum] = true
		if at.After(now.Add(answersAhead)) || !now.Before(at.Add(d.Site.Validity.Duration())) {
			continue
		}
		for _, unit := range d.Asks() {
			if unit.Checksum != sum || len(unit.Refs) != len(digits) {
				continue
			}
			for i, ref := range unit.Refs {
				granted[ref] = digits[i] == '1'
			}
		}
	}
	return granted
}

// cutAnswer takes one question's part of the answer cookie apart.
func cutAnswer(part string) (sum string, at time.Time, digits string, ok bool) {
	head, digits, ok := strings.Cut(part, "~")
	if !ok || len(head) < 7 || digits == "" || strings.Trim(digits, "012") != "" {
		return "", time.Time{}, "", false
	}
	seconds, err := strconv.ParseInt(head[6:], 36, 48)
	return head[:6], time.Unix(seconds, 0), digits, err == nil && seconds >= 0
}
