package consent

import (
	"slices"
	"testing"
)

// A day that is dated ahead is told of from two days ahead on, and only when it is asked on
// a day: of tomorrow a clock in another zone may be the reason.
func TestSignedAhead(t *testing.T) {
	today, err := ParseDay("2026-11-04")
	if err != nil {
		t.Fatal(err)
	}
	for day, ahead := range map[string]bool{
		"2026-11-03": false, "2026-11-04": false, "2026-11-05": false, "2026-11-06": true, "9999-12-31": true,
	} {
		draft := validDraft()
		find(draft, "forms").Cookies[0].Exemption.Reviewed = day
		find(draft, "video").Provider.Transfer.Checked = day
		find(draft, "tickets").Recipients[0].Transfer.Checked = day
		var want, got []string
		if ahead {
			want = []string{
				"services.tickets.recipients.0.transfer.checked", "services.video.provider.transfer.checked",
				"services.forms.cookies." + find(draft, "forms").Cookies[0].Pattern.Name + ".exemption.reviewed",
			}
		}
		for _, p := range append(draft.Validate(), draft.ValidateOn(today)...) {
			if p.Code != "future_day" {
				continue
			}
			if got = append(got, p.Path); p.Severity != Warning || p.Refused() {
				t.Errorf("%s: got %+v", day, p)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: told of %q, want %q", day, got, want)
		}
	}
}
