package consent

import (
	"strings"
	"testing"
)

func TestInertCell(t *testing.T) {
	for _, formula := range []string{
		"=1+1", "+1+1", "-1+1", "@SUM(1)", "\tx", "\r", "\n", "＝1+1", "＋1", "－1+1", "＠SUM(1)",
		`=HYPERLINK("http://example.no","x")`, "-2+3+cmd|' /C calc'!A0", "-", "--1", "-1e5", "=", "＝",
		" =1+1", "   @SUM(1)", "\u00a0+1+1", "\u3000-1+1", "\v=1", "\u200b=1", "\ufeff=1", " ＝1", " --1",
		"﹦1+1", "⁼1", "₌1", "⩵1", "﹢1", "⁺1+1", "₊1", "﹣1+1", "﹫SUM(1)", " ﹦1", "\"⁺1\"",
	} {
		if got := InertCell(formula); got != "'"+formula {
			t.Errorf("%q is written as %q", formula, got)
		}
	}
	for formula, want := range map[string]string{
		"\t=1": "'\t'=1", "\r=1": "'\r'=1", "\n=1": "'\n'=1", "a;=1+1": "a;'=1+1", `a,"b;=1`: `a,"b;'=1`, "a;;@SUM(1);-1+1": "a;;'@SUM(1);'-1+1",
		"a\t+1;-12": "a\t'+1;-12", "a\r\n=1": "a\r\n'=1", "=1;=2": "'=1;'=2", "a;＝1": "a;'＝1", "a;﹦1": "a;'﹦1", "a,⁺1": "a,'⁺1", ";=1": ";'=1",
		"a; =1": "a;' =1", "a;\u00a0@x; b": "a;'\u00a0@x; b", "\t =1": "'\t' =1",
		"a,=1+1": "a,'=1+1", "Logs in,=cmd|' /C calc'!A0,thanks": "Logs in,'=cmd|' /C calc'!A0,thanks", "a,,@x;-1+1": "a,,'@x;'-1+1", ",=1": ",'=1",
		"a, =1": "a,' =1", `a,"=1"`: `a,'"=1"`, `a;""=1`: `a;'""=1`, `"=1"`: `'"=1"`,
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
		"", "a=1", "a;b", "a; b=1", "a;-12", "a,b", "a, b=1", "a,-12", `a,"b`, `a "=1"`, " -12", "  a=1", " ", "\u00a0a", "it's", "a;'b", "1-2", "-12", "0", "é", "ﬁ", "№ 1", "½", "²=1", "∑", "，", "\xef", "statistics marketing/youtube", `she said "yes"`, "two\r\nlines", "'quoted",
	} {
		if got := InertCell(text); got != text {
			t.Errorf("%q is written as %q", text, got)
		}
		if back := ActiveCell(text); back != text {
			t.Errorf("%q is read as %q", text, back)
		}
	}
}

// Whatever a text is, it reads back as it was written: also what looks as if it had been
// made inert already.
func TestCellsReadBack(t *testing.T) {
	pieces := []string{"'", "''", "=", "+1", "-", "@", "＝", "⁺", " ", "\u00a0", "\u200b", ";", "\t", "\r", "\n", "\r\n", ",", "\"", "x", "7", "-12", "\xff", "æ"}
	var try func(text string, left int)
	try = func(text string, left int) {
		cell := InertCell(text)
		if back := ActiveCell(cell); back != text {
			t.Fatalf("%q is written as %q, and read as %q", text, cell, back)
		}
		for _, part := range strings.FieldsFunc(cell, func(c rune) bool { return strings.ContainsRune(separators, c) }) {
			if calculates(part) && !isInteger(withoutBlanks(part)) {
				t.Fatalf("%q is written as %q, in which %q is calculated", text, cell, part)
			}
		}
		if left == 0 {
			return
		}
		for _, piece := range pieces {
			try(text+piece, left-1)
		}
	}
	try("", 4)
}
