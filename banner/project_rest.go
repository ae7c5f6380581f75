package banner

import (
	"maps"
	"slices"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// restNotice is what placeholders say in one language. Its fields become the
// exports of the module "samtykke:rest".
type restNotice struct {
	Lang    consent.Language             `json:"lang"`
	Heading int                          `json:"heading"`
	Places  map[consent.ServiceKey]place `json:"places"`
	Texts   map[string]string            `json:"texts"`
}

type place struct {
	Name    string `json:"name"`
	To      string `json:"to"` // the companies that receive data
	Warning string `json:"warning,omitempty"`
	Link    string `json:"link,omitempty"`
}

// restProgram gives the rest of one language: what most pages do without.
func restProgram(notice *consent.Notice, lang consent.Language) (program, error) {
	draft := &notice.Draft
	texts, err := fixedTexts(lang, "", draft.Site.Wording)
	if err != nil {
		return program{}, err
	}
	maps.DeleteFunc(texts, func(key, _ string) bool { return !strings.HasPrefix(key, "place_") })
	projected := restNotice{Lang: lang, Heading: draft.Site.Heading, Places: map[consent.ServiceKey]place{}, Texts: texts}
	for _, key := range placeKeys(draft) {
		service := draft.Service(key)
		name, _ := service.Name.In(lang)
		warning, _ := service.Warning.In(lang)
		projected.Places[key] = place{Name: name, To: recipients(service, lang), Warning: warning, Link: service.Link}
	}
	return program{
		entry: "rest.ts", format: module,
		modules: map[string]any{"rest": projected},
		style:   look(draft.Site.Look), defines: map[string]string{},
	}, nil
}

// placeKeys gives the services that stand visibly in a page: those that are
// asked for in place, and those with content of their own that a visitor may
// open at the provider instead.
func placeKeys(draft *consent.Draft) []consent.ServiceKey {
	keys := []consent.ServiceKey{}
	for i := range draft.Services {
		service := &draft.Services[i]
		asked := service.Ask == consent.AskInPlace || service.Ask == consent.AskBanner && service.Link != ""
		if asked && len(service.Refs()) > 0 {
			keys = append(keys, service.Key)
		}
	}
	return keys
}

// recipients names the companies that receive data through a service.
func recipients(service *consent.Service, lang consent.Language) string {
	var companies []string
	for _, provider := range append([]consent.Provider{service.Provider}, service.Recipients...) {
		name := provider.Name
		if name == "" {
			name, _ = service.Name.In(lang) // the company is still to be found out
		}
		if !slices.Contains(companies, name) {
			companies = append(companies, name)
		}
	}
	return list(companies, lang)
}
