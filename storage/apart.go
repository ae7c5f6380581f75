package storage

import (
	"path/filepath"

	"github.com/samtykke/samtykke/config"
)

// Apart says where lies what belongs to a database and is not in it.
type Apart struct {
	Keys      string `json:"keys"`      // folder
	Anchor    string `json:"anchor"`    // file
	Erasures  string `json:"erasures"`  // file: what was erased, and what is frozen
	Witnessed string `json:"witnessed"` // file: what witnesses said
	Watched   string `json:"watched"`   // folder: what this server saw as a witness
}

// ApartFrom gives them for the database that the settings name.
func ApartFrom(cfg *config.Config) Apart {
	path, at := cfg.Storage.SQLite.Path, cfg.Storage.Ledger
	a := Apart{Keys: at.Keys, Anchor: at.Anchor, Erasures: at.Erasures}
	if a.Keys == "" {
		a.Keys = filepath.Join(filepath.Dir(path), "keys")
	}
	if a.Anchor == "" {
		a.Anchor = path + ".anchor"
	}
	if a.Erasures == "" {
		a.Erasures = path + ".erasures"
	}
	a.Witnessed, a.Watched = a.Anchor+".witnessed", a.Anchor+".watched"
	return a
}
