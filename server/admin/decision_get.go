package admin

import (
	"cmp"
	"encoding/base64"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/replay"
	"github.com/samtykke/samtykke/server/web"
)

// visitorShown is how much of a visitor's key is shown: enough to see that two
// decisions are the same visitor's, and of no use to find one.
const visitorShown = 6

// decisionPage is one decision with all that it proves.
type decisionPage struct {
	URL           string
	ID            string
	Entry         *consent.Entry // nil when it was erased
	Stub          *consent.Stub  // what is left then
	Tone          string
	State         string
	Facts         []fact
	Answers       []answerLine
	Frozen        *consent.Restriction // nil when it is not frozen
	Notice        noticeShown
	Place         placeInLog
	Grounds       []logChoice // for freezing; none when it cannot be frozen further
	Others        int         // further decisions of the same visitor
	Request       string      // that somebody came from, who means all of them; "" for none
	Fault         string
	Faults        misfits // of the form that freezes
	Reason        string  // that was written there
	ReleaseReason string  // of the form that ends a freeze
	Status        logStatus
	May           bool // change what is kept
}

// fact is something about a decision: words, or what is compared sign by sign.
type fact struct{ Label, Text, Code, URL string }

// answerLine is the answer to one question, or the category of those that follow
// where it was not asked about itself.
type answerLine struct {
	Name    web.Wording
	Key     string
	Service bool
	Asked   bool
	Granted bool
}

// noticeShown is what the visitor was told.
type noticeShown struct {
	Number         consent.NoticeNumber
	Published      time.Time
	Hash           string
	URL, Shown     string
	Bundle, Script string // id of the bundle, and the hash of its main file
}

// placeInLog is where the decision stands in the ledger, and whether that holds now.
type placeInLog struct {
	consent.Proven
	Holds bool
	Why   string // it does not hold
}

// Number and Places are its place and how many there are, to be written.
func (p placeInLog) Number() int { return int(p.Index) }
func (p placeInLog) Places() int { return int(p.Size) }

// decisionGet shows one decision.
func (r *request) decisionGet() error { return r.showDecision(http.StatusOK, "", nil) }

func (r *request) showDecision(status int, fault string, faults misfits) error {
	entry, stub, err := r.inPath()
	if err != nil {
		return err
	}
	id := idOf(entry, stub)
	if err := r.sees(id); err != nil {
		return err
	}
	shown := &decisionPage{ID: id.String(), Request: r.cameFrom(), Stub: stub, Entry: entry, Fault: fault, Faults: faults, Reason: r.field("reason"), Status: r.logStatus(), May: r.may(consent.MayAdminister)}
	if faults.Of(releaseReason) != nil {
		shown.Reason, shown.ReleaseReason = "", shown.Reason
	}
	if entry != nil {
		if err := r.fill(shown); err != nil {
			return err
		}
	}
	shown.URL = r.logPath("/" + shown.ID)
	r.c.Status(status)
	return r.show(page{name: "decision.html", title: "log_decision", trail: r.logTrail(consent.DecisionID{}), data: shown})
}

// idOf gives the id of a decision, or of what is left of it.
func idOf(entry *consent.Entry, stub *consent.Stub) consent.DecisionID {
	if entry == nil {
		return stub.ID
	}
	return entry.ID
}

// fill puts together what is known of a decision.
func (r *request) fill(shown *decisionPage) (err error) {
	entry := shown.Entry
	shown.State, shown.Tone = r.namedInLog(string(entry.State)), tones[entry.State]
	notice, err := r.Store.Notice(r.ctx, entry.Site, entry.Notice)
	if err != nil {
		return err
	}
	if shown.Notice, err = r.noticeShown(entry, notice); err != nil {
		return err
	}
	shown.Answers, shown.Facts = r.answers(&notice.Draft, entry.Choice), r.facts(entry, &notice.Draft.Site)
	shown.Place = r.treePlace(entry)
	if entry.Frozen {
		if shown.Frozen, err = r.Store.Restricted(r.ctx, entry.Site, entry.ID); err != nil && consent.KindOf(err) != consent.NotFound {
			return err
		}
	}
	if shown.Frozen == nil || shown.Frozen.Reason == consent.ReasonAsked {
		shown.Grounds = r.grounds(shown.Frozen)
	}
	all, err := r.alike(entry)
	shown.Others = max(len(all)-1, 0)
	return err
}

