package admin

import (
	"crypto/rand"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

func apiKeyRoutes() []route {
	const keys = "/organisations/:organisation/keys"
	return []route{
		{method: http.MethodGet, path: keys, may: consent.MayAudit, handle: (*request).keysGet},
		{method: http.MethodPost, path: keys, may: consent.MayAdminister, action: "key.make", sure: true, handle: (*request).keyPost},
		{method: http.MethodPost, path: keys + "/:key/revoke", may: consent.MayAdminister, action: "key.revoke", sure: true, ask: (*request).askRevoke, handle: (*request).keyRevokePost},
	}
}

// usualKeyDays is what is chosen before the person chooses.
const usualKeyDays = 90

// keysPage is which programs have a key, and a form for another one.
type keysPage struct {
	Keys   []keyLine
	API    string // address
	May    bool   // the person may make and revoke keys
	Name   string // as it was written
	Scopes []keyChoice
	Days   []keyChoice
	Faults misfits
	Secret string // to be handed over, shown once
	Made   string // what the secret is for
	Most   int
}

// keyLine is a key in the list.
type keyLine struct {
	consent.APIKey
	Begins string // how its secret begins
	May    string // its scopes
	By     string // who made it
	Over   bool
	// Weak says that whoever made it may not do all of it any more.
	Weak bool
}

// keyChoice is something that can be chosen for a key.
type keyChoice struct {
	Value, Text, Does string
	Chosen            bool
}

// keysGet shows the keys.
func (r *request) keysGet() error {
	return r.showKeys(http.StatusOK, &keysPage{Scopes: r.scopeChoices([]string{string(consent.ScopeRead)}), Days: r.dayChoices(strconv.Itoa(usualKeyDays))})
}

func (r *request) showKeys(status int, shown *keysPage) error {
	keys, err := r.Store.APIKeys(r.ctx, r.organisation.ID)
	if err != nil {
		return err
	}
	accounts, err := r.Store.Accounts(r.ctx)
	if err != nil {
		return err
	}
	called := callings(accounts, r.organisation.ID)
	for _, key := range keys {
		shown.Keys = append(shown.Keys, r.keyLine(key, accounts, called))
	}
	shown.API, shown.Most, shown.May = r.Address+api.Base, consent.MaxAPIKeyName, r.may(consent.MayAdminister)
	r.c.Status(status)
	return r.show(page{name: "keys.html", title: "keys_title", data: shown})
}

func (r *request) keyLine(key consent.APIKey, accounts []consent.Account, called map[consent.AccountID]string) keyLine {
	line := keyLine{APIKey: key, Begins: key.Begins(), Over: !r.Clock().Before(key.Expires), Weak: true}
	scopes := make([]string, len(key.Scopes))
	for i, scope := range key.Scopes {
		scopes[i] = r.say("keys_scope_" + string(scope))
	}
	line.May = strings.Join(scopes, ", ")
	at := slices.IndexFunc(accounts, func(a consent.Account) bool { return a.ID == key.Maker })
	if at < 0 {
		return line
	}
	maker := &accounts[at]
	line.By = called[maker.ID]
	line.Weak = maker.Closed || !key.Within(maker)
	return line
}

// scopeChoices gives the scopes that the person may give: nobody gives more than
// they have.
func (r *request) scopeChoices(chosen []string) []keyChoice {
	var choices []keyChoice
	for _, scope := range consent.Scopes {
		if r.account.Allows(r.organisation.ID, scope) {
			choices = append(choices, keyChoice{string(scope), r.say("keys_scope_" + string(scope)), r.say("keys_scope_" + string(scope) + "_does"), slices.Contains(chosen, string(scope))})
		}
	}
	return choices
}

func chosenScopes(choices []keyChoice) (chosen []consent.Scope) {
	for _, scope := range choices {
		if scope.Chosen {
			chosen = append(chosen, consent.Scope(scope.Value))
		}
	}
	return chosen
}

func (r *request) dayChoices(chosen string) []keyChoice {
	choices := make([]keyChoice, len(consent.APIKeyDays))
	for i, days := range consent.APIKeyDays {
		value := strconv.Itoa(days)
		choices[i] = keyChoice{Value: value, Text: r.say("keys_days_" + value), Chosen: value == chosen}
	}
	return choices
}

// keyPost makes a key, and shows its secret this once.
func (r *request) keyPost() error {
	shown := &keysPage{Name: r.field("name"), Scopes: r.scopeChoices(r.form["scope"]), Days: r.dayChoices(r.form.Get("days"))}
	key := &consent.APIKey{Organisation: r.organisation.ID, Name: shown.Name, Maker: r.account.ID, Created: r.Clock()}
	wrong := func(field, text string) {
		shown.Faults = append(shown.Faults, misfit{Field: field, Text: r.say(text, "n", consent.MaxAPIKeyName)})
	}
	if text := keyNameFault(key.Name); text != "" {
		wrong("name", text)
	}
	key.Scopes = chosenScopes(shown.Scopes)
	switch {
	case len(key.Scopes) == 0:
		wrong("scope-read", "keys_no_scope")
	case len(key.Scopes) < len(r.form["scope"]):
		wrong("scope-read", "keys_not_offered")
	}
	at := slices.IndexFunc(shown.Days, func(c keyChoice) bool { return c.Chosen })
	if at < 0 {
		wrong("days-"+strconv.Itoa(consent.APIKeyDays[0]), "keys_no_days")
	}
	if len(shown.Faults) > 0 {
		return r.showKeys(http.StatusUnprocessableEntity, shown)
	}
	key.Expires = key.Created.Add(time.Duration(consent.APIKeyDays[at]) * 24 * time.Hour)
	var random [38]byte
	_, _ = rand.Read(random[:]) // never fails: the program ends instead
	secret := key.Seal(random)
	r.tells(func(act *consent.Act) { act.Object = string(key.ID) + " " + key.Name })
	if err := r.Store.AddAPIKey(r.ctx, key); err != nil {
		return err
	}
	again := &keysPage{Secret: secret, Made: key.Name, Scopes: r.scopeChoices([]string{string(consent.ScopeRead)}), Days: r.dayChoices(strconv.Itoa(usualKeyDays))}
	return r.showKeys(http.StatusOK, again)
}

// keyNameFault names the text that says what is wrong with the name of a new key.
func keyNameFault(name string) string {
	switch fault := consent.FaultOfKeyName(name); {
	case name == "":
		return "keys_no_name"
	case utf8.RuneCountInString(name) > consent.MaxAPIKeyName:
		return "keys_long_name"
	case fault == consent.NameOwn, fault == consent.NameAnother:
		return "keys_" + string(fault)
	default:
		return string(fault)
	}
}

// keyRevokePost ends a key at once.
func (r *request) keyRevokePost() error {
	keys, err := r.Store.APIKeys(r.ctx, r.organisation.ID)
	if err != nil {
		return err
	}
	id := consent.APIKeyID(r.c.Params("key"))
	for i := range keys {
		if keys[i].ID == id {
			r.tells(func(act *consent.Act) { act.Object += " " + keys[i].Name })
		}
	}
	if err := orNoPage(r.Store.RevokeAPIKey(r.ctx, r.organisation.ID, id)); err != nil {
		return err
	}
	return r.redirect("/organisations/"+string(r.organisation.ID)+"/keys", "key_revoked")
}
