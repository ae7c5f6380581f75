package consent

import (
	"slices"
	"strings"
)

// withKey begins the actions of programs that have a key.
const withKey = "api."

// alsoCalled are the actions with a key that are several on the pages, or have another
// name there.
var alsoCalled = map[string][]string{
	"api.draft.text.save":     {"draft.texts.save"},
	"api.draft.service.save":  {"draft.service.save", "draft.service.add"},
	"api.draft.cookie.save":   {"draft.cookie.save", "draft.cookie.add"},
	"api.draft.category.save": {"draft.category.save", "draft.category.add"},
	"api.organisation.two":    {"organisation.two.begin", "organisation.two.propose", "organisation.two.keep", "organisation.two.end"},
}

// OnPages gives what an action is called on the pages and as a command.
func OnPages(action string) []string {
	if names := alsoCalled[action]; names != nil {
		return slices.Clone(names)
	}
	return []string{strings.TrimPrefix(action, withKey)}
}

// OnEveryWay gives the names that an action has on the pages, as a command and with a key.
// One with a key is itself alone.
func OnEveryWay(action string) []string {
	if strings.HasPrefix(action, withKey) {
		return []string{action}
	}
	names := []string{action}
	for with, others := range alsoCalled {
		if slices.Contains(others, action) {
			names = append(names, with)
		}
	}
	if with := withKey + action; !slices.Contains(names, with) {
		names = append(names, with)
	}
	return names
}
