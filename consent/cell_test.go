package consent

import "testing"

func TestInertCell(t *testing.T) {
	for _, formula := range []string{
		"=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1+1", "＠SUM(1)",
		`=HYPERLINK("http://example.no","x")`, "-2+3+cmd|' /C calc'!A0", "-", "--1", "-1e5", "=", "＝",
	} {
		if got := InertCell(formula); got != "'"+formula {
			t.Errorf("%q is written as %q", formula, got)
		}
	}
	for _, text := range []string{
		"", "a=1", "1-2", "-12", "0", "é", "ﬁ", "，", "\xef", "statistics marketing/youtube", `she said "yes"`, "two\r\nlines", "'quoted",
	} {
		if got := InertCell(text); got != text {
			t.Errorf("%q is written as %q", text, got)
		}
	}
}
