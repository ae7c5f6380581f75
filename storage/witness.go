package storage

import (
	"path/filepath"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
)

// OpenWitness gives the witness of other ledgers that the settings ask for, nil
// when they ask for none. What it knows lies beside the anchor.
func OpenWitness(cfg *config.Config) (consent.Witness, error) {
	watch, err := cfg.Witness.Watched()
	if err != nil || len(watch) == 0 {
		return nil, err
	}
	anchor := cfg.Storage.Ledger.Anchor
	if anchor == "" {
		anchor = cfg.Storage.SQLite.Path + ".anchor"
	}
	return ledger.NewWitness(Keys(cfg), cfg.Public.URL.Host(), anchor+".watched", watch)
}

// Keys gives the folder with the signing keys.
func Keys(cfg *config.Config) ledger.Keys {
	if cfg.Storage.Ledger.Keys != "" {
		return ledger.Keys{Folder: cfg.Storage.Ledger.Keys}
	}
	return ledger.Keys{Folder: filepath.Join(filepath.Dir(cfg.Storage.SQLite.Path), "keys")}
}
