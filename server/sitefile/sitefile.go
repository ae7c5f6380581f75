// Package sitefile reads a site file that is to take the place of a site's draft.
package sitefile

import (
	"encoding/json"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
)

// Next is what a site file makes of a draft.
type Next struct {
	Draft *consent.Draft
	// Problems are everything that is wrong with it, warnings among them.
	Problems consent.Problems
	// OtherSite and OtherOrganisation are whose the file is when it is not of this
	// draft's; "" otherwise.
	OtherSite         consent.SiteKey
	OtherOrganisation consent.OrganisationID
}

// Read reads a site file, YAML or JSON, that is to take the place of a draft. The
// error is that of config.ParseSiteOn. The Organisation stays as it is: it is changed
// where all of its sites are.
func Read(content []byte, draft *consent.Draft, today consent.Day) (*Next, error) {
	read, problems, err := config.ParseSiteOn(content, today)
	if err != nil {
		return nil, err
	}
	next := &Next{Draft: read, Problems: problems}
	switch {
	case read.Site.Key != "" && read.Site.Key != draft.Site.Key:
		next.OtherSite = read.Site.Key
	case read.Organisation.ID != "" && read.Organisation.ID != draft.Organisation.ID:
		next.OtherOrganisation = read.Organisation.ID
	}
	read.Organisation = draft.Organisation
	return next, nil
}

// Keep leaves how long answers hold and are kept as they are in a draft, in the one
// that is to take its place. It says whether it had to.
func Keep(draft, next *consent.Draft) bool {
	now, then := &draft.Site, &next.Site
	differs := then.Validity != now.Validity || then.Retention != now.Retention || then.Refusals != now.Refusals
	then.Validity, then.Retention, then.Refusals = now.Validity, now.Retention, now.Refusals
	return differs
}

// Same says whether two drafts say the same.
func Same(a, b *consent.Draft) bool {
	one, err := json.Marshal(a)
	if err != nil {
		return false
	}
	other, err := json.Marshal(b)
	return err == nil && string(one) == string(other)
}
