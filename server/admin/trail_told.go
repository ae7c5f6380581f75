package admin

import (
	"cmp"
	"slices"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// trailTold is what stands under an act: who did it beyond a name that others may have,
// and what it changed.
type trailTold struct {
	Email   string // as it is now, "" for no account
	Changed []trailChange
	Left    []string // what it does not tell field by field, in words
	Hash    string   // of all that it changed, "" when it is not known
}

// trailChange is one field, from what to what.
type trailChange struct {
	Field   string // its path
	Words   string // what the field is called on the pages
	Was, Is []consent.LeftOut
	How     string // "" from what to what, or what became of what was or is nothing, or is not told
}

func changesHash(act *consent.Act) string {
	if act.ChangesHash.IsZero() {
		return ""
	}
	return act.ChangesHash.String()
}

// tellMore completes the lines of a page.
func (r *request) tellMore(days []trailDay, names *trailNames) error {
	return r.tellLines(names, func(each func(*trailLine)) {
		for i := range days {
			for j := range days[i].Acts {
				each(&days[i].Acts[j])
			}
		}
	})
}

// tellLines completes lines, wherever they stand.
func (r *request) tellLines(names *trailNames, all func(each func(*trailLine))) error {
	accounts, err := r.Store.Accounts(r.ctx)
	if err != nil {
		return err
	}
	emails := make(map[consent.AccountID]string, len(accounts))
	for i := range accounts {
		emails[accounts[i].ID] = accounts[i].Email
	}
	all(func(line *trailLine) {
		line.Email = emails[line.Account]
		line.Hash = changesHash(&line.Act)
		for i := range line.Changes {
			line.Changed = append(line.Changed, r.changeTold(&line.Changes[i], names))
		}
		for i := range line.Rest {
			line.Left = append(line.Left, r.leftWords(&line.Rest[i]))
		}
	})
	return nil
}

// changeTold says one field in words.
func (r *request) changeTold(c *consent.FieldChange, names *trailNames) trailChange {
	field := r.changedField(c)
	words := func(value string) []consent.LeftOut {
		if !consent.Listed(field) {
			return consent.LeftOutOf(r.changedWords(field, value, names))
		}
		members := strings.Fields(value)
		for i := range members {
			members[i] = r.changedWords(field, members[i], names)
		}
		return consent.LeftOutOf(strings.Join(members, ", "))
	}
	return trailChange{c.Field, r.placeTold(c), words(c.Was), words(c.Is), howChanged(field, c)}
}

// howChanged says what became of a field that was nothing or is nothing, of a whole thing,
// and of what a trail does not tell.
func howChanged(field string, c *consent.FieldChange) string {
	how := ""
	switch {
	case c.Was == "":
		how = "set"
	case c.Is == "":
		how = "unset"
	}
	switch {
	case c.Was == consent.Untold || c.Is == consent.Untold:
		return "untold" + how
	case field == "" && how != "":
		return "thing" + how
	case consent.Listed(field) && how != "":
		return "list" + how
	}
	return how
}

// changedField names the field that a change is of, "" for a whole thing.
func (r *request) changedField(c *consent.FieldChange) string {
	_, field := c.Place()
	for i := len(field) - 1; i >= 0; i-- {
		if !consent.Language(field[i]).Known() {
			return field[i]
		}
	}
	return ""
}

// placeTold says where a field is, in the words of the pages that it is edited on. Of a
// thing the key is told, which never changes: what it is called now, it may not have
// been called then.
func (r *request) placeTold(c *consent.FieldChange) string {
	thing, field := c.Place()
	said := spot{Field: r.fieldWords(field)}
	switch {
	case len(thing) == 0 && len(field) > 1 && r.words["spot_"+field[0]] != "":
		said = r.otherWords(field)
	case len(thing) > 3:
		said.Thing = r.say("spot_cookie", "name", shortText(thing[3]), "service", shortText(thing[1]))
	case len(thing) > 1 && thing[0] == "services":
		said.Thing = r.say("spot_service", "name", shortText(thing[1]))
	case len(thing) > 1:
		said.Thing = r.say("spot_category", "name", shortText(thing[1]))
	case len(thing) == 1:
		said.Thing = r.say("spot_" + thing[0])
	}
	if said.Thing == "" {
		return capitalised(said.Field)
	}
	if said.Field == "" {
		return said.Thing
	}
	return said.Thing + ", " + said.Field
}

// leftWords says of which kind there are more changes, and where.
func (r *request) leftWords(left *consent.ChangesLeft) string {
	said := capitalised(cmp.Or(r.words["trail_left_"+left.Kind], r.fieldWords([]string{left.Kind}))) + ": " + r.sayCount("trail_left_fields", left.Fields)
	var places []string
	for _, part := range left.Parts {
		places = append(places, r.partWords(part))
	}
	if left.More > 0 {
		places = append(places, r.sayCount("trail_left_places", left.More))
	}
	if len(places) == 0 {
		return said
	}
	return said + " (" + strings.Join(places, ", ") + ")"
}

// partWords names a service or a category by its key, or what else a draft has.
func (r *request) partWords(part string) string {
	of, key, _ := strings.Cut(part, ".")
	switch of {
	case "services":
		return r.say("spot_service", "name", shortText(key))
	case "categories":
		return r.say("spot_category", "name", shortText(key))
	}
	return cmp.Or(r.words["spot_"+part], r.fieldWords([]string{part}))
}

// lifetimes are the fields in which "session" is a lifetime.
var lifetimes = []string{"declared", "vendor", "observed", "retention"}

// changedWords says what a field was or is.
func (r *request) changedWords(field, value string, names *trailNames) string {
	switch {
	case value == "yes" || value == "no":
		return r.say(value)
	case field == "scopes":
		return r.scopeWords(value)
	case field == "expires":
		return r.momentWords(value)
	case field == "end_proposed_by":
		if id, is := consent.ParseAccountID(value); is {
			return r.calledHere(names, id)
		}
	case field == "outcome":
		return cmp.Or(r.words["requests_outcome_"+value], value)
	case field == "language" && consent.Language(value).Known():
		return r.language(consent.Language(value))
	}
	if l := consent.Lifetime(value); l.Valid() && (l != consent.Session || slices.Contains(lifetimes, field)) {
		return l.Words(r.lang)
	}
	if slices.Contains(enumerated, field) || consent.Listed(field) || field == "refusals" {
		return cmp.Or(r.words["role_"+value], r.textWords(field, value), r.say("inventory_empty"))
	}
	return cmp.Or(value, r.say("inventory_empty"))
}

// scopeWords says what a key is for, as its page does.
func (r *request) scopeWords(scopes string) string {
	words := strings.Fields(scopes)
	for i, scope := range words {
		words[i] = cmp.Or(r.words["keys_scope_"+scope], scope)
	}
	return strings.Join(words, ", ")
}
