package admin

import (
	"net/http"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/publishing"
)

// publishPage is what there is to know before the draft is published.
type publishPage struct {
	Notice    consent.NoticeEntry // in force; Number is 0 when nothing is published
	Faults    []faultLine
	Warnings  []faultLine
	MoreFault int // that are not listed
	MoreWarn  int
	Warned    int  // listed or not
	Changed   bool // the draft says something else than the notice
	Changes   []changeGroup
	MoreDiff  int
	Asked     askedWords
	Shortened *shortenedWords // nil when nothing stored goes by it
	Reworded  []rewordedLine  // purposes by whose words alone visitors are asked again
	Retold    []rewordedLine  // those that changed in some languages, for which nobody is
	May       bool
	Was       string   // what the draft was that the page shows
	Sum       string   // of it, as people compare it
	Role      string   // of the person
	Who       []string // may publish
	Proposes  bool     // the person can only ask somebody else
	Nobody    bool     // and nobody may agree
	Reason    string
	Wrong     string // with the comment
	Refused   string // why nothing was published
	Longest   int
	Plan      *planShown // nil when nothing is planned
	Two       bool       // nobody publishes alone
	Keys      []string   // with whose keys the draft was changed since the notice, where nobody does
	Answers   bool       // all that is left to do here is to answer what is planned
	When      whenForm
	// Why a proposal is sent back, and what is wrong with that.
	Return      string
	ReturnWrong string
	Misfits     misfits // all that is wrong with what was written
}

// publishGet shows what publishing would do.
func (r *request) publishGet() error { return r.showPublish(http.StatusOK, publishPage{}) }

// showPublish shows the page around what a post has brought.
func (r *request) showPublish(status int, shown publishPage) error {
	draft, err := r.draft()
	if err != nil {
		return err
	}
	found, err := publishing.CompareDraft(r.ctx, r.Store, draft, r.shownDraft.revision, r.Clock())
	if err != nil {
		return err
	}
	notice, sum := found.Before, r.shownDraft.hash()
	shown.May, shown.Was, shown.Sum, shown.Longest, shown.Changed = r.may(consent.MayPublish), sum.String(), sum.Short(), consent.LongestReason, found.Changed
	for _, each := range []misfit{{Field: "reason", Text: shown.Wrong}, {Field: "day", Text: shown.When.Wrong}, {Field: "return", Text: shown.ReturnWrong}} {
		if each.Text != "" {
			shown.Misfits = append(shown.Misfits, each)
		}
	}
	if notice != nil {
		shown.Notice = notice.Entry()
	}
	if err := r.sayWhoPublishes(&shown); err != nil {
		return err
	}
	problems := r.shownDraft.problems().all
	shown.Faults, shown.MoreFault = r.faultLines(draft, problems.Faults())
	shown.Warnings, shown.MoreWarn = r.faultLines(draft, warnings(problems))
	shown.Warned = len(shown.Warnings) + shown.MoreWarn
	shown.Asked = r.askedWords(notice.Said(), &found.Settled, found.Asked)
	if shown.Changes, shown.MoreDiff, err = r.changeGroups(found.Known(), &found.Settled); err != nil {
		return err
	}
	if notice != nil {
		shown.Reworded, shown.Retold = r.rewordedLines(draft, found.Reworded), r.rewordedLines(draft, found.Retold)
		shown.Shortened = r.shortened(found.Shortened)
	}
	r.c.Status(status)
	return r.show(page{name: "publish.html", title: "publish_title", data: shown})
}

// sayWhoPublishes says what is planned, who may publish, and what the person may.
func (r *request) sayWhoPublishes(shown *publishPage) error {
	var err error
	if shown.Two, err = r.Store.NeedsTwo(r.ctx, r.organisation.ID); err != nil {
		return err
	}
	if shown.Plan, err = r.planShown(); err != nil {
		return err
	}
	if err := r.sayWhoseKeys(shown); err != nil {
		return err
	}
	shown.Role, shown.Proposes = r.say("role_"+string(r.role)), r.may(consent.MayEdit) && (shown.Two || !shown.May)
	shown.Answers = shown.Plan != nil && shown.Plan.Waits && (shown.Two || !shown.May || shown.Plan.State == consent.PlanScheduled)
	all, err := r.Store.Accounts(r.ctx)
	if err != nil {
		return err
	}
	if shown.Proposes && !shown.Plan.waits() {
		second, err := r.publisher.Second(r.ctx, &consent.Plan{Site: r.site.Key, Proposer: r.account.ID})
		if err != nil {
			return err
		}
		shown.Nobody = len(second.Among(all, r.organisation.ID)) == 0
	}
	if shown.May {
		return nil
	}
	called := callings(all, r.organisation.ID)
	for i := range all {
		if publishing.Publishes(&all[i], r.organisation.ID) {
			shown.Who = append(shown.Who, r.nameIn(called, all[i].ID))
		}
	}
	return nil
}

// sayWhoseKeys says with whose keys the draft was changed since the notice: two people
// answer for it, and a key is none.
func (r *request) sayWhoseKeys(shown *publishPage) error {
	if !shown.Two || !shown.Changed {
		return nil
	}
	makers, err := r.publisher.KeySavers(r.ctx, r.site, shown.Notice.Published)
	if err != nil || len(makers) == 0 {
		return err
	}
	all, err := r.Store.Accounts(r.ctx)
	called := callings(all, r.organisation.ID)
	for _, maker := range makers {
		shown.Keys = append(shown.Keys, r.nameIn(called, maker))
	}
	return err
}

// shortenedWords say what goes because decisions are kept for a shorter time.
type shortenedWords struct {
	From, To     string
	Counted      bool // the person may read the log, and so be told how many go
	Gone, Frozen int
}

func (r *request) shortened(found *consent.Shortened) *shortenedWords {
	if found == nil {
		return nil
	}
	said := &shortenedWords{From: found.From.Words(r.lang), To: found.To.Words(r.lang)}
	if r.may(consent.MayRead) { // the number is of the log as it is now, and falls with each that is erased
		said.Counted, said.Gone, said.Frozen = true, found.Gone, found.Frozen
	}
	return said
}

// rewordedLine is a purpose that was worded anew.
type rewordedLine struct {
	spot
	Revision int // that keeps the answers, or asks anew
}

func (r *request) rewordedLines(draft *consent.Draft, found []consent.Reworded) []rewordedLine {
	lines, at := make([]rewordedLine, len(found)), r.placesIn(draft)
	for i, each := range found {
		path := "categories." + string(each.Category) + ".purpose_revision"
		if each.Service != "" {
			path = "services." + string(each.Service) + ".purpose_revision"
		}
		lines[i] = rewordedLine{at.spotOf(path, ""), each.Revision}
	}
	return lines
}

// fingerprint tells two states of a draft apart.
func fingerprint(draft *consent.Draft) string { return draft.Hash().String() }

func warnings(problems consent.Problems) consent.Problems {
	var found consent.Problems
	for _, p := range problems {
		if p.Severity == consent.Warning {
			found = append(found, p)
		}
	}
	return found
}
