package admin

import (
	"context"
	"net/http"
	"strconv"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

func logRoutes() []route {
	return []route{
		{method: http.MethodGet, path: "/sites/:site/log", may: consent.MayRead, handle: (*request).logGet},
		{method: http.MethodPost, path: "/sites/:site/log/find", may: consent.MayRead, action: "log.find", looks: true, handle: (*request).logFindPost},
		{method: http.MethodPost, path: "/sites/:site/log/verify", may: consent.MayRead, action: "log.verify", looks: true, costs: true, handle: (*request).logVerifyPost},
		{method: http.MethodGet, path: "/sites/:site/log/export", may: consent.MayRead, handle: (*request).logExportGet},
		{method: http.MethodPost, path: "/sites/:site/log/export", may: consent.MayRead, action: "log.export", looks: true, sure: true, costs: true, handle: (*request).logExportPost},
		{method: http.MethodGet, path: "/sites/:site/log/:decision", may: consent.MayRead, handle: (*request).decisionGet},
		{method: http.MethodGet, path: "/sites/:site/log/:decision/receipt", may: consent.MayRead, handle: (*request).decisionReceiptGet},
		{method: http.MethodGet, path: "/sites/:site/log/:decision/record", may: consent.MayRead, handle: (*request).decisionRecordGet},
		{method: http.MethodGet, path: "/sites/:site/log/:decision/erase", may: consent.MayAdminister, sure: true, handle: (*request).eraseGet},
		{method: http.MethodPost, path: "/sites/:site/log/:decision/erase", may: consent.MayAdminister, action: "log.erase", sure: true, reason: true, red: true, handle: (*request).erasePost},
		{method: http.MethodPost, path: "/sites/:site/log/:decision/freeze", may: consent.MayAdminister, action: "log.freeze", reason: true, handle: (*request).freezePost},
		{method: http.MethodPost, path: "/sites/:site/log/:decision/release", may: consent.MayAdminister, action: "log.release", reason: true, ask: (*request).askRelease, handle: (*request).releasePost},
	}
}

// logPath gives the address of the log, or of something in it.
func (r *request) logPath(more string) string { return "/sites/" + string(r.site.Key) + "/log" + more }

// logTrail leads back to the log, and to one decision of it when it has an id.
func (r *request) logTrail(id consent.DecisionID) []web.AdminLink {
	trail := []web.AdminLink{{Text: r.say("nav_log"), URL: r.logPath("")}}
	if !id.IsZero() {
		trail = append(trail, web.AdminLink{Text: r.say("log_decision"), URL: r.logPath("/" + id.String())})
	}
	return trail
}

// looked has the audit trail know what a post that changes nothing looked at,
// before it is shown.
func (r *request) looked(object string) error {
	act, _ := consent.ActOf(r.ctx)
	if object != "" {
		act.Object = object
	}
	return r.noteLook(r.ctx, act)
}

// reads is the act of who reads a page, for the audit trail.
func (r *request) reads(action string) consent.Act { return r.act(route{action: action}) }

// noteLook hands an act that changes nothing to the audit trail.
func (a *Admin) noteLook(ctx context.Context, act consent.Act) error {
	return a.Looked(ctx, act)
}

// logChoice is an option of a form.
type logChoice struct {
	Value, Text string
	Chosen      bool
}

// choices gives an option for each value, with the text of a key that ends in it.
func choices[S ~string](r *request, key string, all []S, chosen S) []logChoice {
	list := make([]logChoice, len(all))
	for i, value := range all {
		list[i] = logChoice{string(value), r.say(key + string(value)), value == chosen}
	}
	return list
}

// misfit is what is wrong with a field of a form.
type misfit struct {
	Field, Text string
	Lang        consent.Language // of the text, "" for that of the page
	Undone      bool             // something is to be done elsewhere first
	Repair      []web.AdminLink  // where, if anywhere
}

// misfits are what is wrong with a form.
type misfits []misfit

// Of gives what is wrong with a field, or nothing.
func (m misfits) Of(field string) *misfit {
	for i := range m {
		if m[i].Field == field {
			return &m[i]
		}
	}
	return nil
}

// None is for a form of the page that is not the faulty one.
func (misfits) None() misfits { return nil }

// decisionLine is a decision in a list.
type decisionLine struct {
	consent.Entry
	URL                  string
	StateWord, Tone      string
	MethodWord, LangWord string
	Granted              []string // names of categories, and of those granted in part
	Receipt              string   // the beginning of its id, which tells the time as well
}

// lines makes the lines of a list. Each has the names of its own notice: what its visitor
// was asked, whatever the site asks now.
func (r *request) lines(entries []consent.Entry) []decisionLine {
	list, asked := make([]decisionLine, len(entries)), map[consent.NoticeNumber]*consent.Draft{}
	for i := range entries {
		e := &entries[i]
		id := e.ID.String()
		draft, known := asked[e.Notice]
		if !known {
			draft = r.askedIn(e.Notice)
			asked[e.Notice] = draft
		}
		list[i] = decisionLine{
			Entry: *e, URL: r.logPath("/" + id), StateWord: r.namedInLog(string(e.State)), Tone: tones[e.State],
			MethodWord: r.namedInLog(string(e.Method)), LangWord: r.languageLabel(e.Language), Granted: r.granted(draft, &e.Decision), Receipt: id[24:],
		}
	}
	return list
}

// askedIn gives what visitors were asked in a notice. One that cannot be read, which the
// audit of the log tells of, names nothing: keys stand for names then.
func (r *request) askedIn(number consent.NoticeNumber) *consent.Draft {
	notice, err := r.Store.Notice(r.ctx, r.site.Key, number)
	if err != nil {
		r.Log.ErrorContext(r.ctx, "the categories of decisions have no names, because their notice cannot be read", "site", string(r.site.Key), "notice", int(number), "error", err)
		return new(consent.Draft)
	}
	return &notice.Draft
}

// tones are those of the dots before a state.
var tones = map[consent.State]string{consent.StateGiven: "good", consent.StatePartlyGiven: "warn"}

// granted names what a decision grants: whole categories, and those of which it
// grants a part. Whoever grants all that is asked for grants no part.
func (r *request) granted(draft *consent.Draft, d *consent.Decision) []string {
	choice, all := d.Choice, d.State == consent.StateGiven
	parts := map[consent.CategoryKey]int{}
	for ref, yes := range choice.Services {
		if key, _ := ref.Split(); yes && !choice.Categories[key] {
			parts[key]++
		}
	}
	var names []string
	for _, key := range categoriesOf(choice) {
		switch {
		case choice.Categories[key], all:
			names = append(names, r.categoryNamed(draft, key).Text)
		case parts[key] > 0:
			names = append(names, r.say("log_part", "name", r.categoryNamed(draft, key).Text, "n", parts[key]))
		}
	}
	return names
}

func (r *request) categoryNamed(draft *consent.Draft, key consent.CategoryKey) web.Wording {
	if category := draft.Category(key); category != nil {
		return r.in(category.Name)
	}
	return web.Wording{Text: string(key)}
}

// named gives the word for a fixed value of a decision.
func (r *request) namedInLog(value string) string {
	words, _ := web.AnswerWordsIn(r.lang)
	if word := words["answer_"+value]; word != "" {
		return word
	}
	return value
}

// inUse gives what visitors are asked now: the current notice, or the draft of a
// site that has published none.
func (r *request) inUse() (*consent.Draft, error) {
	if r.site.Notice == 0 {
		return r.Store.Draft(r.ctx, r.site.Key)
	}
	notice, err := r.Store.Notice(r.ctx, r.site.Key, r.site.Notice)
	if err != nil {
		return nil, err
	}
	return &notice.Draft, nil
}

func noticeName(r *request, number consent.NoticeNumber) string {
	return r.say("log_notice_n", "n", strconv.Itoa(int(number)))
}
