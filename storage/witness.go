package storage

import (
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
	return ledger.NewWitness(Keys(cfg), cfg.Public.URL.Host(), ApartFrom(cfg).Watched, watch)
}

// Followed gives the ledgers that this server has followed as a witness.
func Followed(cfg *config.Config) ([]ledger.Followed, error) {
	return ledger.FollowedIn(ApartFrom(cfg).Watched)
}

// AdminKey gives the key with which the administration encrypts what it keeps, made
// on first use beside the signing keys.
func AdminKey(cfg *config.Config) ([]byte, error) { return Keys(cfg).Admin() }

// Keys gives the folder with the signing keys.
func Keys(cfg *config.Config) ledger.Keys {
	return ledger.Keys{Folder: ApartFrom(cfg).Keys}
}
