package notify

import (
	"slices"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// Version is that of the JSON which a webhook is posted. What has another one has other
// fields, or means something else by them.
const Version = 1

// Item is one thing that a webhook is told, for programs. It names nobody: who did
// something stands where its link leads. Which of the fields it has goes by the kind of
// the message.
type Item struct {
	Organisation consent.OrganisationID `json:"organisation,omitempty" about:"ID of the organisation whose it is"`
	Site         consent.SiteKey        `json:"site,omitempty" about:"Key of the site that it is about"`
	At           time.Time              `json:"at" about:"When it was, is due or was found; a day is its midnight (UTC)"`
	Link         string                 `json:"link,omitempty" about:"Address of the page where somebody acts"`
	About        string                 `json:"about,omitempty" about:"What it is, by the kind of the message"`
	Size         consent.GapSize        `json:"size,omitempty" about:"About how many are missing: some is fewer than 20, thousands is 2000 or more"`
	Until        *time.Time             `json:"until,omitempty" about:"When it ends"`
	Origin       string                 `json:"origin,omitempty" about:"Address of the site that must be confirmed again"`
	Plan         int64                  `json:"plan,omitempty" about:"Number of the proposal or the planned publication"`
	Draft        string                 `json:"draft,omitempty" about:"First characters of the checksum of the draft"`
	Services     []string               `json:"services,omitempty" about:"Keys of services, or names as the page Findings has them"`
	First        string                 `json:"first,omitempty" about:"First day that the counts of decisions are about (UTC)"`
	Last         string                 `json:"last,omitempty" about:"Last of these days"`
	Counts       map[string]int         `json:"counts,omitempty" about:"Numbers by name"`
}

// Shape is which fields the Items of a kind have.
type Shape struct {
	Fields   []string // that each has
	Optional []string
	Counts   []string // names in counts, which each has
	MayCount []string
	About    []string // what the field about may say
}

// Shapes are those of every kind of message that a webhook gets. A message that tries
// the webhook has no Items.
var Shapes = map[string]Shape{
	"test":               {},
	string(verification): {Fields: []string{"at", "link", "about"}, Optional: []string{"organisation", "site"}, MayCount: []string{"faults"}, About: []string{"ledger", "trail", "keys", "not_audited"}},
	string(clock):        {Fields: []string{"at", "until"}},
	string(bulk):         {Fields: []string{"at", "link", "about"}, Optional: []string{"organisation"}, About: []string{"decisions", "acts"}},
	string(recipients):   {Fields: []string{"organisation", "at", "link"}, Counts: []string{"added", "removed"}},
	string(gap):          {Fields: []string{"organisation", "site", "at", "link", "about"}, Optional: []string{"size"}, About: []string{string(consent.GapStored), string(consent.GapAcknowledged), string(consent.GapDecided)}},
	string(unpublished): {
		Fields: []string{"organisation", "site", "at", "link", "about", "plan"},
		About:  []string{"faults", "same", "unapproved", "unbuildable", "unpermitted", "unproven"},
	},
	string(lapsed): {
		Fields: []string{"organisation", "site", "at", "link", "about", "plan"},
		About:  []string{string(consent.PlanProposed), string(consent.PlanScheduled)},
	},
	string(approval): {Fields: []string{"organisation", "site", "at", "link", "plan", "draft"}},
	string(requests): {Fields: []string{"organisation", "site", "at", "link"}, Counts: []string{"overdue", "soon"}},
	string(stuck):    {Fields: []string{"organisation", "site", "at", "link", "services"}},
	string(foreign):  {Fields: []string{"organisation", "site", "at", "link"}, Counts: []string{"addresses"}},
	string(unknown):  {Fields: []string{"organisation", "site", "at", "link", "services"}},
	string(control):  {Fields: []string{"organisation", "site", "at", "link", "origin", "until"}},
	string(review):   {Fields: []string{"organisation", "site", "at", "link", "services"}},
	string(week): {
		Fields: []string{"organisation", "site", "at", "link"}, Optional: []string{"first", "last"},
		Counts: []string{"requests", "overdue", "gaps", "stuck", "foreign", "residual", "unknown", "markup"}, MayCount: []string{"shown", "decisions"},
	},
}

// page gives the address of a page of a site.
func (w *watch) page(site consent.SiteKey, page string) string {
	return w.Admin + "/sites/" + string(site) + page
}

// itemsOf gives what programs are told of some causes. What is told by site in the text
// is one item of it here.
func (w *watch) itemsOf(about kind, causes []cause) []Item {
	items := []Item{}
	for i := range causes {
		if about != requests && about != stuck && about != foreign {
			items = append(items, causes[i].items...)
			continue
		}
		one := causes[i].items[0]
		at := slices.IndexFunc(items, func(each Item) bool { return each.Site == one.Site })
		if at < 0 {
			at, items = len(items), append(items, one)
			items[at].Services, items[at].Counts = nil, map[string]int{}
		}
		items[at].Services = append(items[at].Services, one.Services...)
		for name, n := range one.Counts {
			items[at].Counts[name] += n
		}
	}
	return items
}

// owned says of every item of a site whose it is.
func owned(causes []cause, sites []consent.SiteEntry) {
	whose := map[consent.SiteKey]consent.OrganisationID{}
	for i := range sites {
		whose[sites[i].Key] = sites[i].Organisation
	}
	for i := range causes {
		for j := range causes[i].items {
			if item := &causes[i].items[j]; item.Organisation == "" {
				item.Organisation = whose[item.Site]
			}
		}
	}
}
