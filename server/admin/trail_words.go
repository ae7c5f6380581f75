package admin

import (
	"cmp"
	"slices"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// toldLabels are the texts for the names in what an act tells as name=value.
var toldLabels = map[string]string{
	"decisions": "trail_told_decisions", "added": "trail_told_added", "form": "log_form", "from": "log_from", "to": "log_to", "day": "trail_told_day", "ground": "requests_ground", "outcome": "requests_outcome", "category": "log_category",
	"method": "log_method", "language": "language", "notice": "log_notice", "receipt": "log_receipt", "key": "trail_told_key",
	"person": "trail_person", "account": "trail_person", "due": "trail_told_due", "action": "trail_action", "draft": "trail_told_draft", "acts": "trail_told_acts", "invitation": "trail_told_invitation", "inviter": "trail_told_inviter", "organisation": "trail_told_organisation", "site": "trail_where", "by": "trail_way", "means": "trail_told_means",
}

// toldAlone are what an act tells without a value.
var toldAlone = []string{"broken_off", "so_far", consent.WholeLog}

// toldWords says what an act tells as name=value in words, and what it tells otherwise
// as it stands.
func (r *request) toldWords(object string, names *trailNames) string {
	fields := strings.Fields(object)
	if len(fields) == 0 {
		return ""
	}
	said := make([]string, 0, len(fields))
	for _, field := range fields {
		name, value, is := strings.Cut(field, "=")
		label := toldLabels[name]
		switch {
		case slices.Contains(toldAlone, field):
			said = append(said, r.say("trail_told_"+field))
		case is && name == "plan" && r.words["trail_did_"+value] != "": // is in what was done
		case !is || label == "":
			return object
		default:
			said = append(said, r.say(label)+": "+r.toldValue(name, value, names))
		}
	}
	return strings.Join(said, ", ")
}

// toldValue says a value in words where there are some.
func (r *request) toldValue(name, value string, names *trailNames) string {
	switch name {
	case "form":
		return cmp.Or(r.words["log_form_"+value], r.words["log_"+value], value)
	case "method":
		return r.namedInLog(value)
	case "language":
		return r.languageLabel(consent.Language(value))
	case "by":
		return cmp.Or(r.words["trail_way_"+value], value)
	case "means":
		return cmp.Or(r.words["trail_means_"+value], value)
	case "ground", "outcome": // of a request
		return cmp.Or(r.words["requests_"+name+"_"+value], value)
	case "draft":
		if sum, err := consent.ParseHash(value); err == nil {
			return sum.Short()
		}
	case "action":
		return r.actWords(value)
	case "key":
		return r.keyWords(value, names)
	case "site":
		return names.siteWords(consent.SiteKey(value))
	case "due":
		return r.momentWords(value)
	case "person", "account", "inviter":
		if id, ok := consent.ParseAccountID(value); ok {
			return r.calledHere(names, id)
		}
	case "from", "to", "day":
		if day, err := consent.ParseDay(value); err == nil {
			return day.Words(r.lang)
		}
	}
	return value
}

// didWords says what an act did: as the action is called, or more closely where it tells
// what became of what was planned.
func (r *request) didWords(act *consent.Act) string {
	fields := strings.Fields(act.Object)
	has := func(name string) bool {
		return slices.ContainsFunc(fields, func(field string) bool { return strings.HasPrefix(field, name+"=") })
	}
	switch act.Action {
	case "login", "login.provider":
		return cmp.Or(r.loginWords(act), r.actWords(act.Action))
	case "publish.return", "publish.cancel", "api.publish.return", "api.publish.cancel":
		for _, field := range fields {
			if plan, is := strings.CutPrefix(field, "plan="); is && r.words["trail_did_"+plan] != "" {
				return r.say("trail_did_" + plan)
			}
		}
	case consent.InvitationEnd:
		if has("key") {
			return r.say("trail_did_invitation_key")
		}
		return r.say("trail_did_invitation_maker")
	case "publish.approve":
		switch {
		case has("notice"):
			return r.say("trail_did_approved")
		case has("due"):
			return r.say("trail_did_approved_later")
		}
	}
	return r.actWords(act.Action)
}

// loginWords says with what somebody logged in, as their own list of logins does, "" where
// that is not told.
func (r *request) loginWords(act *consent.Act) string {
	means, told := strings.CutPrefix(act.Object, consent.ToldMeans(""))
	with := r.words["own_login_with_"+means]
	switch {
	case told && act.Action == "login.provider":
		return r.words["trail_did_login_provider_"+means]
	case told && act.Action == "login" && with != "":
		return r.say("trail_did_login", "with", with)
	}
	return ""
}

// answerWords says a yes or no that an act of an organisation's rules ends with.
func (r *request) answerWords(object string) string {
	if object == "yes" || object == "no" {
		return r.say(object)
	}
	return object
}