// grounds are those on which it can be frozen: what the visitor has frozen can be
// frozen on another ground.
func (r *request) grounds(frozen *consent.Restriction) []logChoice {
	all := consent.RestrictionReasons
	if frozen != nil {
		all = slices.DeleteFunc(slices.Clone(all), func(reason consent.RestrictionReason) bool { return reason == frozen.Reason })
	}
	return choices(r, "log_ground_", all, cmp.Or(consent.RestrictionReason(r.field("ground")), all[0]))
}

func (r *request) noticeShown(entry *consent.Entry, notice *consent.Notice) (noticeShown, error) {
	path := "/sites/" + string(entry.Site) + "/notices/" + strconv.Itoa(int(entry.Notice))
	state := replay.StateFirst
	if entry.Layer == consent.LayerSecond {
		state = replay.StatePanel
	}
	own := url.Values{"decision": {entry.ID.String()}, "lang": {string(entry.Language)}, "state": {string(state)}} // what this visitor got
	shown := noticeShown{
		Number: entry.Notice, Published: notice.Published, Hash: notice.Hash.String(), URL: path, Shown: path + "/shown?" + own.Encode(), Bundle: string(entry.Bundle),
	}
	bundle, err := r.Store.BundleEntry(r.ctx, entry.Site, entry.Bundle)
	if consent.KindOf(err) == consent.NotFound {
		return shown, nil
	}
	shown.Script = bundle.Hash.String()
	return shown, err
}

// answers gives the choice by names, as the notice had them: a category, and what
// was decided of its services.
func (r *request) answers(draft *consent.Draft, choice consent.Choice) []answerLine {
	var list []answerLine
	for _, key := range categoriesOf(choice) {
		granted, decided := choice.Categories[key]
		list = append(list, answerLine{Name: r.categoryNamed(draft, key), Key: string(key), Asked: decided, Granted: granted})
		for _, ref := range slices.Sorted(maps.Keys(choice.Services)) {
			category, service := ref.Split()
			if category != key {
				continue
			}
			name := web.Wording{Text: string(service)}
			if found := draft.Service(service); found != nil {
				name = r.in(found.Name)
			}
			list = append(list, answerLine{Name: name, Key: string(ref), Service: true, Asked: true, Granted: choice.Services[ref]})
		}
	}
	return list
}

// facts tells the rest of a decision in words.
func (r *request) facts(entry *consent.Entry, site *consent.Site) []fact {
	words, _ := web.AnswerWordsIn(r.lang)
	gpc, valid := "gpc_no", r.namedInLog("valid_once")
	if entry.GPC {
		gpc = "gpc_yes"
	}
	if until := entry.ValidUntil(site); !until.IsZero() {
		valid = words.Exact(until)
	}
	visitor, previous := r.say("log_visitor_none"), fact{Label: r.namedInLog("previous"), Text: r.namedInLog("previous_none")}
	if !entry.Visitor.IsZero() {
		key := base64.RawURLEncoding.EncodeToString(entry.Visitor[:])
		visitor = "…" + key[len(key)-visitorShown:]
	}
	if id := entry.Previous.String(); id != "" {
		previous = fact{Label: r.namedInLog("previous"), Code: id, URL: r.logPath("/" + id)}
	}
	return append(r.made(&entry.Decision),
		fact{Label: r.namedInLog("gpc"), Text: r.namedInLog(gpc)},
		fact{Label: r.namedInLog("skew"), Text: words.Skew(int64(entry.Skew / time.Second))},
		fact{Label: r.namedInLog("valid"), Text: valid},
		previous,
		fact{Label: r.say("log_visitor"), Text: visitor},
	)
}

// made tells when and how a decision was made.
func (r *request) made(d *consent.Decision) []fact {
	words, _ := web.AnswerWordsIn(r.lang)
	return []fact{
		{Label: r.say("log_time"), Text: words.Exact(d.Time)},
		{Label: r.namedInLog("method"), Text: r.namedInLog(string(d.Method))},
		{Label: r.namedInLog("layer"), Text: r.namedInLog(string(d.Layer))},
		{Label: r.namedInLog("language"), Text: r.languageLabel(d.Language)},
	}
}
