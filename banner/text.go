package banner

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// firstTexts gives the fixed texts that the main file shows, per language: the
// site's own wording where it has one, without what this site never shows, and
// with everything filled in that does not change from page to page.
func firstTexts(draft *consent.Draft, said consent.Translations) map[consent.Language]map[string]string {
	texts := make(map[consent.Language]map[string]string, len(draft.Site.Languages))
	for _, lang := range draft.Site.Languages {
		all := worded(said.In(lang), lang, draft.Site.Wording)
		shown := make(map[string]string, len(all))
		fill := strings.NewReplacer("{controller}", said.In(lang).Isolate(draft.Organisation.Name), "{recipients}", strconv.Itoa(len(recipientNames(draft))))
		for key, text := range shownTexts(draft, all) {
			shown[key] = fill.Replace(text)
		}
		addOwnTexts(draft, lang, shown)
		if draft.Site.Look.Placement == consent.PlacementDialog && len(askedCategories(draft)) > 0 {
			shown["close"] = said.In(lang).Panel["close"]
		}
		texts[lang] = shown
	}
	return texts
}

// firstLayerTexts are those that the code of the first layer names.
var firstLayerTexts = []string{
	"accept", "close", "declaration", "declaration_at", "details", "gpc", "heading", "intro", "logo", "necessary",
	"open", "privacy", "privacy_at", "purpose", "reject", "save", "saved", "withdraw", "withdrawn",
}

// tabulate gives the names of the texts, sorted, and each language's texts in
// their order. What a language does not have is empty.
func tabulate(texts map[consent.Language]map[string]string) (keys []string, columns map[consent.Language][]string) {
	named := map[string]bool{}
	for _, own := range texts {
		for key := range own {
			named[key] = true
		}
	}
	keys = slices.Sorted(maps.Keys(named))
	columns = make(map[consent.Language][]string, len(texts))
	for lang, own := range texts {
		for _, key := range keys {
			columns[lang] = append(columns[lang], own[key])
		}
	}
	return keys, columns
}

// addOwnTexts adds what the site itself says of its categories, and where its
// pages are.
func addOwnTexts(draft *consent.Draft, lang consent.Language, texts map[string]string) {
	asked := askedCategories(draft)
	for _, key := range asked {
		category := draft.Category(key)
		purpose, _ := category.Purpose.In(lang)
		if len(asked) == 1 {
			texts["purpose"] = purpose
			continue
		}
		texts["purpose_"+string(key)] = purpose
		texts["name_"+string(key)], _ = category.Name.In(lang)
	}
	if draft.Site.Look.Logo != nil && len(asked) > 0 {
		texts["logo"], _ = draft.Site.Look.Logo.Text.In(lang)
	}
	for key, address := range map[string]consent.Text{"privacy_at": draft.Site.Privacy, "declaration_at": draft.Site.Declaration} {
		if at, _ := address.In(lang); at != "" && len(asked) > 0 {
			texts[key] = at
		}
	}
}

// worded gives the banner's texts with the site's own wording over them.
func worded(said *consent.Translation, lang consent.Language, wording map[string]consent.Text) map[string]string {
	texts := maps.Clone(said.Banner)
	for key := range texts {
		if own, in := wording[key].In(lang); own != "" && in == lang {
			texts[key] = own
		}
	}
	return texts
}

// shownTexts leaves the texts that the site's questions need. Keys of one
// question end in "_one", those of several in "_many"; the heading of a single
// question is the one of its category, if there is one.
func shownTexts(draft *consent.Draft, all map[string]string) map[string]string {
	asked := askedCategories(draft)
	ending, other := "_one", "_many"
	if len(asked) > 1 {
		ending, other = other, ending
	}
	shown := map[string]string{}
	for key, text := range all {
		switch {
		case strings.HasPrefix(key, "heading_") || inRest(key) || strings.HasSuffix(key, other):
		case len(asked) == 0 && firstLayerOnly[strings.TrimSuffix(key, ending)]:
		default:
			shown[strings.TrimSuffix(key, ending)] = text
		}
	}
	if len(asked) > 0 {
		shown["heading"] = all["heading"+ending]
	}
	if domain := draft.Site.CookieDomain; domain != "" && len(asked) > 0 {
		shown["necessary"] += " " + strings.ReplaceAll(shown["shared"], "{domain}", domain)
	}
	delete(shown, "shared")
	if len(asked) == 1 {
		if own, ok := all["heading_"+string(asked[0])]; ok {
			shown["heading"] = own
		}
	}
	return shown
}

// firstLayerOnly are the texts that a site without a question never shows.
var firstLayerOnly = map[string]bool{
	"intro": true, "details": true, "necessary": true, "declaration": true, "privacy": true,
	"accept": true, "reject": true, "save": true, "gpc": true,
}

// askedCategories gives the categories that the banner asks for.
func askedCategories(draft *consent.Draft) (asked []consent.CategoryKey) {
	for _, unit := range draft.Asks() {
		if unit.Service == "" {
			asked = append(asked, unit.Category)
		}
	}
	return asked
}

// recipientNames gives every company that a yes in the banner lets receive data.
func recipientNames(draft *consent.Draft) map[string]bool {
	names := map[string]bool{}
	for i := range draft.Services {
		service := &draft.Services[i]
		if service.Ask != consent.AskBanner || len(service.Refs()) == 0 {
			continue
		}
		for _, provider := range append([]consent.Provider{service.Provider}, service.Recipients...) {
			name := provider.Name
			if name == "" {
				name = string(service.Key) // a company, still unnamed
			}
			names[name] = true
		}
	}
	return names
}
