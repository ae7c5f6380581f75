package admin

import (
	"net/http"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/publishing"
)

func siteRoutes() []route {
	return []route{
		{method: http.MethodGet, path: "/sites/:site", may: consent.MaySee, handle: (*request).siteGet},
	}
}

// sitePage is the overview of a site: what state it is in, and what to do next.
type sitePage struct {
	Notice    consent.NoticeEntry // Number is 0 when nothing is published
	Script    string              // address of the script, "" when nobody has said where visitors reach it
	Services  int
	Cookies   int
	Faults    int // that keep the draft from being published
	Warnings  int
	Published bool
	Steps     []siteStep // nil when the site is set up
	Origins   []string   // of a site that is not published yet, as they were understood
	Changed   bool       // the draft says something else than the notice
	Figures   *siteFigures
	Reviews   int        // services that are to be looked at again
	Late      int        // requests that are overdue, for whoever may see the register
	Log       *logWord   // nil for who may not see it
	Plan      *planShown // nil when nothing is planned
	Look      string     // key of the word that leads to publishing: what the role may do there
}

// siteGet shows the overview.
func (r *request) siteGet() error {
	kept, err := r.keptDraft()
	if err != nil {
		return err
	}
	draft := kept.draft
	shown := sitePage{Services: len(draft.Services), Published: r.site.Notice > 0, Changed: true}
	if r.Public != "" {
		shown.Script = r.Public + "/" + string(r.site.Key) + ".js"
	}
	for i := range draft.Services {
		shown.Cookies += len(draft.Services[i].Cookies)
	}
	for path := range kept.problems().of {
		faults, warnings := kept.problems().count(path)
		shown.Faults, shown.Warnings = shown.Faults+faults, shown.Warnings+warnings
	}
	if !shown.Published {
		shown.Origins = draft.Site.Origins
	}
	if shown.Published {
		if shown.Notice, err = r.Store.CurrentNotice(r.ctx, r.site.Key); err != nil {
			return err
		}
		if shown.Changed, err = r.changed(draft, shown.Notice); err != nil {
			return err
		}
	}
	reviews, err := consent.ReviewsOf(r.ctx, r.Store, r.site.Key)
	if err != nil {
		return err
	}
	shown.Reviews = len(reviews.Pressing(draft, consent.DayOf(r.Clock())))
	if r.may(consent.MayRead) {
		late, err := r.late(r.site.Key)
		if err != nil {
			return err
		}
		shown.Late, shown.Log = late[r.site.Key], r.logWord(r.site.Key)
	}
	if shown.Plan, err = r.planShown(); err != nil {
		return err
	}
	if shown.Figures, err = r.siteFigures(); err != nil {
		return err
	}
	shown.Look = r.lookWord()
	if r.may(consent.MayEdit) {
		shown.Steps = r.siteSteps(kept, !shown.Figures.None)
	}
	return r.show(page{name: "site.html", title: "site_title", pairs: []any{"name", r.in(r.site.Name).Text}, data: shown})
}

// lookWord is the key of what a role does on the page of publishing.
func (r *request) lookWord() string {
	switch {
	case r.may(consent.MayPublish):
		return "publish_look"
	case r.may(consent.MayEdit):
		return "publish_look_propose"
	}
	return "publish_look_see"
}

// changed says whether publishing the draft would make another notice.
func (r *request) changed(draft *consent.Draft, current consent.NoticeEntry) (bool, error) {
	notice, err := r.Store.Notice(r.ctx, r.site.Key, current.Number)
	if err != nil {
		return false, err
	}
	return publishing.Changed(draft, notice), nil
}
