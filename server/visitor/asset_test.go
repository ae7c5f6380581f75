package visitor

import "testing"

func TestChooseCoding(t *testing.T) {
	for accept, want := range map[string]coding{
		"gzip, deflate, br, zstd": brotli,
		"gzip":                    gzip,
		"GZIP, BR":                brotli,
		"br;q=0.1, gzip;q=1.0":    brotli,
		"br;q=0, gzip":            gzip,
		"br;q=0.000, gzip;q=0":    identity,
		"br ; q=0":                identity,
		"br;Q=0":                  identity,
		"br;q=":                   identity,
		"br;q=NaN":                identity,
		"br;q=-1":                 identity,
		"br;q=1e309":              identity,
		"br;level=9":              identity,
		"":                        identity,
		"identity":                identity,
		"*":                       identity,
		"brotli, xgzip, gzipx":    identity,
		",,;,=,":                  identity,
	} {
		if got := chooseCoding(accept); got != want {
			t.Errorf("%q: %q instead of %q", accept, got, want)
		}
	}
}
