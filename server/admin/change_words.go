package admin

import (
	"cmp"
	"slices"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

const (
	// mostGroups is how many changed things a page lists.
	mostGroups = 200
	// mostTried is how many changed things are looked at for whom each asks again.
	mostTried = 60
)

// changeGroup is what has changed of one thing.
type changeGroup struct {
	spot
	Change consent.Change // of the thing as a whole
	Lines  []changeLine
	Again  string // what is asked again because of it
	loads  bool   // pages load from elsewhere by it
	path   []string
}

// rank puts what asks visitors again first, and then what pages load: no number of
// changed words keeps a new service off the list.
func (g *changeGroup) rank() int {
	switch {
	case g.Again != "":
		return 2
	case g.loads:
		return 1
	}
	return 0
}

// changeLine is one field of it: a sentence, or what it was and what it is.
type changeLine struct {
	Field    string
	Old, New string
	Had, Has bool
	Sentence string
}

// changeGroups says in words what the second Draft publishes otherwise than the
// first, and how many things more there are.
func (r *request) changeGroups(before, after *consent.Draft) (groups []changeGroup, more int, err error) {
	if groups, err = r.allGroups(before, after); err != nil {
		return nil, 0, err
	}
	more = max(0, len(groups)-mostGroups)
	groups = groups[:len(groups)-more]
	for i := range groups {
		r.tellWhole(&groups[i], before, after)
	}
	return groups, more, nil
}

// allGroups gives what changed of each thing, however many there are.
func (r *request) allGroups(before, after *consent.Draft) (groups []changeGroup, err error) {
	all, err := consent.Differences(before, after)
	if err != nil {
		return nil, err
	}
	for _, d := range all {
		thing := d.Path[:thingDepth(d.Path)]
		if i := len(groups) - 1; i < 0 || !slices.Equal(groups[i].path, thing) {
			groups = append(groups, r.newGroup(before, after, &d, thing))
		}
		last := &groups[len(groups)-1]
		last.loads = last.loads || loadsElse(&d)
		last.Lines = append(last.Lines, r.changeLines(before, after, &d, len(thing))...)
	}
	if len(groups) <= mostTried {
		r.blame(groups, before, after)
	}
	slices.SortStableFunc(groups, func(a, b changeGroup) int { return cmp.Compare(b.rank(), a.rank()) })
	return groups, nil
}

// thingDepth is how much of a path names the thing.
func thingDepth(path []string) int {
	switch {
	case len(path) >= 4 && path[0] == "services" && path[2] == "cookies":
		return 4
	case len(path) >= 2 && (path[0] == "services" || path[0] == "categories"):
		return 2
	}
	return 1
}

func (r *request) newGroup(before, after *consent.Draft, d *consent.Difference, thing []string) changeGroup {
	group := changeGroup{path: slices.Clone(thing)}
	if len(d.Path) == len(thing) && len(thing) > 1 {
		group.Change = d.Change
	}
	draft := after
	if d.Change == consent.Vanished && len(d.Path) <= len(thing) {
		draft = before
	}
	switch {
	case thing[0] == "services" && len(thing) > 1:
		key := consent.ServiceKey(thing[1])
		name := shortText(thing[1])
		if s := draft.Service(key); s != nil {
			name = r.serviceWords(s)
		}
		group.Thing, group.URL = r.say("spot_service", "name", name), r.serviceURL(key)
		if len(thing) > 2 {
			group.Thing = r.say("spot_cookie", "name", shortText(thing[3]), "service", name)
		}
		if after.Service(key) == nil {
			group.URL = ""
		}
	case thing[0] == "categories" && len(thing) > 1:
		group.Thing, group.URL = r.say("spot_category", "name", r.categoryWords(draft, consent.CategoryKey(thing[1]))), r.categoryURL(consent.CategoryKey(thing[1]))
		if after.Category(consent.CategoryKey(thing[1])) == nil {
			group.URL = ""
		}
	default:
		group.spot = r.otherSpot(draft, strings.Join(thing, "."), "")
		group.Field = ""
	}
	return group
}

// leadWithin keeps links only to what the Draft still has: that is what pages edit.
func leadWithin(draft *consent.Draft, groups []changeGroup) {
	for i := range groups {
		path := groups[i].path
		if len(path) < 2 {
			continue
		}
		if path[0] == "services" && draft.Service(consent.ServiceKey(path[1])) == nil || path[0] == "categories" && draft.Category(consent.CategoryKey(path[1])) == nil {
			groups[i].URL = ""
		}
	}
}

// blame finds out because of which thing alone visitors would be asked again: that one is
// put into the Draft before.
func (r *request) blame(groups []changeGroup, before, after *consent.Draft) {
	if len(before.Services) == 0 && len(before.Categories) == 0 {
		return
	}
	few, byCookie := before.Fewest(), map[string]bool{}
	for i := range groups {
		if path := groups[i].path; len(path) > 2 {
			byCookie[path[1]] = true
		}
	}
	for i := range groups {
		group := &groups[i]
		if group.path[0] != "services" && group.path[0] != "categories" || len(group.path) < 2 {
			continue
		}
		was := few.With(consent.ServiceKey(group.path[1]))
		alone := *was
		if group.path[0] == "services" {
			alone.Services = swapped(was.Services, group.changedOf(was, after, byCookie[group.path[1]]), func(s *consent.Service) bool { return string(s.Key) == group.path[1] })
		} else {
			alone.Categories = swapped(was.Categories, after.Categories, func(c *consent.Category) bool { return string(c.Key) == group.path[1] })
		}
		if again := consent.CompareAsks(was, &alone).Again; len(again) > 0 {
			group.Again = r.say("change_again", "names", r.sentence(r.unitNames(after, again)))
		}
	}
}

// changedOf gives the service of a group as it is with what the group changes alone: one
// cookie, or all but the cookies where these have groups of their own. It is empty for a
// service that is gone.
func (g *changeGroup) changedOf(before, after *consent.Draft, byCookie bool) []consent.Service {
	key := consent.ServiceKey(g.path[1])
	was, is := before.Service(key), after.Service(key)
	if is == nil {
		return nil
	}
	if was == nil || !byCookie {
		return []consent.Service{*is}
	}
	part := *is
	part.Cookies = was.Cookies
	if len(g.path) > 2 {
		part = *was
		part.Cookies = swapped(was.Cookies, is.Cookies, func(c *consent.Cookie) bool { return c.Pattern.Name == g.path[3] })
	}
	return []consent.Service{part}
}

// swapped gives a list in which one member is as in another list: other, new or
// gone.
func swapped[T any](before, after []T, is func(*T) bool) []T {
	var list []T
	placed := false
	now := slices.IndexFunc(after, func(each T) bool { return is(&each) })
	for i := range before {
		switch {
		case !is(&before[i]):
			list = append(list, before[i])
		case now >= 0:
			list, placed = append(list, after[now]), true
		}
	}
	if now >= 0 && !placed {
		list = append(list, after[now])
	}
	return list
}
