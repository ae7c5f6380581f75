package banner

import (
	"fmt"
	"slices"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// storedItem is one thing that the main file removes.
type storedItem struct {
	Kind consent.StorageKind `json:"kind,omitempty"` // absent: a cookie
	Name string              `json:"name"`           // as in the inventory
	// Match is the expression for the names on the device, absent when that is
	// Name itself.
	Match string `json:"match,omitempty"`
	// Flags is "i" when upper and lower case are the same.
	Flags string `json:"flags,omitempty"`
	// Left says that its service is gone: it is removed in every state.
	Left bool               `json:"left,omitempty"`
	Ref  consent.ServiceRef `json:"ref"`
}

// storedItems gives what a denied service may leave on the device, and the
// expressions of necessary names that one of those would match too.
func storedItems(draft *consent.Draft) (items []storedItem, kept []string, err error) {
	items, kept = []storedItem{}, []string{}
	var wide []consent.Pattern
	necessary := necessaryPatterns(draft)
	for i := range draft.Services {
		service := &draft.Services[i]
		for j := range service.Cookies {
			cookie := &service.Cookies[j]
			if cookie.CategoryIn(service) == consent.Necessary || cookie.Kind == consent.KindPixel || outOfReach(cookie) || protects(necessary, cookie.Pattern) {
				continue
			}
			item, err := storedItemOf(service, cookie)
			if err != nil {
				return nil, nil, fmt.Errorf("%s: %w", service.Key, err)
			}
			items = append(items, item)
			if cookie.Pattern.Match != consent.MatchExact {
				wide = append(wide, cookie.Pattern)
			}
		}
	}
	for _, pattern := range necessary {
		if !slices.ContainsFunc(wide, func(w consent.Pattern) bool { return overlap(w, pattern) }) {
			continue
		}
		match, err := expression(pattern)
		if err != nil {
			return nil, nil, err
		}
		kept = append(kept, match)
	}
	return items, kept, nil
}

func storedItemOf(service *consent.Service, cookie *consent.Cookie) (storedItem, error) {
	item := storedItem{
		Ref: consent.Ref(cookie.CategoryIn(service), service.Key), Name: cookie.Pattern.Name,
		Left: cookie.Status == consent.StatusResidual,
	}
	if cookie.Kind != consent.KindCookie {
		item.Kind = cookie.Kind
	}
	if cookie.Pattern.AnyCase {
		item.Flags = "i"
	}
	match, err := expression(cookie.Pattern)
	if match != item.Name {
		item.Match = match
	}
	return item, err
}

// outOfReach says that page script can neither see nor remove it.
func outOfReach(cookie *consent.Cookie) bool {
	return cookie.HTTPOnly || cookie.Party == consent.ThirdParty
}

// stayingNames gives, for each consent to a service, what only the visitor can
// remove when it is taken back. A third party that is asked for nothing without
// consent has set its necessary cookies with it, too.
func stayingNames(draft *consent.Draft) map[consent.ServiceRef][]string {
	names := map[consent.ServiceRef][]string{}
	for i := range draft.Services {
		service := &draft.Services[i]
		for j := range service.Cookies {
			cookie := &service.Cookies[j]
			if cookie.Kind == consent.KindPixel || !outOfReach(cookie) || draft.Site.SameOrigin && cookie.Party != consent.ThirdParty {
				continue // what is HttpOnly, the site's own server removes
			}
			refs := []consent.ServiceRef{consent.Ref(cookie.CategoryIn(service), service.Key)}
			if cookie.CategoryIn(service) == consent.Necessary {
				if service.Basis != consent.BasisConsent || cookie.Party != consent.ThirdParty {
					continue
				}
				refs = service.Refs()
			}
			for _, ref := range refs {
				names[ref] = append(names[ref], cookie.Pattern.Name)
			}
		}
	}
	return names
}

func necessaryPatterns(draft *consent.Draft) []consent.Pattern {
	var patterns []consent.Pattern
	for i := range draft.Services {
		service := &draft.Services[i]
		for j := range service.Cookies {
			if cookie := &service.Cookies[j]; cookie.CategoryIn(service) == consent.Necessary {
				patterns = append(patterns, cookie.Pattern)
			}
		}
	}
	return patterns
}

// protects says that an exact name belongs to something necessary as well, so
// that it is never removed.
func protects(necessary []consent.Pattern, pattern consent.Pattern) bool {
	return pattern.Match == consent.MatchExact && slices.ContainsFunc(necessary, func(n consent.Pattern) bool {
		return n.Matches(pattern.Name)
	})
}

// overlap says that a name may match both patterns. It is sure of names and
// prefixes, and says yes to expressions.
func overlap(wide, necessary consent.Pattern) bool {
	switch {
	case necessary.Match == consent.MatchExact:
		return wide.Matches(necessary.Name) || slices.ContainsFunc(necessary.Aliases, wide.Matches)
	case necessary.Match == consent.MatchPrefix && wide.Match == consent.MatchPrefix:
		a, b := strings.ToLower(necessary.Name), strings.ToLower(wide.Name)
		return strings.HasPrefix(a, b) || strings.HasPrefix(b, a)
	default:
		return true
	}
}
