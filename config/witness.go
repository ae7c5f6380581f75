package config

import (
	"net/url"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// WitnessPeer is a witness of this server's ledger.
type WitnessPeer struct {
	URL string // submission prefix (C2SP tlog-witness), without a final slash
	Key consent.VerifierKey
}

// Watched gives the keys of the ledgers that this server is a witness of.
func (w *Witness) Watched() ([]consent.VerifierKey, error) {
	keys := make([]consent.VerifierKey, 0, len(w.Watch))
	for _, text := range w.Watch {
		key, err := consent.ParseVerifierKey(text)
		if err != nil {
			return nil, err
		}
		if key.Kind != consent.KeyEd25519 {
			return nil, consent.Errorf(consent.Invalid, "bad_key", "The key of %s is that of a witness, not of a ledger: \"samtykke log witness\" there shows both.", key.Name)
		}
		keys = append(keys, key)
	}
	return keys, nil
}

// Peers gives the witnesses of this server's ledger, and how many it takes.
// There are none, and no quorum, where nobody is asked.
func (w *Witness) Peers() ([]WitnessPeer, consent.Quorum, error) {
	if len(w.Ask) == 0 {
		return nil, consent.Quorum{}, nil
	}
	peers := make([]WitnessPeer, 0, len(w.Ask))
	keys := make([]consent.VerifierKey, 0, len(w.Ask))
	for _, text := range w.Ask {
		address, rest, _ := strings.Cut(strings.TrimSpace(text), " ")
		key, err := consent.ParseVerifierKey(strings.TrimSpace(rest))
		if err != nil {
			return nil, consent.Quorum{}, err
		}
		if address, err = witnessAddress(address); err != nil {
			return nil, consent.Quorum{}, err
		}
		peers, keys = append(peers, WitnessPeer{address, key}), append(keys, key)
	}
	quorum, err := consent.NewQuorum(keys, w.Required)
	return peers, quorum, err
}

// witnessAddress reads the address of a witness. What is signed is no secret, but
// whoever could change the answers could keep them away.
func witnessAddress(text string) (string, error) {
	parsed, err := url.Parse(text)
	if err != nil || parsed.Hostname() == "" || parsed.User != nil || strings.ContainsAny(text, "?#") {
		return "", consent.Errorf(consent.Invalid, "bad_address", "The address of a witness is scheme, host and path, and nothing else.")
	}
	if parsed.Scheme != "https" && (parsed.Scheme != "http" || !isOwnMachine(parsed.Hostname())) {
		return "", consent.Errorf(consent.Invalid, "bad_address", "The address of the witness at %s does not begin with https.", parsed.Hostname())
	}
	return strings.TrimSuffix(text, "/"), nil
}

func (c *Config) validateWitness(check *checker) {
	problem := func(path string, err error) {
		if err != nil {
			check.require(false, path, "bad_witness", err.Error(), "Take what \"samtykke log witness\" shows on the other server.")
		}
	}
	_, err := c.Witness.Watched()
	problem("witness.watch", err)
	_, _, err = c.Witness.Peers()
	problem("witness.ask", err)
	check.require(len(c.Witness.Ask) > 0 || c.Witness.Required == 0, "witness.required", "needs_witnesses",
		"Signatures are required of nobody.", "Set witness.ask too, or leave both out.")
	known := c.Public.URL != "" || len(c.Witness.Ask)+len(c.Witness.Watch) == 0
	check.require(known, "public.url", "needs_url",
		"Witnesses know a server by its address.", "Set public.url, such as https://samtykke.example.no.")
}
