package admin

import (
	"cmp"
	"context"
	"regexp"
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/sitefile"
)

// WithKeeping has the trail tell from what to what a change of a draft alters how long
// answers hold and are kept: who shortens that decides what becomes of evidence.
func WithKeeping(ctx context.Context, before, after *consent.Site) context.Context {
	act, is := consent.ActOf(ctx)
	if !is {
		return ctx
	}
	act.Object = strings.TrimSpace(act.Object + " " + sitefile.KeepingTold(before, after))
	return consent.WithAct(ctx, act)
}

var keepingTold = regexp.MustCompile(`(validity|retention|refusals)=(\S+)->(\S+)`)

// keepingWords says what WithKeeping has told in the language of the person.
func (r *request) keepingWords(object string) string {
	return keepingTold.ReplaceAllStringFunc(object, func(told string) string {
		parts := keepingTold.FindStringSubmatch(told)
		return r.say("settings_"+parts[1]) + ": " + r.keptWords(parts[1], parts[2]) + " → " + r.keptWords(parts[1], parts[3]) + "."
	})
}

func (r *request) keptWords(name, value string) string {
	if value == sitefile.Unset {
		value = ""
	}
	if words := r.words["settings_"+name+"_"+value]; words != "" {
		return words
	}
	if lifetime := consent.Lifetime(value); lifetime.Valid() {
		return lifetime.Words(r.lang)
	}
	return cmp.Or(value, r.say("inventory_empty"))
}
