package consent

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// What is told of a text begins and ends with whole words, wherever it is cut.
func TestATextIsCutBetweenWords(t *testing.T) {
	begins, ends := prose(1500), prose(1400)
	for name, c := range map[string][2]string{
		"one change":     {begins + "Vi deler ikke med andre. " + ends, begins + "Vi deler alt med andre. " + ends},
		"three":          {"Vi " + begins + "ikke solgt " + ends + "Hei.", "De " + begins + "alltid solgt " + ends + "Hopp."},
		"nothing before": {"", begins},
		"all of it":      {begins, strings.ToUpper(ends)},
	} {
		t.Run(name, func(t *testing.T) {
			got := toldOf(t, c[0], c[1])
			for text, told := range map[string]string{c[0]: got.Was, c[1]: got.Is} {
				words := strings.Fields(text)
				for _, piece := range regexp.MustCompile("⟪≠?[0-9]+⟫|…").Split(told, -1) {
					for _, word := range strings.Fields(piece) {
						if !slices.Contains(words, word) {
							t.Errorf("%q is no word of it: %q", word, told)
						}
					}
				}
			}
		})
	}
}

// What an act is about is cut after a whole word, and says that it is.
func TestWhatAnActIsAboutIsCutBetweenWords(t *testing.T) {
	long := strings.Repeat("tjeneste, ", 40)
	act, _ := ActOf(WithAct(context.Background(), Act{Object: long}))
	if rest, cut := strings.CutSuffix(act.Object, "…"); !cut || !strings.HasPrefix(long, rest+" ") || len(act.Object) > maxActObject || len(act.Object) < maxActObject/2 {
		t.Errorf("it is about %q", act.Object)
	}
	act, _ = ActOf(WithAct(context.Background(), Act{Object: strings.Repeat("ø", 500)}))
	if len(act.Object) > maxActObject || strings.Trim(act.Object, "ø") != "…" {
		t.Errorf("it is about %q", act.Object)
	}
}
