package organising

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// NewSite is a site that somebody asks for.
type NewSite struct {
	Organisation consent.Organisation
	Key          consent.SiteKey // "" for one that is made of the name
	Name         string
	Origin       string // as people write it
	Languages    []consent.Language
}

// UsualLanguages are those of a site of which nobody says which it has.
var UsualLanguages = []consent.Language{consent.Bokmaal, consent.Nynorsk, consent.English}

// siteFields are the fields of a NewSite, by where a draft has them.
var siteFields = map[string]string{"site.key": "key", "site.name": "name", "site.languages": "languages", "site.origins": "origin"}

// Add makes the site, with what every public body would write the same, and gives its
// key. What is wrong goes by the fields: only what cannot be mended in the draft
// afterwards, or would be in the way at once.
func (n *NewSite) Add(ctx context.Context, store consent.Store, now time.Time) (consent.SiteKey, consent.Problems, error) {
	draft := consent.Begin(n.Organisation, cmp.Or(n.Key, shortKey(n.Name, 1)), n.Name, consent.UnderstoodOrigin(n.Origin), n.Languages)
	if faults := n.faults(&draft); len(faults) > 0 {
		return "", faults, nil
	}
	if same, err := n.isThere(ctx, store, &draft); err != nil || same {
		return "", consent.Problems{fault("origin", "same_site", "There is a site with this name and this address already.", "Use that one. If you mean another one, choose a short name (key) for it.")}, err
	}
	err := store.ReplaceDraft(about(ctx, draft.Site.Key), &draft, 0, now)
	for i := 2; n.Key == "" && consent.KindOf(err) == consent.Conflict && i < mostAlike; i++ {
		draft.Site.Key = shortKey(n.Name, i)
		err = store.ReplaceDraft(about(ctx, draft.Site.Key), &draft, 0, now)
	}
	if consent.KindOf(err) == consent.Conflict {
		return "", consent.Problems{fault("key", "key_taken", "There is a site with this key already.", "Choose another one.")}, nil
	}
	return draft.Site.Key, nil, err
}

// isThere says whether the organisation has a site of this name at this address. A form
// that is sent twice must not make two; who has chosen a key means another one.
func (n *NewSite) isThere(ctx context.Context, store consent.Store, draft *consent.Draft) (bool, error) {
	if n.Key != "" {
		return false, nil
	}
	all, err := store.Sites(ctx)
	if err != nil {
		return false, err
	}
	for i := range all {
		if all[i].Organisation != n.Organisation.ID || !called(all[i].Name, n.Name) {
			continue
		}
		other, err := store.Draft(ctx, all[i].Key)
		if err != nil {
			return false, err
		}
		if origin := draft.Site.Origins[0]; other.Site.AllowsOrigin(origin) || slices.Contains(other.Site.Origins, origin) { // which may be a wildcard
			return true, nil
		}
	}
	return false, nil
}

// called says whether something has a name, in any language.
func called(names consent.Text, name string) bool {
	for _, each := range names {
		if strings.EqualFold(each, name) {
			return true
		}
	}
	return false
}

// about has the audit trail know which site it is.
func about(ctx context.Context, key consent.SiteKey) context.Context {
	act, is := consent.ActOf(ctx)
	if !is {
		return ctx
	}
	act.Site = key
	return consent.WithAct(ctx, act)
}

func fault(path, code, message, repair string) consent.Problem {
	return consent.Problem{Path: path, Severity: consent.Fault, Code: code, Message: message, Repair: repair}
}

// faults gives the first one of each field.
func (n *NewSite) faults(draft *consent.Draft) consent.Problems {
	var faults consent.Problems
	seen := map[string]bool{}
	if n.Name == "" {
		faults, seen["name"] = append(faults, fault("name", "missing", "The site has no name.", "Write what visitors call it.")), true
	}
	for _, p := range draft.Validate().Faults() {
		for path, field := range siteFields {
			if (p.Path == path || strings.HasPrefix(p.Path, path+".")) && !seen[field] {
				p.Path, seen[field] = field, true
				faults = append(faults, p)
			}
		}
	}
	if n.Key != "" || !seen["name"] {
		return faults
	}
	var others consent.Problems
	for _, p := range faults {
		if p.Path != "key" { // which follows from the name, whose fault is said
			others = append(others, p)
		}
	}
	return others
}

// shortKey suggests the key of a site from its name, with a number after it when
// others have it.
func shortKey(name string, n int) consent.SiteKey {
	return consent.SiteKey(Numbered(string(consent.ShortName(name)), n))
}

// Numbered gives a short name with a number after it, the first one without.
func Numbered(base string, n int) string {
	tail := ""
	if n > 1 {
		tail = "-" + strconv.Itoa(n)
	}
	return base[:min(len(base), MaxShortName-len(tail))] + tail
}
