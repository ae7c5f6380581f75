package admin

import (
	"cmp"
	"slices"
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

// furtherActs are acts that no route is named after: what a post leads to, what is
// taken by following a link, what the program does by itself, and commands on the
// server.
var furtherActs = []string{
	"factor.code", "password.first", "password.renew", "identity.renew", "login", "login.provider", "login.fail", "log.read", "log.decision", "log.exported", "log.receipt", "log.record", "log.expired", "log.expire", "log.rotate", "account.add", "account.logout",
	"db.migrate", "db.restore", "origin.add", "origin.remove", "request.list", "request.read", "publish.schedule", "publish.due", "publish.fail", consent.TrailBegin, consent.KeyEnd, consent.InvitationEnd,
}

// exportEnd is what an export through the API ends with.
const exportEnd = "api.log.exported"

// Actions gives every action that a trail may tell of, in order.
func Actions() []string {
	all := append([]string{exportEnd}, furtherActs...)
	for _, route := range (&Admin{}).table() {
		if route.action != "" {
			all = append(all, route.action)
		}
	}
	all = append(all, api.Actions()...)
	slices.Sort(all)
	return slices.Compact(all)
}

// actions are those to choose from, in order: each once, by what it is called on the
// pages, whether it is done there, by a command or with a key.
func actions() []string {
	with := Actions()
	all := make([]string, 0, len(with))
	for _, action := range with {
		all = append(all, consent.OnPages(action)...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// KnowsAct says whether a trail may be searched for an action. Nothing found must not
// look like nothing done.
func KnowsAct(action string) bool {
	return slices.Contains(actions(), action) || slices.Contains(Actions(), action)
}

// actArea is the actions of an area of the program.
type actArea struct {
	Label   string
	Actions []option
}

// areas are what actions begin with, by area.
var areas = []struct {
	name   string
	begins []string
}{
	{"publishing", []string{"notice", "publish"}},
	{"draft", []string{"draft", "service", "catalogue"}},
	{"sites", []string{"site", "origin"}},
	{"log", []string{"log"}},
	{"requests", []string{"request"}},
	{"people", []string{"member", "key"}},
	{"organisation", []string{"organisation"}},
	{"accounts", []string{"account", "factor", "identity", "login", "password"}},
	{"trail", []string{"trail", "db"}},
}

// actAreas gives the actions to choose from, by area and in the order of their words.
func (r *request) actAreas(chosen string) []actArea {
	all := actions()
	shown := make([]actArea, len(areas))
	for i, area := range areas {
		shown[i].Label = r.say("trail_area_" + area.name)
		for _, action := range all {
			if begin, _, _ := strings.Cut(action, "."); slices.Contains(area.begins, begin) {
				shown[i].Actions = append(shown[i].Actions, option{Value: action, Label: r.actWords(action), Chosen: action == chosen})
			}
		}
		slices.SortStableFunc(shown[i].Actions, func(a, b option) int { return cmp.Compare(a.Label, b.Label) })
	}
	return shown
}

// trailWays gives the ways on which something is done.
func (r *request) trailWays(chosen consent.Doer) []option {
	ways := make([]option, len(consent.Doers))
	for i, doer := range consent.Doers {
		ways[i] = option{Value: string(doer), Label: r.say("trail_way_" + string(doer)), Chosen: doer == chosen}
	}
	return ways
}

// trailSites gives the sites of an organisation, by name. One that is no more may still
// be asked for by its key.
func (r *request) trailSites(names *trailNames, chosen consent.SiteKey) []option {
	var sites []option
	if names.organisation != "" {
		for key, name := range names.sites {
			sites = append(sites, option{Value: string(key), Label: name, Chosen: key == chosen})
		}
	}
	if chosen.Valid() && !slices.ContainsFunc(sites, func(o option) bool { return o.Chosen }) {
		sites = append(sites, option{Value: string(chosen), Label: string(chosen), Chosen: true})
	}
	slices.SortFunc(sites, func(a, b option) int { return cmp.Or(cmp.Compare(a.Label, b.Label), cmp.Compare(a.Value, b.Value)) })
	return sites
}
