package admin

import "github.com/samtykke/samtykke/consent"

// goingFactor is what is taken away of somebody's ways to log in.
type goingFactor int

const (
	appGoes goingFactor = iota
	keyGoes
	codesGo
)

// askFactor asks before one goes: what is left then, and whether it was the last second factor.
func (r *request) askFactor(key string, goes goingFactor, factors *consent.Factors, pairs ...any) *question {
	var rest []string
	app, keys, codes := factors.App && goes != appGoes, len(factors.Passkeys), factors.Codes > 0 && goes != codesGo
	which := "factor_rest_key"
	if goes == keyGoes {
		keys, which = keys-1, "factor_rest_other_key"
	}
	if keys > 1 {
		which += "s"
	}
	last := ""
	if !app && keys == 0 {
		last = " " + r.say("factor_last")
		if codes {
			last += " " + r.say("factor_last_codes")
		}
		codes = false
	}
	add := func(is bool, key string) {
		if is {
			rest = append(rest, r.say(key, "provider", r.outsideName()))
		}
	}
	outside := r.account.Password == "" && r.Outside != nil
	add(!outside, "factor_rest_password")
	add(outside, "factor_rest_outside")
	add(app, "factor_rest_app")
	add(keys > 0, which)
	add(codes, "factor_rest_codes")
	return &question{key, append(pairs, "rest", capitalised(r.sentence(rest)), "last", last), "/account/factors"}
}

// askApp asks before the app goes.
func (r *request) askApp() (*question, error) {
	factors, err := r.Store.Factors(r.ctx, r.account.ID)
	if err != nil {
		return nil, err
	}
	return r.askFactor("factor_app_remove", appGoes, factors), nil
}
