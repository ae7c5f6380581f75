package admin

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"unicode"

	"github.com/samtykke/samtykke/consent"
)

// attempts is how often a change is tried anew on a draft that others save
// meanwhile.
const attempts = 8

// changeDraft saves what change makes of the Site's draft. When somebody saves
// another change at the same moment, change is made again on theirs: it looks for
// itself whether the part that it is about is still the same. A change that
// changes nothing is not saved.
func (r *request) changeDraft(change func(*consent.Draft) error) error {
	var err error
	for range attempts {
		draft, revision, before, failed := r.draftToChange(r.ctx, r.site.Key)
		if failed != nil {
			return failed
		}
		was := draft.Site
		if err := change(draft); err != nil {
			return err
		}
		now := draft.Hash()
		if now == before {
			return nil
		}
		if err = r.Store.ReplaceDraft(WithKeeping(r.ctx, &was, &draft.Site), draft, revision, r.Clock()); err == nil {
			r.keepSaved(revision, draft, now)
			return nil
		}
		var own *consent.Error
		if !errors.As(err, &own) || own.Code != "draft_changed" {
			return err
		}
	}
	return err
}

// draft gives the Site's draft as a page shows it. It is the same for a whole request,
// others read it too, and nobody changes it.
func (r *request) draft() (*consent.Draft, error) {
	if r.shownDraft == nil {
		kept, err := r.keptDraft()
		if err != nil {
			return nil, err
		}
		r.shownDraft = kept
	}
	return r.shownDraft.draft, nil
}

// gone is the hash of a part that the draft does not hold.
const gone = "gone"

// hashOf tells two states of a part of the draft apart.
func hashOf(part any) string {
	if part == nil {
		return gone
	}
	text, err := json.Marshal(part)
	if err != nil {
		panic(err) // drafts are plain data
	}
	return consent.HashOf(text).String()[:32]
}

// partNames gives each member of a list its name in the paths of
// consent.Draft.Validate.
func partNames[T any](list []T, key func(*T) string) []string { return consent.PathNames(list, key) }

func serviceKey(s *consent.Service) string   { return string(s.Key) }
func cookieName(c *consent.Cookie) string    { return c.Pattern.Name }
func categoryKey(c *consent.Category) string { return string(c.Key) }

// addressNames gives each member of a list its name in addresses: its key where
// that is one, else something like it with a piece of its hash. Names of cookies
// hold any character.
func addressNames[T any](list []T, key func(*T) string) []string {
	names, seen := make([]string, len(list)), map[string]int{}
	for i := range list {
		name := key(&list[i])
		seen[name]++
		names[i] = addressName(name)
		if n := seen[name]; n > 1 {
			names[i] += "." + strconv.Itoa(n)
		}
	}
	return names
}

func addressName(name string) string {
	if consent.ServiceKey(name).Valid() {
		return name
	}
	var readable strings.Builder
	for _, c := range name {
		if readable.Len() >= 40 {
			break
		}
		if c < unicode.MaxASCII && (unicode.IsLetter(c) || unicode.IsDigit(c) || c == '_' || c == '-') {
			readable.WriteRune(c)
		}
	}
	return readable.String() + "." + consent.HashOf([]byte(name)).String()[:8]
}

// indexOf finds the member of a list that an address names, or -1.
func indexOf[T any](list []T, key func(*T) string, name string) int {
	for i, each := range addressNames(list, key) {
		if each == name {
			return i
		}
	}
	return -1
}

// serviceAt gives the service that an address names, or nil.
func serviceAt(d *consent.Draft, name string) *consent.Service {
	if i := indexOf(d.Services, serviceKey, name); i >= 0 {
		return &d.Services[i]
	}
	return nil
}

// namedService gives the draft as it is now, and the service of it that the address
// names.
func (r *request) namedService() (*consent.Draft, *consent.Service, error) {
	draft, err := r.Store.Draft(r.ctx, r.site.Key)
	if err != nil {
		return nil, nil, err
	}
	s := serviceAt(draft, r.c.Params("service"))
	if s == nil {
		return nil, nil, errNoPage()
	}
	return draft, s, nil
}

// brief gives a text as a table shows it: on one line, not endless, and without
// characters that nobody sees or that turn the rest around.
func brief(text string) string {
	const longest = 160
	shown := strings.Map(func(c rune) rune {
		switch {
		case c == '\n' || c == '\t':
			return ' '
		case unicode.IsControl(c), c >= '\u202a' && c <= '\u202e', c >= '\u2066' && c <= '\u2069', c == '\u200e', c == '\u200f', c == '\u061c', c == '\ufeff':
			return unicode.ReplacementChar
		}
		return c
	}, text[:min(len(text), 4*longest)])
	if runes := []rune(shown); len(runes) > longest {
		return string(runes[:longest]) + "…"
	}
	return strings.ToValidUTF8(shown, "")
}
