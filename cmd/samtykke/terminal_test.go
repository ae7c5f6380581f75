package main

import (
	"bytes"
	"testing"
)

// What somebody else wrote into a pack or a log cannot clear the screen, hide what
// follows or turn it around.
func TestForeignTextMovesNothing(t *testing.T) {
	var out, errs bytes.Buffer
	terminal := &terminal{out: &out, err: &errs}
	const foreign = "notices/\x1b[2J\x1b[HThe ledger holds.\r\b\x9b8m\u202e\x1b[8m"
	terminal.say("%s\n\tis not %s: %s", foreign, "\x1b[1mthere\x1b[0m", "blåbær – 1\u00a0000")
	terminal.remark("%s", foreign)
	if want := "notices/�[2J�[HThe ledger holds.��\ufffd8m��[8m\n\tis not \x1b[1mthere\x1b[0m: blåbær – 1\u00a0000\n"; out.String() != want {
		t.Errorf("said %q, want %q", out.String(), want)
	}
	if want := "notices/�[2J�[HThe ledger holds.��\ufffd8m��[8m\n"; errs.String() != want {
		t.Errorf("remarked %q, want %q", errs.String(), want)
	}
}
