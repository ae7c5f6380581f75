package consent

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestButtonTextCanAlwaysBeRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		accent := fmt.Sprintf("#%06x", rapid.IntRange(0, 0xffffff).Draw(t, "accent"))
		text := Look{Accent: accent}.ButtonText()
		a, okA := luminance(accent)
		b, okB := luminance(text)
		if !okA || !okB || contrast(a, b) < 4.5 {
			t.Fatalf("%s on %s has %.2f:1", text, accent, contrast(a, b))
		}
	})
	for accent, want := range map[string]string{"#000000": white, "#1f5a3c": white, "#ffffff": black, "#FFDD00": black, "#777777": black, "nonsense": white} {
		if got := (Look{Accent: accent}).ButtonText(); got != want {
			t.Errorf("text on %s is %s", accent, got)
		}
	}
}

func TestContrast(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want float64
	}{{"#000000", "#ffffff", 21}, {"#ffffff", "#ffffff", 1}, {"#767676", "#ffffff", 4.54}, {"#ff0000", "#ffffff", 4.00}} {
		a, _ := luminance(tt.a)
		b, _ := luminance(tt.b)
		if got := contrast(a, b); math.Abs(got-tt.want) > 0.01 {
			t.Errorf("%s on %s has %.2f:1, want %.2f:1", tt.a, tt.b, got, tt.want)
		}
	}
	for _, bad := range []string{"", "#fff", "1f5a3c", "#1f5a3", "#1f5a3cc", "#gggggg", "red", "#12345é", "rgb(0,0,0)", "#1f5a3c;"} {
		if _, ok := luminance(bad); ok {
			t.Errorf("%q is a colour", bad)
		}
	}
}
