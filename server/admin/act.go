package admin

import (
	"cmp"
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/sitefile"
)

// act is what a post does, for the audit trail.
func (r *request) act(to route) consent.Act {
	act := consent.Act{Time: r.Clock(), Action: to.action, Object: r.object()}
	if to.reason { // whose handler checks it before anything is done
		act.Reason = r.form.Get("reason")
	}
	if r.account != nil {
		act.Account = r.account.ID
	}
	if r.organisation != nil {
		act.Organisation = r.organisation.ID
	}
	if r.site != nil {
		act.Site = r.site.Key
	}
	return act
}

// object is what a path names within a Site or Organisation. The secret of a link
// is nobody's to read.
func (r *request) object() string {
	names := make([]string, 0, 2)
	for _, name := range r.c.Route().Params {
		if name != "site" && name != "organisation" && name != "secret" {
			names = append(names, r.c.Params(name))
		}
	}
	return strings.Join(names, "/")
}

// tells completes what the trail is told of the post, before it does anything.
func (r *request) tells(complete func(*consent.Act)) {
	act, _ := consent.ActOf(r.ctx)
	complete(&act)
	r.ctx = consent.WithAct(r.ctx, act)
}

// tellsPart has the trail name a part of a draft as commands and programs do: addresses
// have other names for cookies with unusual characters.
func (r *request) tellsPart(part sitefile.Part) {
	r.tells(func(act *consent.Act) { act.Object = part.String() })
}

// tellTheirs tells the organisations of a person what an operator is about to do to
// the account: who can log in as one of theirs is theirs to know.
func (r *request) tellTheirs(account *consent.Account) error {
	act, _ := consent.ActOf(r.ctx)
	for _, m := range account.Memberships {
		act.Organisation = m.Organisation
		if err := r.Store.RecordAct(r.ctx, act); err != nil {
			return err
		}
	}
	return nil
}

// took tells the trail that a part of the log leaves, before it does.
func (r *request) took(action string, entry *consent.Entry) error {
	return r.noteLook(r.ctx, consent.Act{
		Time: r.Clock(), Account: r.account.ID, Organisation: r.organisation.ID, Site: entry.Site, Action: action, Object: entry.ID.String(),
	})
}

// objectCodes begin the words for the code that the object of an action ends with.
var objectCodes = map[string]string{"log.freeze": "log_ground_", "request.close": "requests_outcome_"}

// partsWords says which parts of the settings were changed.
func (r *request) partsWords(object string) string {
	parts := strings.Fields(object)
	for i, part := range parts {
		parts[i] = cmp.Or(r.words["settings_part_"+part], part)
	}
	return strings.Join(parts, ", ")
}

// keepingChanges are the actions that can change how long answers are kept.
var keepingChanges = map[string]bool{"draft.keeping.save": true, "draft.import": true, "draft.restore": true}
