package auditing

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// remembered is what a restart does not forget: numbers alone. What an audit says of a
// fault may name a Decision, which may be erased meanwhile.
type remembered struct {
	Sites  []rememberedSite               `json:"sites"`
	Trails map[consent.OrganisationID]int `json:"trails"`
}

type rememberedSite struct {
	Site      consent.SiteKey `json:"site"` // "" for an audit of all
	Ended     time.Time       `json:"ended"`
	Leaves    int64           `json:"leaves"`
	Records   int64           `json:"records"`
	Removed   int64           `json:"removed"`
	Faults    int             `json:"faults"`
	More      bool            `json:"more"`
	Shared    int             `json:"shared"`
	Warnings  int             `json:"warnings"`
	Unsigning int             `json:"unsigning"`
}

// Remember names the file that keeps the numbers of the last audits, and recalls what it
// holds. One that cannot be read holds nothing: then all is audited again.
func (a *Audits) Remember(path string) {
	var kept remembered
	text, err := os.ReadFile(path) //nolint:gosec // the path is beside the database
	if err == nil {
		err = json.Unmarshal(text, &kept)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		a.log.Warn("what the last audits found is forgotten, and all is audited again", "error", err)
		kept = remembered{}
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.path = path
	for _, each := range kept.Sites {
		a.state(each.Site).Last = &Result{
			Ended: each.Ended, Leaves: each.Leaves, Records: each.Records, Removed: each.Removed, More: each.More, Shared: each.Shared,
			Unlisted: Unlisted{each.Faults, each.Warnings, each.Unsigning},
		}
	}
	for whose, n := range kept.Trails {
		a.flawed[whose] = n
	}
}

// remember writes the numbers of the last audits down.
func (a *Audits) remember(ctx context.Context) {
	a.mu.Lock()
	path, kept := a.path, remembered{Trails: a.flawed}
	for site, state := range a.states {
		if last := state.Last; last != nil {
			kept.Sites = append(kept.Sites, rememberedSite{
				site, last.Ended, last.Leaves, last.Records, last.Removed, last.Count(), last.More, last.Shared, last.Warnings(), len(last.Unsigning) + last.Unlisted.Unsigning,
			})
		}
	}
	text, err := json.Marshal(kept)
	a.mu.Unlock()
	if path == "" {
		return
	}
	if err == nil {
		err = replace(path, text)
	}
	if err != nil {
		a.log.WarnContext(ctx, "what was audited could not be written down; after a restart it is audited again", "error", err)
	}
}

// replace puts a whole file in place of the old one.
func replace(path string, text []byte) error {
	part, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	_, err = part.Write(text)
	err = errors.Join(err, part.Close())
	if err == nil {
		err = os.Rename(part.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(part.Name()))
	}
	return nil
}
