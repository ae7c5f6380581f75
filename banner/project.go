package banner

import (
	"slices"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// mainNotice is what the main file needs of a Notice. Its fields become the
// exports of the module "samtykke:notice": what the code does not import is left
// out of the file. Single words and numbers are defines instead, which stand in
// the code where they are needed.
type mainNotice struct {
	Site   consent.SiteKey      `json:"-"`
	Notice consent.NoticeNumber `json:"-"`
	Bundle consent.BundleID     `json:"-"`
	// Language is the one to speak where none is near the page's.
	Language consent.Language `json:"-"`
	// Near is the language for readers of each other one that is near it, and not
	// near the first.
	Near map[consent.Language]consent.Language `json:"near"`
	// RightToLeft are those of the languages that are written so.
	RightToLeft []consent.Language `json:"rtl"`
	// Validity is how long an answer holds, in seconds.
	Validity int64 `json:"-"`
	Heading  int   `json:"-"` // of the define HEADING
	Logs     bool  `json:"-"` // of the define LOGS
	Policy   bool  `json:"-"` // of the define POLICY
	// SameOrigin says that the site's own server keeps a copy of the answer.
	SameOrigin bool   `json:"-"` // of the define SAME_ORIGIN
	Domain     string `json:"-"` // of the define DOMAIN
	// Placement is where the question stands; of the defines OVER and DIALOG.
	Placement consent.Placement `json:"-"`
	// Logo is drawn above the question.
	Logo *drawn `json:"logo"`
	// Signals tell vendors' scripts of the answer.
	Signals consent.Signals `json:"signals"`
	Units   []askUnit       `json:"units"`
	// Needed are the services that have a necessary part.
	Needed []consent.ServiceKey `json:"needed"`
	// Hosts are those that automatic gating watches, each with the services that
	// name it.
	Hosts map[string][]consent.ServiceKey `json:"hosts"`
	// Never are, for a service, the beginnings of paths where it never runs.
	Never map[consent.ServiceKey][]string `json:"never"`
	// Places are the services of the banner with content of their own.
	Places []consent.ServiceKey `json:"places"`
	// YouTube says that films come from its host without cookies.
	YouTube bool `json:"-"` // of the define YOUTUBE
	// Stored is what a denied service may have left on the device.
	Stored []storedItem `json:"stored"`
	// Kept are expressions for names that are never removed, where an
	// expression in Stored would match them too.
	Kept []string `json:"kept"`
	// Texts are each language's, in the order of Keys, which the code knows by their
	// places: names would weigh as much as sentences.
	Keys  []string                      `json:"-"` // of the defines TEXTS
	Texts map[consent.Language][]string `json:"texts"`
}

type askUnit struct {
	Category consent.CategoryKey `json:"category,omitempty"` // of the banner only
	// Name and Purpose are the places of its texts, where there are several
	// categories. No text of theirs is the first.
	Name    int                  `json:"name,omitempty"`
	Purpose int                  `json:"purpose,omitempty"`
	Sum     string               `json:"sum"`
	Refs    []consent.ServiceRef `json:"refs"`
}

// project gives what the main file needs of a Notice.
func project(notice *consent.Notice, said consent.Translations) (*mainNotice, error) {
	draft := &notice.Draft
	keys, columns := tabulate(firstTexts(draft, said))
	stored, kept, err := storedItems(draft)
	if err != nil {
		return nil, err
	}
	logo, err := projectLogo(draft.Site.Look.Logo)
	if err != nil {
		return nil, err
	}
	return &mainNotice{
		Site: draft.Site.Key, Notice: notice.Number, Bundle: ID(notice, said),
		Language: draft.Site.Languages[0], Near: near(draft.Site.Languages), RightToLeft: rightToLeft(draft.Site.Languages), Validity: int64(draft.Site.Validity.Duration() / time.Second), Heading: draft.Site.Heading,
		Policy: draft.Site.PolicyMode, SameOrigin: draft.Site.SameOrigin, Domain: draft.Site.CookieDomain,
		Signals: draft.Site.Signals, Placement: draft.Site.Look.Placement, Logo: logo,
		Logs:  draft.Site.Refusals != consent.RefusalsCount,
		Units: units(draft, keys), Needed: needed(draft), Hosts: hosts(draft), Never: never(draft), Places: linkedServices(draft), YouTube: draft.ShowsYouTube(), Stored: stored, Kept: kept, Keys: keys, Texts: columns,
	}, nil
}

// near gives the language for readers of each other one that is near, where that is
// not the first, which all get who get no other.
func near(languages []consent.Language) map[consent.Language]consent.Language {
	table := map[consent.Language]consent.Language{}
	for _, tag := range append(consent.Languages(), "no") {
		if nearest := tag.Nearest(languages); nearest != languages[0] && nearest != tag {
			table[tag] = nearest
		}
	}
	if sami := consent.NorthernSami.Nearest(languages); sami != languages[0] {
		table["sme"] = sami
	}
	return table
}

// rightToLeft gives those of the languages that are written so.
func rightToLeft(languages []consent.Language) []consent.Language {
	found := []consent.Language{}
	for _, lang := range languages {
		if lang.Direction() == "rtl" {
			found = append(found, lang)
		}
	}
	return found
}

// direction gives how a language is written, or nothing for a Site all of whose
// languages are written from left to right.
func direction(site *consent.Site, lang consent.Language) string {
	if len(rightToLeft(site.Languages)) == 0 {
		return ""
	}
	return lang.Direction()
}

// units gives what is asked. The services of a unit are in the order of their
// names, because the answer cookie refers to them by their place.
func units(draft *consent.Draft, texts []string) []askUnit {
	units := draft.Asks()
	asked := make([]askUnit, 0, len(units))
	for _, unit := range units {
		refs := slices.Clone(unit.Refs)
		slices.Sort(refs)
		one := askUnit{Sum: unit.Checksum, Refs: refs}
		if unit.Service == "" {
			one.Category = unit.Category
			one.Name = max(slices.Index(texts, "name_"+string(unit.Category)), 0)
			one.Purpose = max(slices.Index(texts, "purpose_"+string(unit.Category)), 0)
		}
		asked = append(asked, one)
	}
	return asked
}

// needed gives the services that have something to do without consent.
func needed(draft *consent.Draft) []consent.ServiceKey {
	services := []consent.ServiceKey{}
	for i := range draft.Services {
		service := &draft.Services[i]
		if service.Basis == consent.BasisNecessary || slices.ContainsFunc(service.Cookies, func(cookie consent.Cookie) bool {
			return cookie.CategoryIn(service) == consent.Necessary
		}) {
			services = append(services, service.Key)
		}
	}
	return services
}

// hosts gives what automatic gating watches, where a site has it.
func hosts(draft *consent.Draft) map[string][]consent.ServiceKey {
	hosts := map[string][]consent.ServiceKey{}
	if draft.Site.AutomaticGating {
		for _, watched := range draft.WatchedHosts() {
			hosts[watched.Host] = watched.Services
		}
	}
	return hosts
}

// never gives the paths where services never run.
func never(draft *consent.Draft) map[consent.ServiceKey][]string {
	paths := map[consent.ServiceKey][]string{}
	for i := range draft.Services {
		if service := &draft.Services[i]; len(service.NeverOn) > 0 {
			paths[service.Key] = service.NeverOn
		}
	}
	return paths
}

// links are the addresses of a Site's own pages in one language.
type links struct {
	Declaration string `json:"declaration"` // empty: Samtykke's own page
	Privacy     string `json:"privacy"`
}
