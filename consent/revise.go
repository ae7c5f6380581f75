package consent

import (
	"strings"
	"unicode"
)

// Revise gives the draft with the revision of every purpose settled against the
// notice before it, so that publishing asks again for a purpose that changed and
// not for one that was spelled better. Texts in languages that the site lacks are left
// out. Before is nil for a first notice.
//
// A revision that the editor wrote stands. One that is left at 0 goes on from
// the notice before, plus one when the sentence in the site's default language
// came to say something else. Software cannot tell a new meaning from new
// words, so it lets only spelling pass: case, punctuation, spacing and single
// letters within longer words. For anything more it asks again, which is the
// safe mistake; an editor who knows better writes the old number.
func Revise(draft Draft, before *Draft) Draft {
	draft.Categories = list(draft.Categories)
	for i := range draft.Categories {
		c := &draft.Categories[i]
		if c.PurposeRevision > 0 {
			continue
		}
		c.PurposeRevision = 1
		if before == nil {
			continue
		}
		if old := before.Category(c.Key); old != nil {
			same := draft.saysTheSame(before, old.Purpose, c.Purpose)
			c.PurposeRevision = revisionAfter(old.PurposeRevision, same)
		}
	}
	draft.Services = list(draft.Services)
	earlier := before.servicesByKey()
	for i := range draft.Services {
		s := &draft.Services[i]
		if s.PurposeRevision > 0 {
			continue
		}
		s.PurposeRevision = 1
		if old := earlier[s.Key]; old != nil {
			s.PurposeRevision = revisionAfter(old.PurposeRevision, draft.sameService(before, old, s))
		}
	}
	return *draft.saidIn(draft.Site.Languages)
}

// revisionAfter counts on from an earlier revision; none stands for the first.
func revisionAfter(old int, same bool) int {
	if same {
		return max(old, 1)
	}
	return max(old, 1) + 1
}

// sameService compares the service's purpose, the kinds of data and the purposes
// of the cookies that both have. New cookies count in the checksum itself.
func (d *Draft) sameService(before *Draft, old, s *Service) bool {
	if !d.saysTheSame(before, old.Purpose, s.Purpose) || len(old.DataCategories) != len(s.DataCategories) {
		return false
	}
	for i := range s.DataCategories {
		if !d.saysTheSame(before, old.DataCategories[i], s.DataCategories[i]) {
			return false
		}
	}
	for i := range s.Cookies {
		c := &s.Cookies[i]
		if c.CategoryIn(s) == Necessary || c.Gone() {
			continue
		}
		for j := range old.Cookies {
			if o := &old.Cookies[j]; o.Kind == c.Kind && o.Pattern.Name == c.Pattern.Name && !d.saysTheSame(before, o.Purpose, c.Purpose) {
				return false
			}
		}
	}
	return true
}

// saysTheSame compares two texts in the first language of the site that both
// have: a translation is no new meaning.
func (d *Draft) saysTheSame(before *Draft, old, now Text) bool {
	for _, lang := range append(append([]Language{}, before.Site.Languages...), d.Site.Languages...) {
		if old[lang] != "" && now[lang] != "" {
			return sameButSpelling(old[lang], now[lang])
		}
	}
	return false
}

// sameButSpelling says whether two sentences differ by spelling alone.
func sameButSpelling(a, b string) bool {
	if a == b {
		return true // as most are
	}
	left, right := wordsOfSentence(a), wordsOfSentence(b)
	if strings.Join(left, "") == strings.Join(right, "") {
		return true
	}
	if len(left) != len(right) {
		return false
	}
	mistakes := 0
	for i := range left {
		if left[i] == right[i] {
			continue
		}
		if !isMisspelling(left[i], right[i]) {
			return false
		}
		mistakes++
	}
	return mistakes <= 1+len(left)/4
}

func wordsOfSentence(sentence string) []string {
	return strings.FieldsFunc(strings.ToLower(sentence), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// isMisspelling says whether one word can be the other with a letter wrong,
// missing, doubled or exchanged with its neighbour. Short words and first
// letters never are: "kan" is not "kun", and "personlig" not "upersonlig".
func isMisspelling(a, b string) bool {
	left, right := []rune(a), []rune(b)
	if min(len(left), len(right)) < 4 || left[0] != right[0] || strings.ContainsAny(a+b, "0123456789") {
		return false
	}
	for len(left) > 0 && len(right) > 0 && left[0] == right[0] {
		left, right = left[1:], right[1:]
	}
	for len(left) > 0 && len(right) > 0 && left[len(left)-1] == right[len(right)-1] {
		left, right = left[:len(left)-1], right[:len(right)-1]
	}
	if len(left) == 2 && len(right) == 2 {
		return left[0] == right[1] && left[1] == right[0]
	}
	return len(left) <= 1 && len(right) <= 1
}
