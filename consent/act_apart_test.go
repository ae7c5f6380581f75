package consent

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

// prose is a text of about so many bytes in which no line repeats another.
func prose(bytes int) string {
	var out strings.Builder
	for n := 0; out.Len() < bytes; n++ {
		fmt.Fprintf(&out, "Punkt %d: vi måler det %d. besøket på sidene. ", n, n*7919%1000)
	}
	return out.String()
}

// toldOf is how a change of a text is told, and fails when that is longer than a trail
// holds, broken, or the same for both.
func toldOf(t *testing.T, was, is string) FieldChange {
	t.Helper()
	got := changing(t, FieldChange{"text", was, is}).Changes[0]
	for _, text := range []string{got.Was, got.Is} {
		if len(text) > maxActValue || !utf8.ValidString(text) {
			t.Errorf("told as %d bytes: %q", len(text), text)
		}
	}
	if got.Was == got.Is {
		t.Errorf("both are told as %q", got.Was)
	}
	return got
}

// Whoever hides a change between others that are harmless is seen: each is told, with how
// many characters are left out between them, the same in both.
func TestAChangeBetweenDecoysIsSeen(t *testing.T) {
	begins, ends := prose(1500), prose(1400)
	repeats := strings.Repeat("Vi teller besøk. ", 90)
	for name, c := range map[string]struct{ was, is, seenWas, seenIs string }{
		"one on each side": {
			"Vi " + begins + " Vi deler ikke med andre. " + ends + "Hei.", "vi " + begins + " Vi deler alt med andre. " + ends + "Hei!", "deler ikke med", "deler alt med",
		},
		"in a text that repeats": {
			"Vi " + repeats + "ikke solgt" + repeats + ".", "vi " + repeats + "alltid solgt" + repeats + "!", "ikke solgt", "alltid solgt",
		},
		"one with long decoys": {
			strings.Repeat("a", 300) + begins + "i 30 dager" + ends + strings.Repeat("b", 300), strings.Repeat("c", 300) + begins + "i 30 år" + ends + strings.Repeat("d", 300), "i 30 dager", "i 30 år",
		},
		"in letters without blanks": {
			"你" + strings.Repeat("一二三四五六七八九十", 60) + "不分享" + strings.Repeat("甲乙丙丁戊己庚辛壬癸", 60) + "好", "我" + strings.Repeat("一二三四五六七八九十", 60) + "都分享" + strings.Repeat("甲乙丙丁戊己庚辛壬癸", 60) + "吗", "不分享", "都分享",
		},
		"letters that look alike": {
			"Vi " + begins + " til Vipps AS " + ends + "Hei.", "vi " + begins + " til Vi\u0440\u0440s AS " + ends + "Hei!", "Vipps AS", "Vi[U+0440][U+0440]s AS",
		},
		"what nobody sees": {
			"Vi " + begins + " a\u202eb " + ends + "Hei.", "vi " + begins + " a\u202db " + ends + "Hei!", "a[U+202E]b", "a[U+202D]b",
		},
		"from the right to the left": {
			"א " + strings.Repeat("שלום עולם ", 70) + "אסור לשתף" + begins + ".", "ב " + strings.Repeat("שלום עולם ", 70) + "מותר לשתף" + begins + "!", "אסור", "מותר",
		},
		"in pictures": {
			"x" + begins + "👨‍👩‍👧" + ends + "x", "y" + begins + "👨‍👩‍👦" + ends + "y", "👨‍👩‍👧", "👨‍👩‍👦",
		},
		"something that is new": {
			"Vi " + begins + ends + "Hei.", "vi " + begins + "Og selger. " + ends + "Hei!", "", "Og selger. ",
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := toldOf(t, c.was, c.is)
			if !strings.Contains(got.Was, c.seenWas) || !strings.Contains(got.Is, c.seenIs) {
				t.Errorf("told as\n%q\n%q, want %q and %q in them", got.Was, got.Is, c.seenWas, c.seenIs)
			}
			same := regexp.MustCompile("⟪[0-9]+⟫")
			if was, is := same.FindAllString(got.Was, -1), same.FindAllString(got.Is, -1); fmt.Sprint(was) != fmt.Sprint(is) || len(was) == 0 {
				t.Errorf("the same is left out as %v and as %v", was, is)
			}
		})
	}
}

// However many decoys there are, what is not told is counted as what differs, and what is
// counted as the same is the same.
func TestManyDecoysAreCounted(t *testing.T) {
	was := prose(6000)
	words := strings.Split(was, " ")
	for i := 3; i < len(words); i += 20 {
		words[i] += "!"
	}
	words[len(words)/2+5] = "ALT"
	got := toldOf(t, was, strings.Join(words, " "))
	for _, text := range []string{got.Was, got.Is} {
		if n := strings.Count(text, "⟪"); n < mostParts-1 || !strings.Contains(text, "⟪≠") {
			t.Errorf("told as %q", text)
		}
	}
}

