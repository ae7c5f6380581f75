package consent

import (
	"slices"
	"testing"
)

func TestLifetimesAreToldAsTheyAre(t *testing.T) {
	for _, c := range []struct {
		lifetimes Lifetimes
		lang      Language
		want      []string
	}{
		{Lifetimes{Declared: "P2Y"}, Bokmaal, []string{"2 år"}},
		{Lifetimes{Declared: "P1Y", Vendor: "P12M", Observed: "P1Y"}, Bokmaal, []string{"1 år"}},
		{Lifetimes{Declared: "P2Y", Vendor: "P1000D"}, Bokmaal, []string{"Oppgitt: 2 år.", "Leverandøren sier: 1000 dager."}},
		{Lifetimes{Declared: Session, Observed: "P1D"}, English, []string{"Stated: until you close the browser.", "Measured on the site: 1 day."}},
		{Lifetimes{Vendor: "P1Y"}, Nynorsk, []string{"Ikkje oppgitt.", "Leverandøren seier: 1 år."}},
		{Lifetimes{}, Bokmaal, []string{"Ikke oppgitt"}},
	} {
		if got := c.lifetimes.Words(c.lang); !slices.Equal(got, c.want) {
			t.Errorf("%+v in %s: got %q, want %q", c.lifetimes, c.lang, got, c.want)
		}
	}
}
