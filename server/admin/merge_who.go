package admin

import (
	"slices"
	"strings"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

// mostLooked is how many acts are looked through for who has changed something.
const mostLooked = 200

// changers tells who has changed the fields of a draft since a form was opened. It is read
// when it is first asked.
type changers struct {
	*request
	since  time.Time // zero when it is not known: then nobody is told of
	acts   []consent.ActEntry
	called map[consent.AccountID]string
	read   bool
	others bool // somebody else is told of, or nobody knows who
	// certain says that what was told of last did nothing else than remove it.
	certain bool
}

// of says who changed a field last and when, "" when the trail does not tell for certain.
// The field goes by its path, as acts have it.
func (c *changers) of(path string) (string, error) {
	return c.who("conflict_by", func(change *consent.FieldChange) bool {
		return change.Field == path || strings.HasPrefix(change.Field, path+".") || strings.HasPrefix(path, change.Field+".")
	})
}

// removed says the same of who removed something.
func (c *changers) removed(path string) (string, error) {
	return c.who("conflict_gone_by", func(change *consent.FieldChange) bool {
		return change.Is == "" && (change.Field == path || strings.HasPrefix(path, change.Field+"."))
	})
}

func (c *changers) who(key string, is func(*consent.FieldChange) bool) (string, error) {
	if err := c.look(); err != nil {
		return "", err
	}
	for i := range c.acts {
		act := &c.acts[i].Act
		if slices.ContainsFunc(act.Changes, func(change consent.FieldChange) bool { return is(&change) }) {
			c.others = c.others || act.By() != consent.ByPerson || act.Account != c.account.ID
			c.certain = strings.HasSuffix(act.Action, ".remove")
			words, _ := web.WordsIn(c.lang)
			return c.say(key, "who", c.doer(act), "when", words.Clock(act.Time)), nil
		}
		if act.More > 0 {
			break // it may have been this one, too
		}
	}
	c.others = true
	return "", nil
}

func (c *changers) look() error {
	if c.read || c.since.IsZero() {
		return nil
	}
	c.read = true
	all, err := c.Store.Accounts(c.ctx)
	if err != nil {
		return err
	}
	c.called = callings(all, c.organisation.ID)
	acts, err := c.Store.Acts(c.ctx, consent.TrailQuery{Organisation: c.organisation.ID, Site: c.site.Key, From: c.since, Limit: mostLooked})
	if err != nil {
		return err
	}
	saver, _, err := c.Store.Saver(c.ctx, c.site.Key)
	if newest := slices.IndexFunc(acts, changesDraft); newest >= 0 && acts[newest].Account == saver {
		c.acts = acts // or the last change of the draft is told elsewhere
	}
	return err
}

func changesDraft(act consent.ActEntry) bool {
	return strings.HasPrefix(strings.TrimPrefix(act.Action, "api."), "draft.")
}

// newestActs gives those of the Site, to be told of.
func (r *request) newestActs() (*changers, error) {
	acts, err := r.Store.Acts(r.ctx, consent.TrailQuery{Organisation: r.organisation.ID, Site: r.site.Key, Limit: mostLooked})
	if err != nil {
		return nil, err
	}
	all, err := r.Store.Accounts(r.ctx)
	return &changers{request: r, acts: acts, called: callings(all, r.organisation.ID), read: true}, err
}

// last says who did the newest act that fits and when, "" when the trail does not tell, and
// whether that was the person.
func (c *changers) last(fits func(*consent.Act) bool) (by string, own bool) {
	i := slices.IndexFunc(c.acts, func(act consent.ActEntry) bool { return fits(&act.Act) })
	if i < 0 {
		return "", false
	}
	act := &c.acts[i].Act
	words, _ := web.WordsIn(c.lang)
	return c.say("conflict_by", "who", c.doer(act), "when", words.Clock(act.Time)), act.By() == consent.ByPerson && act.Account == c.account.ID
}

// lastTold says the same of a single question.
func (r *request) lastTold(fits func(*consent.Act) bool) (by string, own bool, err error) {
	c, err := r.newestActs()
	if err != nil {
		return "", false, err
	}
	by, own = c.last(fits)
	return by, own, nil
}

// doer says who did something, as colleagues are called.
func (c *changers) doer(act *consent.Act) string {
	switch by := act.By(); {
	case by != consent.ByPerson:
		return c.say("conflict_by_" + string(by))
	case act.Account == c.account.ID:
		return c.say("conflict_by_self")
	}
	return brief(c.nameIn(c.called, act.Account))
}

// changers gives who has changed what since a form was opened.
func (r *request) changers(was *opened) *changers {
	c := &changers{request: r}
	if was != nil {
		c.since = was.at
	}
	return c
}

// toldAs gives what acts call a field of a form: members of a list have other names there.
func toldAs(field string) string {
	for _, list := range []string{memberList, "data_categories"} {
		if strings.HasPrefix(field, list+".") {
			return list
		}
	}
	return field
}
