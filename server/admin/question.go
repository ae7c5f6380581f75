package admin

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/organising"
)

// question is what a person is asked before something goes.
type question struct {
	key   string // its texts begin with ask_ and this
	pairs []any  // what their {names} stand for
	back  string // the page from which it was asked
}

// questionPage asks. Without a script, it is answered by sending its form.
type questionPage struct {
	First           string // what is to be done before, "" for nothing
	Goes, Stays, Do string
	Path, Back      string
	Fields          []questionField // what the form has said
}

type questionField struct{ Name, Value string }

// agreed is the field with which a person says that they mean it.
const agreed = "agreed"

// unanswered gives what is still to be asked before the action, nil for nothing.
func (r *request) unanswered(to route) (*question, error) {
	if to.ask == nil || r.form.Get(agreed) == "yes" {
		return nil, nil //nolint:nilnil // nothing is asked
	}
	return to.ask(r)
}

// askFirst shows the question in place of the action.
func (r *request) askFirst(q *question, err error) error {
	if err != nil {
		return r.fail(err)
	}
	key := "ask_" + q.key
	shown := questionPage{
		Goes: r.say(key+"_goes", q.pairs...), Stays: r.say(key+"_stays", q.pairs...), Do: r.say(key+"_do", q.pairs...),
		Path: r.c.Path(), Back: q.back, First: r.words[key+"_first"],
	}
	for name, values := range r.form {
		for _, value := range values {
			if name != "csrf" && name != agreed {
				shown.Fields = append(shown.Fields, questionField{name, value})
			}
		}
	}
	slices.SortStableFunc(shown.Fields, func(a, b questionField) int { return strings.Compare(a.Name, b.Name) })
	r.c.Status(http.StatusOK)
	if err := r.show(page{name: "question.html", title: key, pairs: q.pairs, data: shown}); err != nil {
		return r.fail(err)
	}
	return nil
}

// asksOnly is for what needs no name: the page that it is asked from is above its path.
func asksOnly(key string) func(*request) (*question, error) {
	return func(r *request) (*question, error) {
		return &question{key, []any{"provider", r.outsideName()}, backOf[key](r)}, nil
	}
}

// backOf gives the page from which something is asked.
var backOf = map[string]func(*request) string{
	"identity_unlink": func(*request) string { return "/account" },
	"catalogue_remove": func(r *request) string {
		return "/organisations/" + string(r.organisation.ID) + "/catalogue"
	},
	"draft_restore": func(r *request) string { return r.sitePath("/notices/" + url.PathEscape(r.c.Params("notice"))) },
}

// askPasskey asks before a passkey goes.
func (r *request) askPasskey() (*question, error) {
	factors, err := r.Store.Factors(r.ctx, r.account.ID)
	if err != nil {
		return nil, err
	}
	for i := range factors.Passkeys {
		if passkeyKey(&factors.Passkeys[i]) == r.c.Params("passkey") {
			return r.askFactor("factor_passkey_remove", keyGoes, factors, "name", factors.Passkeys[i].Name), nil
		}
	}
	return nil, errNoPage()
}

// askCodes asks before recovery codes go that somebody may have on paper.
func (r *request) askCodes() (*question, error) {
	factors, err := r.Store.Factors(r.ctx, r.account.ID)
	if err != nil || factors.Codes == 0 {
		return nil, err
	}
	return r.askFactor("factor_codes", codesGo, factors, "n", factors.Codes), nil
}

// askUninvite asks before an invitation goes.
func (r *request) askUninvite() (*question, error) {
	invitation, err := r.namedInvitation()
	if err != nil {
		return nil, err
	}
	return &question{"member_uninvite", []any{"name", invitation.Email}, r.peoplePath()}, nil
}

// askRemove asks before somebody's access goes.
func (r *request) askRemove() (*question, error) {
	account, err := r.member()
	if err != nil {
		return nil, err
	}
	if err := organising.MayGive(r.account, r.organisation.ID, account.Role(r.organisation.ID)); err != nil {
		return nil, err
	}
	return r.aboutMember("member_remove", account), nil
}

// asksAboutMember is for what goes of a member's account.
func asksAboutMember(key string) func(*request) (*question, error) {
	return func(r *request) (*question, error) {
		account, err := r.member()
		if err != nil {
			return nil, err
		}
		if !r.account.MayReset(account) {
			return nil, errNotTheirs()
		}
		return r.aboutMember(key, account), nil
	}
}

func (r *request) aboutMember(key string, account *consent.Account) *question {
	return r.about(key, account, r.peoplePath()+"/"+strconv.FormatInt(int64(account.ID), 10))
}

// asksAboutAnyone is for what an operator takes from an account.
func asksAboutAnyone(key string) func(*request) (*question, error) {
	return func(r *request) (*question, error) {
		find := r.anyone
		if key == "close" {
			find = r.another
		}
		account, err := find()
		if err != nil {
			return nil, err
		}
		if key != "close" && !r.account.MayReset(account) {
			return nil, errNotTheirs()
		}
		return r.about(key, account, anyonePath(account)), nil
	}
}

func (r *request) about(key string, account *consent.Account, back string) *question {
	pairs := []any{"name", account.Called(), "provider", r.outsideName()}
	if r.organisation != nil {
		pairs = append(pairs, "organisation", r.organisation.Name)
	}
	return &question{key, pairs, back}
}

// askRevoke asks before a program loses its key.
func (r *request) askRevoke() (*question, error) {
	keys, err := r.Store.APIKeys(r.ctx, r.organisation.ID)
	if err != nil {
		return nil, err
	}
	for i := range keys {
		if string(keys[i].ID) == r.c.Params("key") {
			return &question{"key_revoke", []any{"name", keys[i].Name}, "/organisations/" + string(r.organisation.ID) + "/keys"}, nil
		}
	}
	return nil, errNoPage()
}

// askRelease asks before a decision can be deleted again.
func (r *request) askRelease() (*question, error) {
	entry, err := r.there()
	if err != nil {
		return nil, err
	}
	if !entry.Frozen && r.field("all") == "" || len(r.releaseFaults()) > 0 {
		return nil, nil //nolint:nilnil // the action says so
	}
	if err := r.sees(entry.ID); err != nil {
		return nil, err
	}
	back := r.logPath("/" + entry.ID.String())
	if from := r.cameFrom(); from != "" {
		back += "?request=" + from
	}
	return &question{"log_release", nil, back}, nil
}
