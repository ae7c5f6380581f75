package banner

import (
	"slices"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// mainNotice is what the main file needs of a Notice. Its fields become the
// exports of the module "samtykke:notice": what the code does not import is left
// out of the file.
type mainNotice struct {
	Site      consent.SiteKey      `json:"site"`
	Notice    consent.NoticeNumber `json:"notice"`
	Bundle    consent.BundleID     `json:"bundle"`
	Languages []consent.Language   `json:"languages"`
	// Validity is how long an answer holds, in seconds.
	Validity int64     `json:"validity"`
	Heading  int       `json:"heading"`
	Units    []askUnit `json:"units"`
	// Stored is what a denied service may have left on the device.
	Stored []storedItem `json:"stored"`
	// Staying names, per service, what page script cannot remove.
	Staying map[consent.ServiceRef][]string `json:"staying"`
	// Kept are expressions for names that are never removed, where an
	// expression in Stored would match them too.
	Kept  []string                               `json:"kept"`
	Texts map[consent.Language]map[string]string `json:"texts"`
}

type askUnit struct {
	Category consent.CategoryKey  `json:"category"`
	Service  consent.ServiceKey   `json:"service,omitempty"`
	Sum      string               `json:"sum"`
	Refs     []consent.ServiceRef `json:"refs"`
}

// project gives what the main file needs of a Notice.
func project(notice *consent.Notice) (*mainNotice, error) {
	draft := &notice.Draft
	texts, err := firstTexts(draft)
	if err != nil {
		return nil, err
	}
	stored, kept, err := storedItems(draft)
	if err != nil {
		return nil, err
	}
	return &mainNotice{
		Site: draft.Site.Key, Notice: notice.Number, Bundle: ID(notice),
		Languages: draft.Site.Languages, Validity: seconds(draft.Site.Validity), Heading: draft.Site.Heading,
		Units: units(draft), Stored: stored, Staying: stayingNames(draft), Kept: kept, Texts: texts,
	}, nil
}

// units gives what is asked. The services of a unit are in the order of their
// names, because the answer cookie refers to them by their place.
func units(draft *consent.Draft) []askUnit {
	asked := []askUnit{}
	for _, unit := range draft.Asks() {
		refs := slices.Clone(unit.Refs)
		slices.Sort(refs)
		asked = append(asked, askUnit{Category: unit.Category, Service: unit.Service, Sum: unit.Checksum, Refs: refs})
	}
	return asked
}

// seconds gives the length of a Lifetime.
func seconds(lifetime consent.Lifetime) int64 {
	start := time.Unix(0, 0).UTC()
	return int64(lifetime.After(start).Sub(start) / time.Second)
}

// links are the addresses of a Site's own pages in one language.
type links struct {
	Declaration string `json:"declaration"` // empty: Samtykke's own page
	Privacy     string `json:"privacy"`
}
