package notify

import (
	"context"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// lost tells once of each address whose proof of control is not found any more, and
// until when it holds.
func (w *watch) lost(ctx context.Context, sites []consent.SiteEntry, names map[consent.SiteKey]string, now time.Time) ([]cause, error) {
	proofs, err := w.Store.OriginProofs(ctx, w.whose)
	if err != nil {
		return nil, err
	}
	kept, gone := map[consent.OrganisationID][]consent.OriginProof{}, map[consent.OrganisationID][]consent.OriginProof{}
	for i := range proofs {
		whose := proofs[i].Organisation
		switch {
		case proofs[i].Fault == "":
			kept[whose] = append(kept[whose], proofs[i])
		case proofs[i].Holds(now):
			gone[whose] = append(gone[whose], proofs[i])
		}
	}
	var all []cause
	for _, site := range sites {
		if len(gone[site.Organisation]) == 0 {
			continue // the draft is not read in vain
		}
		draft, err := w.Store.Draft(ctx, site.Key)
		if err != nil {
			return all, err
		}
		for _, origin := range consent.UnprovenOrigins(&draft.Site, kept[site.Organisation], now) {
			proof := consent.ProvenOrigin(origin, gone[site.Organisation], now)
			if proof == nil {
				continue
			}
			until := proof.Proven.Add(consent.ProofLasts)
			end, link := until.UTC(), w.page(site.Key, "/settings")
			all = append(all, cause{
				items: []Item{{Site: site.Key, At: proof.Checked.UTC(), Link: link, Origin: origin, Until: &end}}, kind: control, key: "control " + string(site.Key) + " " + origin + " " + until.Format(time.DateOnly), site: names[site.Key],
				line: w.words.fill("control_line", "site", names[site.Key], "origin", oneLine(origin, maxName), "until", consent.DayOf(until).Words(w.lang),
					"link", link),
			})
		}
	}
	return all, nil
}
