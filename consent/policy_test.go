package consent

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

func policyDraft() *Draft {
	d := validDraft()
	find(d, "video").Hosts = []string{"video.example"}
	find(d, "tickets").Hosts = []string{"tickets.example"}
	find(d, "old-login").Hosts = []string{"old.example"}
	d.Services = append(d.Services, Service{Key: "fonts", Category: Necessary, Ask: AskNever, Basis: BasisNecessary, Hosts: []string{"fonts.example"}})
	return d
}

// TestPolicyOpensWhatIsGranted: the browser may fetch from the site, from Samtykke,
// from what is necessary and from what was granted, and from no other host.
func TestPolicyOpensWhatIsGranted(t *testing.T) {
	d := policyDraft()
	always := []string{"https://www.kommunen.example", "https://*.kommunen.example:8443", "http://localhost:8080", "https://samtykke.example", "fonts.example"}
	for grants, want := range map[string][]string{
		"":                                 nil,
		"statistics":                       {"counter.example", "*.counter.example", "tickets.example"},
		"statistics/counter":               {"counter.example", "*.counter.example"},
		"marketing":                        nil, // the video is asked for in place
		"marketing/video":                  nil, // it has a part of statistics as well
		"marketing/video,statistics/video": {"video.example"},
		"counter":                          nil,
		"statistics/counter,nonsense;":     {"counter.example", "*.counter.example"},
	} {
		policy := d.Policy("https://samtykke.example", d.Granted(grants, time.Now()))
		for directive := range strings.SplitSeq(policy, "; ") {
			var hosts []string
			for word := range strings.FieldsSeq(directive) {
				if strings.ContainsRune(word, '.') && !strings.HasPrefix(word, "wss:") || strings.Contains(word, "localhost") {
					hosts = append(hosts, word)
				}
			}
			if got, want := slices.Sorted(slices.Values(hosts)), slices.Sorted(slices.Values(slices.Concat(always, want))); !slices.Equal(got, want) {
				t.Errorf("with %q: %s names %q, want %q", grants, directive, got, want)
			}
		}
		if strings.Contains(policy, "wss://video.example") != strings.Contains(policy, " video.example") {
			t.Errorf("with %q: web sockets do not go by the host: %s", grants, policy)
		}
	}
}

// TestGrantedByCookie reads the answer cookie as the banner does.
func TestGrantedByCookie(t *testing.T) {
	d := policyDraft()
	now := time.Date(2026, time.November, 1, 12, 0, 0, 0, time.UTC)
	answer := func(unit int, at time.Time, digits string) string {
		return "." + d.Asks()[unit].Checksum + strconv.FormatInt(at.Unix(), 36) + "~" + digits
	}
	statistics := slices.IndexFunc(d.Asks(), func(u AskUnit) bool { return u.Category == Statistics && u.Service == "" })
	video := slices.IndexFunc(d.Asks(), func(u AskUnit) bool { return u.Service == "video" })
	yes := answer(statistics, now.Add(-time.Hour), "11")
	for cookie, want := range map[string][]ServiceRef{
		"1" + yes: {"statistics/counter", "statistics/tickets"},
		"1" + yes + answer(video, now.Add(-time.Hour), "10"):   {"marketing/video", "statistics/counter", "statistics/tickets"},
		"1" + answer(statistics, now.Add(-time.Hour), "01"):    {"statistics/tickets"},
		"1" + answer(statistics, now.Add(-time.Hour), "21"):    {"statistics/tickets"},
		"1" + answer(statistics, now.Add(-time.Hour), "1"):     nil, // of a question with one service
		"1" + answer(statistics, now.AddDate(-1, 0, -1), "11"): nil, // expired
		"1" + answer(statistics, now.Add(25*time.Hour), "11"):  nil, // damaged
		"1" + yes + yes:                     nil, // says it twice
		"1" + yes + ".nonsense":             nil,
		"1.AAAAAA" + yes[7:]:                nil, // an older question
		"2" + yes:                           nil,
		"1" + yes[:len(yes)-1] + "3":        nil,
		"1." + yes[1:7] + "-1~11":           nil,
		"1." + yes[1:7] + "zzzzzzzzzzzz~11": nil,
		"1.":                                nil,
		"1":                                 nil,
	} {
		granted := d.Granted(cookie, now)
		maps.DeleteFunc(granted, func(_ ServiceRef, yes bool) bool { return !yes })
		if got := slices.Sorted(maps.Keys(granted)); !slices.Equal(got, want) {
			t.Errorf("%s grants %q, want %q", cookie, got, want)
		}
	}
}
