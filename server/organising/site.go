package organising

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// mostSitesAlike is how many sites get a key of one and the same name.
const mostSitesAlike = 100

// NewSite is a site that is to be made, as people write it.
type NewSite struct {
	Organisation consent.Organisation
	Name, Origin string
	Key          consent.SiteKey // "" for one that is made of the name
	Languages    []consent.Language
}

// draft gives the draft that it begins with: what every public body would write the same.
func (n *NewSite) draft(key consent.SiteKey) consent.Draft {
	return consent.Begin(n.Organisation, key, n.Name, consent.UnderstoodOrigin(n.Origin), n.Languages)
}

// newSiteFields are the fields that paths of a new site's problems are about.
var newSiteFields = map[string]string{"site.key": "key", "site.name": "name", "site.languages": "languages", "site.origins": "origin"}

// Faults gives what is wrong with a new site, by field (name, key, origin or languages):
// only what cannot be mended in the draft afterwards, or would be in the way at once.
func (n *NewSite) Faults() map[string]consent.Problem {
	key := n.Key
	if key == "" {
		key = shortKey(n.Name, 1)
	}
	draft, faults := n.draft(key), map[string]consent.Problem{}
	for _, p := range draft.Validate().Faults() {
		for path, field := range newSiteFields {
			if p.Path == path || strings.HasPrefix(p.Path, path+".") || strings.HasPrefix(p.Path, path+"[") {
				faults[field] = p
			}
		}
	}
	if strings.TrimSpace(n.Name) == "" {
		faults["name"] = consent.Problem{Path: "site.name", Severity: consent.Fault, Code: "missing_text", Message: "The site has no name.", Repair: "Write what the site is called."}
	}
	if _, unnamed := faults["name"]; unnamed && n.Key == "" {
		delete(faults, "key") // it follows from the name, whose fault is said
	}
	return faults
}

// Add makes a site that has no faults, and gives its key. Telling gives the context in
// which a site of that key is made. A key that was chosen and is taken is a Conflict; one
// that is made of the name gets a number.
func (n *NewSite) Add(ctx context.Context, store consent.DraftStore, telling func(context.Context, consent.SiteKey) context.Context, now time.Time) (consent.SiteKey, error) {
	key, own := n.Key, n.Key == ""
	if own {
		key = shortKey(n.Name, 1)
	}
	for tries := 2; ; tries++ {
		draft := n.draft(key)
		err := store.ReplaceDraft(telling(ctx, key), &draft, 0, now)
		if err == nil || !own || consent.KindOf(err) != consent.Conflict || tries == mostSitesAlike {
			return key, err
		}
		key = shortKey(n.Name, tries)
	}
}

// shortKey suggests the key of a site from its name, with a number after it when
// others have it.
func shortKey(name string, n int) consent.SiteKey {
	base, tail := string(consent.ShortName(name)), ""
	if n > 1 {
		tail = "-" + strconv.Itoa(n)
	}
	return consent.SiteKey(base[:min(len(base), MaxShortName-len(tail))] + tail)
}
