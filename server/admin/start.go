package admin

import "github.com/samtykke/samtykke/consent"

// guide leads a newcomer to the first site: name the organisation, add a site,
// paste the tag.
type guide struct {
	Step int
	URL  string // of the step that is next
}

// guideOf says where a person stands, or nil when there is nothing to guide to:
// they cannot go on alone, or are through.
func (r *request) guideOf(organisations []organisationEntry, any bool) *guide {
	if !any {
		if r.account.Operator {
			return &guide{Step: 1, URL: "/organisations/new"}
		}
		return nil
	}
	var first *consent.SiteEntry
	for _, o := range organisations {
		for i := range o.Sites {
			if o.Sites[i].Notice > 0 {
				return nil
			}
			if first == nil && r.account.Role(o.ID).May(consent.MayPublish) {
				first = &o.Sites[i].SiteEntry
			}
		}
	}
	if first != nil {
		return &guide{Step: 3, URL: "/sites/" + string(first.Key)}
	}
	for _, o := range organisations {
		if r.account.Role(o.ID).May(consent.MayAdminister) {
			return &guide{Step: 2, URL: "/organisations/" + string(o.ID) + "/sites/new"}
		}
	}
	return nil
}
