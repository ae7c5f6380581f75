package consent

import (
	"regexp"
	"slices"
)

// AnswerCookie names the cookie in which the banner keeps a visitor's answer.
func (k SiteKey) AnswerCookie() string { return "samtykke-" + string(k) }

// KeptCookie names the copy of it that the site's own server sets, for browsers
// that forget within a week what a page script has set.
func (k SiteKey) KeptCookie() string { return k.AnswerCookie() + ".kept" }

// OwnCookies names the cookies that Samtykke itself keeps on the devices of visitors
// who have answered.
func (s *Site) OwnCookies() []string {
	if s.SameOrigin {
		return []string{s.Key.AnswerCookie(), s.Key.KeptCookie()}
	}
	return []string{s.Key.AnswerCookie()}
}

var answerForm = regexp.MustCompile(`^1(\.[\w-]{6}[0-9a-z]{1,9}~[012]+)*$`)

// maxAnswer is more than the answer to any Notice takes, and less than browsers keep.
const maxAnswer = 3800

// ValidAnswer says whether the banner may have written value into its cookie.
func ValidAnswer(value string) bool { return len(value) <= maxAnswer && answerForm.MatchString(value) }

// Leftover gives those names of a device's cookies that must go: a service that is
// not granted may have set them, and nothing granted or necessary goes by that name.
// It is the rule by which the banner removes what a page script can reach.
func (d *Draft) Leftover(names []string, granted []ServiceRef) []string {
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool { return !d.isLeftover(name, granted) })
}

func (d *Draft) isLeftover(name string, granted []ServiceRef) bool {
	found := false
	for i := range d.Services {
		service := &d.Services[i]
		for j := range service.Cookies {
			cookie := &service.Cookies[j]
			if cookie.Kind != KindCookie || !cookie.Pattern.Matches(name) {
				continue
			}
			category := cookie.CategoryIn(service)
			if category == Necessary || cookie.Status != StatusResidual && slices.Contains(granted, Ref(category, service.Key)) {
				return false
			}
			found = found || cookie.Party != ThirdParty
		}
	}
	return found
}
