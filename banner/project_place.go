package banner

import (
	"slices"
	"strconv"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// placeNotice is what placeholders say in one language. Its fields become the
// exports of the module "samtykke:place".
type placeNotice struct {
	Lang    consent.Language             `json:"lang"`
	Heading int                          `json:"heading"`
	Places  map[consent.ServiceKey]place `json:"places"`
	Once    string                       `json:"once"`
	Always  string                       `json:"always"`
	Link    string                       `json:"link"`
	On      string                       `json:"on"`
}

// place is what a placeholder says of a service.
type place struct {
	Name    string `json:"name"`
	Purpose string `json:"purpose"`
	Tells   string `json:"tells"` // who receives data, and all that a yes grants
	Warning string `json:"warning,omitempty"`
	Link    string `json:"link,omitempty"`
}

// placeProgram gives the placeholders of one language.
func placeProgram(notice *consent.Notice, said *consent.Translation, lang consent.Language) program {
	draft := &notice.Draft
	texts := worded(said, lang, draft.Site.Wording)
	projected := placeNotice{
		Lang: lang, Heading: draft.Site.Heading, Places: map[consent.ServiceKey]place{},
		Once: texts["place_once"], Always: texts["place_always"], Link: texts["place_link"], On: texts["place_on"],
	}
	for _, key := range placeKeys(draft) {
		projected.Places[key] = placeOf(draft, draft.Service(key), said, lang, texts)
	}
	return program{
		entry: "placeholder.ts", format: module,
		modules: map[string]any{"place": projected},
		defines: map[string]string{
			"POLICY": strconv.FormatBool(draft.Site.PolicyMode), "AUTOMATIC": "false", "YOUTUBE": strconv.FormatBool(draft.ShowsYouTube()), "DIR": strconv.Quote(direction(&draft.Site, lang)),
		},
		style:  placeLook(draft.Site.Look),
		finish: ownFont(draft.Site.Look) + ownColours(draft.Site.Look, ".place") + darkAccent(draft.Site.Look),
	}
}

func placeOf(draft *consent.Draft, service *consent.Service, said *consent.Translation, lang consent.Language, texts map[string]string) place {
	name, _ := service.Name.In(lang)
	purpose, _ := service.Purpose.In(lang)
	warning, _ := service.Warning.In(lang)
	grants := granted(draft, service, lang)
	fill := strings.NewReplacer("{to}", said.List(recipients(service, lang)), "{grants}", said.List(grants)).Replace
	tells := fill(texts["place_text"])
	if len(grants) > 1 {
		tells += " " + fill(texts["place_grants"])
	}
	return place{Name: name, Purpose: purpose, Tells: tells, Warning: warning, Link: service.Link}
}

// placeKeys gives the services that a placeholder may stand in for: those that
// are asked for in place, and those of the banner with content of their own.
func placeKeys(draft *consent.Draft) []consent.ServiceKey {
	keys := linkedServices(draft)
	for _, unit := range draft.Asks() {
		if unit.Service != "" {
			keys = append(keys, unit.Service)
		}
	}
	return keys
}

// linkedServices gives the services of the banner that have content of their
// own: it can be opened at the provider instead, or carries a warning.
func linkedServices(draft *consent.Draft) []consent.ServiceKey {
	keys := []consent.ServiceKey{}
	for i := range draft.Services {
		service := &draft.Services[i]
		if service.Ask == consent.AskBanner && len(service.Refs()) > 0 && (service.Link != "" || len(service.Warning) > 0) {
			keys = append(keys, service.Key)
		}
	}
	return keys
}

// granted names the categories that a yes to a service grants.
func granted(draft *consent.Draft, service *consent.Service, lang consent.Language) []string {
	refs := service.Refs()
	names := make([]string, 0, len(refs))
	for _, ref := range refs {
		key, _ := ref.Split()
		name, _ := draft.Category(key).Name.In(lang)
		names = append(names, name)
	}
	return names
}

// recipients names the companies that receive data through a service.
func recipients(service *consent.Service, lang consent.Language) []string {
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
	return companies
}
