package main_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

// Of the signed reasons that a file brings five are named, and where to see the rest; one
// alone is named in place of that.
func TestAnImportLeavesOutNoSignatureAlone(t *testing.T) {
	i := newInstallation(t)
	was := i.draft(t)
	for signed, want := range map[int]string{6: "_s5 (youtube): reviewed by IT on 2026-01-02\n", 7: "  … and 2 more. Run this with --json to see them all.\n"} {
		draft := i.draft(t)
		s := draft.Service("youtube")
		for n := range signed {
			c := s.Cookies[0]
			c.Pattern.Name = fmt.Sprintf("_s%d", n)
			c.Exemption = &consent.Exemption{Ground: consent.ExemptRequested, Reason: consent.Text{consent.Bokmaal: "Trengs."}, Reviewer: "IT", Reviewed: "2026-01-02"}
			s.Cookies = append(s.Cookies, c)
		}
		i.save(t, draft)
		file := written(t, "in.json", must(t, "inventory", "export", "gjerdrum", "--data", i.data))
		i.save(t, was)
		said := must(t, "inventory", "import", "gjerdrum", file, "--data", i.data)
		if !strings.Contains(said, want) || strings.Contains(said, "more.") != (signed > 6) || strings.Count(said, "reviewed by IT") != min(signed, 6)-(signed-6) {
			t.Errorf("of %d signatures it says:\n%s", signed, said)
		}
		var all api.Imported
		if err := json.Unmarshal([]byte(must(t, "inventory", "import", "gjerdrum", file, "--json", "--data", i.data)), &all); err != nil || len(all.Signed) != signed {
			t.Errorf("%v: --json has %d of %d signatures", err, len(all.Signed), signed)
		}
	}
}
