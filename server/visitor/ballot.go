package visitor

import (
	"context"
	"slices"

	lru "github.com/hashicorp/golang-lru/v2"

	"github.com/samtykke/samtykke/consent"
)

// verdictsKept is how many different answers a ballot remembers the verdict
// of. Most visitors give one of two or three.
const verdictsKept = 256

// ballotKey names a Bundle, whose content never changes.
type ballotKey struct {
	site   consent.SiteKey
	bundle consent.BundleID
}

// ballot is what a Decision is judged by: the Notice that the Bundle showed.
type ballot struct {
	notice     *consent.Notice
	bundleHash consent.Hash
	// hashes are both hashes in hexadecimal, as a receipt has them.
	noticeHex, bundleHex string
	// reportable are the "service/pattern" names that a Finding may have.
	reportable map[string]bool
	verdicts   *lru.Cache[string, consent.State]
}

// ballot gives what a Bundle asked, or Invalid (unknown_bundle).
func (v *Visitor) ballot(ctx context.Context, site consent.SiteKey, id consent.BundleID) (*ballot, error) {
	key := ballotKey{site, id}
	if found, ok := v.ballots.Get(key); ok {
		return found, nil
	}
	bundle, err := v.Store.Bundle(ctx, site, id)
	if err != nil {
		if consent.KindOf(err) == consent.NotFound {
			return nil, consent.Errorf(consent.Invalid, "unknown_bundle",
				"This server never gave out that bundle for this site. Reload the page to get the current one.")
		}
		return nil, err
	}
	shown, err := v.Store.Notice(ctx, site, bundle.Notice)
	if err != nil {
		return nil, err
	}
	verdicts, err := lru.New[string, consent.State](verdictsKept)
	if err != nil {
		return nil, err
	}
	found := &ballot{
		notice: shown, bundleHash: bundle.Hash,
		noticeHex: shown.Hash.String(), bundleHex: bundle.Hash.String(),
		reportable: map[string]bool{}, verdicts: verdicts,
	}
	for i := range shown.Draft.Services {
		service := &shown.Draft.Services[i]
		for j := range service.Cookies {
			found.reportable[string(service.Key)+"/"+service.Cookies[j].Pattern.Name] = true
		}
	}
	v.ballots.Add(key, found)
	return found, nil
}

// judge derives the State of a claim. The verdict on the same answers by the
// same method is remembered; answers that break a rule are judged each time.
func (b *ballot) judge(c *claim) (consent.State, error) {
	if !slices.Contains(b.notice.Draft.Site.Languages, c.language) {
		return "", consent.Errorf(consent.Invalid, "unknown_language",
			"This notice is not published in that language. Send one of the site's languages.")
	}
	key := string(c.method) + string(c.answers)
	if state, ok := b.verdicts.Get(key); ok {
		return state, nil
	}
	state, err := b.notice.Draft.Judge(c.choice, c.method)
	if err != nil {
		return "", err
	}
	b.verdicts.Add(key, state)
	return state, nil
}
