package consent

import (
	"slices"
	"strings"
	"testing"
)

// TestLeftover holds the server to the banner's own rule for what is removed.
func TestLeftover(t *testing.T) {
	d := &Draft{Services: []Service{
		{Key: "counter", Category: Statistics, Basis: BasisConsent, Cookies: []Cookie{
			{Pattern: Pattern{Name: "_ga", Match: MatchPrefix}, Kind: KindCookie, Party: FirstParty, Status: StatusActive},
			{Pattern: Pattern{Name: "theirs", Match: MatchExact}, Kind: KindCookie, Party: ThirdParty, Status: StatusActive},
			{Pattern: Pattern{Name: "stored", Match: MatchExact}, Kind: KindLocal, Party: FirstParty, Status: StatusActive},
			{Pattern: Pattern{Name: "old", Match: MatchExact}, Kind: KindCookie, Party: FirstParty, Status: StatusResidual},
		}},
		{Key: "ads", Category: Marketing, Basis: BasisConsent, Cookies: []Cookie{
			{Pattern: Pattern{Name: "_gads", Match: MatchExact}, Kind: KindCookie, Party: FirstParty, Status: StatusActive},
		}},
		{Key: "login", Category: Necessary, Basis: BasisNecessary, Cookies: []Cookie{
			{Pattern: Pattern{Name: "_gate", Match: MatchExact}, Kind: KindCookie, Party: FirstParty, Status: StatusActive},
		}},
	}}
	names := []string{"_ga", "_ga_1", "_gads", "_gate", "old", "theirs", "stored", "session"}
	for granted, want := range map[string][]string{
		"":                           {"_ga", "_ga_1", "_gads", "old"},
		"statistics/counter":         {"old"}, // the counter's prefix covers the name that the ads share
		"marketing/ads":              {"_ga", "_ga_1", "old"},
		"marketing/counter":          {"_ga", "_ga_1", "_gads", "old"},
		"statistics/counter,unknown": {"old"},
	} {
		var refs []ServiceRef
		for ref := range strings.SplitSeq(granted, ",") {
			refs = append(refs, ServiceRef(ref))
		}
		if got := d.Leftover(names, refs); !slices.Equal(got, want) {
			t.Errorf("with %q: %q, want %q", granted, got, want)
		}
	}
}