// What a trail holds adds up to the whole: all that is left out is counted, and whatever
// is told as left out and the same stands in both texts.
func TestWhatIsLeftOutIsCounted(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 8))
	letters := []rune("aæ 中\U0001f600e\u0301\u05d0")
	text := func(n int) string {
		out := make([]rune, n)
		for i := range out {
			out[i] = letters[random.IntN(len(letters))]
		}
		return string(out)
	}
	for range 300 {
		was := text(400)
		runes := []rune(was)
		for range 1 + random.IntN(9) {
			at := random.IntN(len(runes) - 9)
			runes = append(runes[:at:at], append([]rune(text(random.IntN(12))), runes[at+random.IntN(9):]...)...)
		}
		is := string(runes)
		if was == is {
			continue
		}
		got := toldOf(t, was, is)
		partsAddUp(t, was, got.Was)
		partsAddUp(t, is, got.Is)
		if t.Failed() {
			t.Fatalf("%q\n%q", was, is)
		}
	}
}

var leftOut = regexp.MustCompile("⟪≠?([0-9]+)⟫")

// partsAddUp holds that what is told of a text is in it, in its order, and exactly as far
// apart as is said.
func partsAddUp(t *testing.T, text, told string) {
	t.Helper()
	text, told = OnOneLine(text), strings.TrimSuffix(told, "…")
	if told, cut := strings.CutPrefix(told, "…"); cut {
		shown := leftOut.Split(told, 2)[0]
		for ; !strings.HasPrefix(text, shown) || !addsUp(text, told); text = withoutFirst(text) {
			if text == "" {
				t.Errorf("%q is not in it", told)
				return
			}
		}
		return
	}
	if !addsUp(text, told) {
		t.Errorf("%q is not in it", told)
	}
}

func withoutFirst(text string) string {
	_, n := utf8.DecodeRuneInString(text)
	return text[n:]
}

// addsUp says whether a text begins with what is told, with so much left out between.
func addsUp(text, told string) bool {
	for {
		at := leftOut.FindStringSubmatchIndex(told)
		if at == nil {
			return strings.HasPrefix(text, told)
		}
		if !strings.HasPrefix(text, told[:at[0]]) {
			return false
		}
		text = text[at[0]:]
		n, _ := strconv.Atoi(told[at[2]:at[3]])
		for ; n > 0 && text != ""; n-- {
			text = withoutFirst(text)
		}
		told = told[at[1]:]
	}
}

// No text in a trail has the marks of what is left out.
func TestNoTextPassesForWhatIsLeftOut(t *testing.T) {
	if got := toldOf(t, "Vi deler ⟪120⟫ alt", "Vi deler ⟪≠120⟫ ikke"); strings.ContainsAny(got.Was+got.Is, "⟪⟫") {
		t.Errorf("told as %q", got)
	}
}

// hostile are texts of 100 kB that cutting could take long over, or cut wrongly.
func hostile(n int) map[string][2]string {
	fill := func(text string) string { return strings.Repeat(text, n/len(text)) }
	shuffled := []byte(fill("abcdefgh"))
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	return map[string][2]string{
		"one letter":              {fill("a") + "b", "b" + fill("a")},
		"flags":                   {"x" + fill("🇳🇴") + "x", "y" + fill("🇳🇴") + "y"},
		"half flags":              {fill("🇳🇴") + "🇳", "🇳" + fill("🇳🇴🇸🇪")},
		"marks":                   {"a" + fill("\u0301") + "x", "e" + fill("\u0301") + "y"},
		"joiners":                 {fill("👩\u200d"), fill("👨\u200d")},
		"letters that look alike": {fill("a \u0430 "), fill("\u0430 a ")},
		"disorder":                {fill("abcdefgh"), string(shuffled)},
		"every other letter":      {fill("ab"), fill("ac")},
		"all but the same":        {prose(n), strings.ReplaceAll(prose(n), "vi", "de")},
		"halves of characters":    {fill("\xf0\x9fa"), fill("\xed\xa0b")},
		"turned around":           {fill("\u202ea\u2066b"), fill("\u202da\u2067b")},
		"nothing":                 {"", fill("å")},
		"of two turned":           {prose(n/2) + fill("z"), fill("z") + prose(n/2)},
	}
}

func TestHostileTextsAreCut(t *testing.T) {
	for name, c := range hostile(100_000) {
		t.Run(name, func(t *testing.T) {
			toldOf(t, c[0], c[1])
		})
	}
}

// The work is as much as the texts are long: no two have more pairs of what is the same
// than they have characters.
func TestNoTextHasMoreMatchesThanCharacters(t *testing.T) {
	for name, c := range hostile(20_000) {
		was, is := newClusters(strings.ToValidUTF8(c[0], "\uFFFD")), newClusters(strings.ToValidUTF8(c[1], "\uFFFD"))
		if n := len(matches(&was, &is, part{0, was.len(), 0, is.len()})); n > min(was.len(), is.len()) {
			t.Errorf("%s: %d pairs of %d and %d characters", name, n, was.len(), is.len())
		}
	}
}

func BenchmarkToldApart(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		for name, c := range hostile(n) {
			b.Run(fmt.Sprintf("%s/%d", strings.ReplaceAll(name, " ", "_"), n), func(b *testing.B) {
				for b.Loop() {
					toldApart(c[0], c[1])
				}
			})
		}
	}
}
