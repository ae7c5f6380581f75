package admin

import (
	"cmp"
	"net/http"
	"strconv"
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

func trailRoutes() []route {
	return []route{
		{method: http.MethodGet, path: "/organisations/:organisation/trail", may: consent.MayAudit, handle: func(r *request) error { return r.trailGet(r.organisation.ID) }},
		{method: http.MethodPost, path: "/organisations/:organisation/trail/export", may: consent.MayAudit, action: "trail.export", looks: true, sure: true, costs: true, handle: func(r *request) error { return r.trailExportPost(r.organisation.ID) }},
		{method: http.MethodGet, path: "/trail", who: operators, handle: func(r *request) error { return r.trailGet("") }},
		{method: http.MethodPost, path: "/trail/export", who: operators, action: "trail.export", looks: true, sure: true, costs: true, handle: func(r *request) error { return r.trailExportPost("") }},
	}
}

// trailPage is what administrators have done, newest first.
type trailPage struct {
	Filter  trailFilter
	Home    string // the address of the trail
	Days    []trailDay
	People  []option
	Ways    []option // on which somebody does something
	Sites   []option // none for the trail of the installation
	Actions []actArea
	Status  trailStatus
	Older   string // address of the next page, "" for none
	Whole   bool   // nothing is filtered
}

// trailDay is the acts of a day.
type trailDay struct {
	Day  string
	Acts []trailLine
}

// trailLine is one act in words.
type trailLine struct {
	consent.ActEntry
	trailTold
	Object string // in words
	Where  string // the site by its name
	Clock  string
	Person string
	By     consent.Doer
	What   string
	// Request is the address of the data subject's request that it is about, or was done
	// for; "" for none.
	Request string
	Bulk    bool // it is a part of unusually much that was read in a day
}

// pageOfActs is how many acts a page shows.
const pageOfActs = 100

// trailGet shows a page of the trail, with what an audit of the whole finds.
func (r *request) trailGet(organisation consent.OrganisationID) error {
	return r.showTrail(organisation, readTrailFilter(func(name string) string { return r.c.Query(name) }))
}

// showTrail shows what a filter asks for, and nothing while it asks for no day.
func (r *request) showTrail(organisation consent.OrganisationID, filter trailFilter) error {
	query := filter.query(r, organisation)
	query.Limit = pageOfActs + 1
	if place, ok := consent.ParseActPlace(r.c.Query("before")); ok {
		query.Before = place
	}
	acts, err := r.actsOf(&filter, query)
	if err != nil {
		return err
	}
	names, err := r.names(organisation)
	if err != nil {
		return err
	}
	shown := trailPage{Filter: filter, Home: r.trailPath(), Whole: len(filter.values()) == 0 && query.Before == nil}
	if len(acts) > pageOfActs {
		acts = acts[:pageOfActs]
		shown.Older = older(&filter, &acts[pageOfActs-1])
	}
	bulk, err := r.bulkReads(organisation, acts)
	if err != nil {
		return err
	}
	shown.Days = r.days(acts, names, bulk)
	if err := r.tellMore(shown.Days, names); err != nil {
		return err
	}
	if shown.People, err = r.trailPeople(organisation, query.Account); err != nil {
		return err
	}
	shown.Ways, shown.Sites, shown.Actions = r.trailWays(filter.By), r.trailSites(names, filter.Site), r.actAreas(filter.Action)
	if shown.Status, err = r.trailStatus(organisation); err != nil {
		return err
	}
	title := "trail_title"
	if organisation == "" {
		title = "trail_installation_title"
	}
	return r.show(page{name: "trail.html", title: title, data: &shown})
}

// older gives the address of the page after one that ends with an act.
func older(filter *trailFilter, last *consent.ActEntry) string {
	values := filter.values()
	values.Set("before", last.Place())
	return "?" + values.Encode()
}

// personDay is a person on a day.
type personDay struct {
	account consent.AccountID
	day     consent.Day
}

// bulkReads gives who read unusually much of the log, and when: of the days on which
// acts of a page took something out of it. The rest of such a day may be on other
// pages, or not be chosen.
func (r *request) bulkReads(organisation consent.OrganisationID, acts []consent.ActEntry) (map[personDay]bool, error) {
	var from, to consent.Day
	for i := range acts { // newest first
		if acts[i].Takes() {
			from = consent.DayOf(acts[i].Time)
			to = max(to, from)
		}
	}
	bulk := map[personDay]bool{}
	if to == 0 {
		return bulk, nil
	}
	read, err := consent.Readings(r.ctx, r.Store, organisation, from, to)
	if err != nil {
		return nil, err
	}
	for i := range read {
		bulk[personDay{read[i].Account, read[i].Day}] = read[i].Many()
	}
	return bulk, nil
}

// days puts acts under the days on which they happened, by Norwegian clocks.
func (r *request) days(acts []consent.ActEntry, names *trailNames, bulk map[personDay]bool) []trailDay {
	words, _ := web.WordsIn(r.lang)
	var days []trailDay
	for _, act := range acts {
		local := consent.InNorway(act.Time)
		day := words.Date(local.Format("2006-01-02"))
		if len(days) == 0 || days[len(days)-1].Day != day {
			days = append(days, trailDay{Day: day})
		}
		line := r.trailLine(&act, names)
		line.Bulk = act.Takes() && bulk[personDay{act.Account, consent.DayOf(act.Time)}]
		today := &days[len(days)-1]
		today.Acts = append(today.Acts, line)
	}
	return days
}

// trailLine says an act in words.
func (r *request) trailLine(act *consent.ActEntry, names *trailNames) trailLine {
	words, _ := web.WordsIn(r.lang)
	line := trailLine{
		ActEntry: *act, Object: r.objectWords(&act.Act, names), Where: names.siteWords(act.Site), Clock: words.ExactTime(act.Time), What: r.didWords(&act.Act),
		Person: r.actor(&act.Act, names), By: act.By(),
	}
	if r.loginWords(&act.Act) != "" { // is in what was done
		line.Object = ""
	}
	if id := act.RequestOf(); id != "" && act.Site != "" {
		line.Request = "/sites/" + string(act.Site) + "/requests/" + id
	}
	return line
}

// actor says who did something.
func (r *request) actor(act *consent.Act, names *trailNames) string {
	switch act.By() {
	case consent.ByCommand:
		return r.say("trail_command")
	case consent.ByStranger:
		return r.say("trail_stranger")
	case consent.ByPerson, consent.ByKey, consent.ByProgram:
	}
	return cmp.Or(names.all[act.Account], r.say("trail_somebody", "n", act.Account))
}

// actWords says what an action is.
func (r *request) actWords(action string) string {
	return cmp.Or(r.words["act_"+strings.ReplaceAll(action, ".", "_")], action)
}

// trailPeople gives the people to choose from: those of the organisation.
func (r *request) trailPeople(organisation consent.OrganisationID, chosen consent.AccountID) ([]option, error) {
	accounts, err := r.Store.Accounts(r.ctx)
	if err != nil {
		return nil, err
	}
	var people []option
	for i := range accounts {
		a := &accounts[i]
		if belongsTo(a, organisation) {
			people = append(people, option{Value: strconv.FormatInt(int64(a.ID), 10), Label: a.CalledWithAddress(), Chosen: a.ID == chosen})
		}
	}
	return people, nil
}
