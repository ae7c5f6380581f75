package main_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/config"
)

// TestWitnessSettingsOfTheManualLoad takes the example out of "help ledger", puts
// real keys into it, and loads it.
func TestWitnessSettingsOfTheManualLoad(t *testing.T) {
	_, rest, found := strings.Cut(must(t, "help", "ledger"), "\n     public:\n")
	example, _, ended := strings.Cut("     public:\n"+rest, "\n\n")
	if !found || !ended {
		t.Fatal("the manual has no example")
	}
	b, c := newMunicipality(t, "samtykke.b.example.no"), newMunicipality(t, "samtykke.c.example.no")
	tail := func(key string) string { return key[strings.Index(key, "+")+1:] }
	filled := strings.NewReplacer("\n     ", "\n", "B-LEDGER-KEY", tail(b.keys.LedgerKey), "C-LEDGER-KEY", tail(c.keys.LedgerKey),
		"B-WITNESS-KEY", tail(b.keys.WitnessKey), "C-WITNESS-KEY", tail(c.keys.WitnessKey)).Replace("\n" + example)
	path := filepath.Join(t.TempDir(), "samtykke.yaml")
	keep(t, path, filled)
	settings, err := config.Load(path, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	peers, quorum, err := settings.Witness.Peers()
	watched, errWatched := settings.Witness.Watched()
	if err != nil || errWatched != nil || len(peers) != 2 || len(watched) != 2 || quorum.Required != 1 ||
		peers[0].URL != "https://samtykke.b.example.no/witness" || watched[1].String() != c.keys.LedgerKey || peers[1].Key.String() != c.keys.WitnessKey {
		t.Errorf("%+v %+v %+v %v %v", peers, quorum, watched, err, errWatched)
	}
}
