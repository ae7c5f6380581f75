package main

import (
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/debug"
	"github.com/samtykke/samtykke/server/witness"
	"github.com/samtykke/samtykke/storage"
	"github.com/samtykke/samtykke/storage/ledger"
)

// newAsker gives what asks the witnesses of the settings, nil when there are
// none. Nothing else of the server waits for it.
func newAsker(settings *config.Config, store consent.Ledger, clock func() time.Time, log *slog.Logger) (*witness.Asker, error) {
	peers, quorum, err := settings.Witness.Peers()
	if err != nil || len(peers) == 0 {
		return nil, err
	}
	keys, host := storage.Keys(settings), settings.Public.URL.Host()
	if _, err := keys.HostKey(host); err != nil {
		return nil, err
	}
	options := witness.Options{
		Ledger: store, Required: quorum.Required, Every: time.Duration(settings.Witness.Every) * time.Second,
		Endorse: func(checkpoint []byte) ([]byte, error) { return keys.Endorse(host, checkpoint) },
		Verify:  ledger.Cosignature, Clock: clock, Log: log,
	}
	for _, peer := range peers {
		options.Peers = append(options.Peers, witness.Peer{URL: peer.URL, Key: peer.Key})
	}
	return witness.New(options), nil
}

// witnessReadings are what the asking counts, for the metrics.
func witnessReadings(asker *witness.Asker) []debug.Reading {
	if asker == nil {
		return nil
	}
	gauge := func(name, help string, count *atomic.Int64) debug.Reading {
		reading := counter(name, help, count)
		reading.Counter = false
		return reading
	}
	return []debug.Reading{
		counter("samtykke_witness_cosignatures_total", "Cosignatures that witnesses gave.", &asker.Cosigned),
		counter("samtykke_witness_silences_total", "Rounds in which a witness did not answer.", &asker.Silences),
		gauge("samtykke_witness_ledgers_behind", "Ledgers whose newest checkpoint too few witnesses have cosigned.", &asker.Behind),
		gauge("samtykke_witness_ledgers_forked", "Ledgers of which a witness has seen another one: must be 0.", &asker.Forked),
	}
}
