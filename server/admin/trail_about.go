package admin

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

// objectWords says what an act was about: people, keys and sites by their names where they
// still have one, and in words what stands there in codes.
func (r *request) objectWords(act *consent.Act, names *trailNames) string {
	within := *act
	if action, is := strings.CutPrefix(act.Action, "api."); is {
		if key, object, more := strings.Cut(act.Object, " "); more && strings.HasPrefix(key, "key=") { // what follows is told as for a page
			within.Action, within.Object = action, object
			return r.toldWords(key, names) + ", " + r.objectWords(&within, names)
		}
	}
	who, object, _ := strings.Cut(act.Object, " ")
	if number, is := strings.CutPrefix(who, "person="); is && act.By() == consent.ByCommand && act.Action != "trail.export" { // in whose name a command did it: what people do may begin with such words of theirs
		if id, is := consent.ParseAccountID(number); is {
			within.Object = object
			return strings.TrimSuffix(r.say("trail_in_name", "name", r.calledHere(names, id))+", "+r.objectWords(&within, names), ", ")
		}
	}
	about, request := *act, ""
	if about.Object, request = consent.CutRequest(act.Object); request == "" {
		return r.aboutWords(act, names)
	}
	return strings.TrimPrefix(r.aboutWords(&about, names)+", "+r.say("trail_told_request")+": "+request, ", ")
}

// aboutWords says it for what the action is, and else what is told as name=value.
func (r *request) aboutWords(act *consent.Act, names *trailNames) string {
	is := func(begins ...string) bool {
		return slices.ContainsFunc(begins, func(action string) bool { return strings.HasPrefix(act.Action, action) })
	}
	said := ""
	switch {
	case is("organisation.recipients"):
		n, lang, _ := strings.Cut(act.Object, " ")
		return r.say("notifications_trail", "n", n, "language", r.language(consent.Language(lang)))
	case keepingChanges[act.Action]:
		return r.keepingWords(r.noticeWords(act))
	case is("request.extend", "request.close") && strings.Contains(act.Object, "="): // earlier lines have no more than a code
		request, more, _ := strings.Cut(act.Object, " ")
		return request + ": " + r.toldWords(more, names)
	case objectCodes[act.Action] != "":
		said = r.codedWords(act)
	case is("log.erase"):
		object, ground, _ := strings.Cut(act.Object, " ground=")
		if words := r.words["log_erasure_"+ground]; words != "" {
			return object + ": " + words
		}
	case is(consent.TrailBegin):
		if broke, ok := consent.ParseTrailBreak(act.Object); ok {
			said = r.breakWords(broke)
		}
	case is("draft.settings.save"):
		return r.partsWords(act.Object)
	case is("organisation."):
		return r.answerWords(act.Object)
	case is("member.uninvite"):
		return r.toldWords("invitation="+act.Object, names)
	case is("member.", "account."):
		return r.peopleWords(act.Object, names)
	case is("key."):
		said = r.keyAbout(act.Object, names)
	case is("catalogue.import"):
		if n, err := strconv.Atoi(act.Object); err == nil {
			said = r.sayCount("trail_entries", n)
		}
	case is("draft.text") && strings.Contains(act.Object, "."):
		said = r.placeTold(&consent.FieldChange{Field: act.Object})
	case is("draft.cookie."):
		said = r.cookieTold(act.Object)
	case is("draft.service.take", "draft.service.send"):
		if site, service, two := strings.Cut(act.Object, "/"); two {
			said = r.say("trail_from_site", "service", service, "site", names.siteWords(consent.SiteKey(site)))
		}
	}
	if said != "" {
		return said
	}
	if when, draft, is := strings.Cut(act.Object, " draft="); is && !strings.Contains(when, "=") {
		return r.momentWords(when) + ", " + r.toldWords("draft="+draft, names)
	}
	if when := r.momentWords(act.Object); when != act.Object {
		return when
	}
	return r.toldWords(act.Object, names)
}

// cookieTold says a cookie as changes of it do, "" for what names none.
func (r *request) cookieTold(object string) string {
	service, name, is := strings.Cut(object, "/")
	if !is {
		return ""
	}
	return r.say("spot_cookie", "name", strings.ReplaceAll(name, " "+service+"/", ", "), "service", service)
}

// codedWords says the code that an object ends with, "" when it is none.
func (r *request) codedWords(act *consent.Act) string {
	object, code, _ := strings.Cut(act.Object, " ")
	if words := r.words[objectCodes[act.Action]+code]; words != "" {
		return object + ": " + words
	}
	return ""
}

// noticeWords says which notice was put back.
func (r *request) noticeWords(act *consent.Act) string {
	number, rest, _ := strings.Cut(act.Object, " ")
	if n, err := strconv.Atoi(number); err == nil && act.Action == "draft.restore" {
		return strings.TrimSpace(r.say("log_notice") + " " + strconv.Itoa(n) + " " + rest)
	}
	return act.Object
}

// peopleWords says people by their names, and roles.
func (r *request) peopleWords(object string, names *trailNames) string {
	if about, invitation, told := strings.Cut(" "+object, " invitation="); told {
		return strings.TrimPrefix(r.peopleWords(about, names)+", "+r.toldWords("invitation="+invitation, names), ", ")
	}
	words := strings.Fields(object)
	for i, word := range words {
		id, ok := consent.ParseAccountID(word)
		switch {
		case ok:
			words[i] = r.called(names, id)
		case slices.Contains(consent.Roles, consent.AccountRole(word)):
			words[i] = r.say("role_" + word)
		case word == "yes" || word == "no":
			words[i] = r.say(word)
		}
	}
	return strings.Join(words, ": ")
}

// keyAbout says a key by its name, which it has in what was told of it or has now.
func (r *request) keyAbout(object string, names *trailNames) string {
	id, name, _ := strings.Cut(object, " ")
	if name != "" {
		return r.say("trail_key_named", "name", name, "key", id)
	}
	return r.keyWords(id, names)
}

// keyWords says a key by the name that it has now, and one that is no more by its number.
func (r *request) keyWords(id string, names *trailNames) string {
	if name := names.keys[consent.APIKeyID(id)]; name != "" {
		return r.say("trail_key_named", "name", name, "key", id)
	}
	return id
}

// momentWords says a moment as acts tell it: by Norwegian clocks, or in UTC.
func (r *request) momentWords(text string) string {
	words, _ := web.WordsIn(r.lang)
	norway := consent.InNorway(r.Clock()).Location()
	for _, layout := range []string{"2006-01-02 15:04", "2006-01-02T15:04", "2006-01-02T15:04:05Z"} {
		zone := norway
		if strings.HasSuffix(layout, "Z") {
			zone = time.UTC
		}
		if moment, err := time.ParseInLocation(layout, text, zone); err == nil {
			return words.Clock(moment)
		}
	}
	return text
}
