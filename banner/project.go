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
	// Categories are those that the banner asks for.
	Categories map[consent.CategoryKey]askCategory `json:"categories"`
	// Places are the services that may be asked for by a placeholder.
	Places map[consent.ServiceKey]place `json:"places"`
	// Stored is what a denied service may have left on the device.
	Stored []storedItem `json:"stored"`
	// Kept are expressions for names that are never removed, where an
	// expression in Stored would match them too.
	Kept  []string                               `json:"kept"`
	Links map[consent.Language]links             `json:"links"`
	Texts map[consent.Language]map[string]string `json:"texts"`
}

type askUnit struct {
	Category consent.CategoryKey  `json:"category"`
	Service  consent.ServiceKey   `json:"service,omitempty"`
	Sum      string               `json:"sum"`
	Refs     []consent.ServiceRef `json:"refs"`
}

type askCategory struct {
	Name    wording `json:"name"`
	Purpose wording `json:"purpose"`
}

type place struct {
	Name    wording `json:"name"`
	To      wording `json:"to"` // the companies that receive data
	Warning wording `json:"warning,omitzero"`
	Link    string  `json:"link,omitempty"`
}

type links struct {
	Declaration string `json:"declaration"` // empty: Samtykke's own page
	Privacy     string `json:"privacy"`
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
	p := &mainNotice{
		Site: draft.Site.Key, Notice: notice.Number, Bundle: ID(notice),
		Languages: draft.Site.Languages, Validity: seconds(draft.Site.Validity), Heading: draft.Site.Heading,
		Units: units(draft), Categories: map[consent.CategoryKey]askCategory{}, Places: places(draft),
		Stored: stored, Kept: kept, Links: map[consent.Language]links{}, Texts: texts,
	}
	for _, unit := range p.Units {
		if category := draft.Category(unit.Category); unit.Service == "" && category != nil {
			p.Categories[unit.Category] = askCategory{
				Name: wordingOf(category.Name, draft.Site.Languages), Purpose: wordingOf(category.Purpose, draft.Site.Languages),
			}
		}
	}
	for _, lang := range draft.Site.Languages {
		declaration, _ := draft.Site.Declaration.In(lang)
		privacy, _ := draft.Site.Privacy.In(lang)
		p.Links[lang] = links{Declaration: declaration, Privacy: privacy}
	}
	return p, nil
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

// places gives the services that stand visibly in a page: those that are asked
// for in place, and those with content of their own that a visitor may open at
// the provider instead.
func places(draft *consent.Draft) map[consent.ServiceKey]place {
	visible := map[consent.ServiceKey]place{}
	for i := range draft.Services {
		service := &draft.Services[i]
		asked := service.Ask == consent.AskInPlace || service.Ask == consent.AskBanner && service.Link != ""
		if asked && len(service.Refs()) > 0 {
			visible[service.Key] = place{
				Name:    wordingOf(service.Name, draft.Site.Languages),
				To:      recipients(service, draft.Site.Languages),
				Warning: wordingOf(service.Warning, draft.Site.Languages),
				Link:    service.Link,
			}
		}
	}
	return visible
}

// recipients names the companies that receive data through a service.
func recipients(service *consent.Service, languages []consent.Language) wording {
	names := make(wording, len(languages))
	for _, lang := range languages {
		var companies []string
		for _, provider := range append([]consent.Provider{service.Provider}, service.Recipients...) {
			if name := providerName(&provider, lang); name != "" && !slices.Contains(companies, name) {
				companies = append(companies, name)
			}
		}
		names[lang] = list(companies, lang)
	}
	return names
}

// providerName gives the company, or what the Draft says while it is missing.
func providerName(provider *consent.Provider, lang consent.Language) string {
	if provider.Name != "" {
		return provider.Name
	}
	missing, _ := provider.Missing.In(lang)
	return missing
}

// seconds gives the length of a Lifetime.
func seconds(lifetime consent.Lifetime) int64 {
	start := time.Unix(0, 0).UTC()
	return int64(lifetime.After(start).Sub(start) / time.Second)
}
