package api

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/samtykke/samtykke/consent"
)

func noticeRoutes() []route {
	return []route{
		{
			method: http.MethodGet, path: "/sites/:site/notices", scope: consent.ScopeRead, name: "listNotices", summary: "What was published, the newest first, and by whom as the audit trail tells it: a notice itself names nobody who works with it",
			answers: map[int]any{http.StatusOK: Notices{}}, handle: (*request).noticesGet,
		},
		{
			method: http.MethodGet, path: "/sites/:site/notices/:notice", scope: consent.ScopeRead, name: "getNotice",
			summary: "The very bytes of a notice, whose SHA-256 is its hash", answers: map[int]any{http.StatusOK: NoticeText{}}, handle: (*request).noticeGet,
		},
		{
			method: http.MethodPost, path: "/sites/:site/publish", scope: consent.ScopePublish, action: "api.notice.publish", name: "publish",
			summary: "Publish the draft that If-Match names", matched: true, body: Publishing{},
			answers: map[int]any{http.StatusOK: Published{}, http.StatusCreated: Published{}},
			refused: []int{http.StatusBadRequest, http.StatusConflict, http.StatusPreconditionFailed, http.StatusPreconditionRequired, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType},
			handle:  (*request).publishPost,
		},
	}
}

// Notices is a list.
type Notices struct {
	Notices []PastNotice `json:"notices"`
}

// Notice is a publication.
type Notice struct {
	Number    consent.NoticeNumber `json:"number"`
	Hash      string               `json:"hash" about:"SHA-256 of the notice, hexadecimal"`
	Published string               `json:"published"`
}

func newNotice(entry consent.NoticeEntry) Notice {
	return Notice{entry.Number, entry.Hash.String(), stamp(entry.Published)}
}

// NoticeText is a notice, as its hash is taken over it.
type NoticeText struct {
	Schema    string               `json:"schema" about:"names the form of the notice"`
	Number    consent.NoticeNumber `json:"number"`
	Published string               `json:"published"`
	Draft     map[string]any       `json:"draft"`
}

// Publishing is what is said when a draft is published.
type Publishing struct {
	Comment string `json:"comment,omitempty" about:"for the audit trail; at most 2,000 characters"`
}

// Published is what came of it.
type Published struct {
	Notice Notice `json:"notice"`
	Fresh  bool   `json:"fresh" about:"false: the notice in force says all of it already"`
}

func (r *request) noticesGet() (*answer, error) {
	all, err := r.Store.Notices(r.ctx, r.site.Key)
	if err != nil {
		return nil, err
	}
	list, err := r.pastNotices(all)
	return &answer{body: Notices{list}}, err
}

func (r *request) noticeGet() (*answer, error) {
	notice, err := r.noticeOfPath()
	if err != nil {
		return nil, err
	}
	return &answer{body: notice.JSON, tag: notice.Hash.String()}, nil
}

// publishPost makes the draft the next notice: the one that the program has seen,
// and no other.
func (r *request) publishPost() (*answer, error) {
	var said Publishing
	if err := r.read(&said); err != nil {
		return nil, err
	}
	if err := checkComment(said.Comment); err != nil {
		return nil, err
	}
	draft, _, err := r.draftSeen()
	if err != nil {
		return nil, err
	}
	r.tells("", said.Comment)
	done, err := r.Publisher.Now(r.ctx, r.site.Organisation, draft)
	if err != nil {
		return nil, r.unpublished(err)
	}
	given := &answer{body: Published{newNotice(done.Notice.Entry()), done.Fresh}}
	if done.Fresh {
		given.status = http.StatusCreated
		given.location = Base + "/sites/" + string(r.site.Key) + "/notices/" + strconv.Itoa(int(done.Notice.Number))
	}
	return given, nil
}

// unpublished says why nothing was published or planned.
func (r *request) unpublished(err error) error {
	var problems consent.Problems
	switch {
	case errors.As(err, &problems):
		return errFaults("The draft has faults, so nothing was published.", problems.Faults())
	case isCode(err, "notice_number"):
		return consent.Errorf(consent.Conflict, "raced", "Somebody else has published meanwhile. Look at that notice first.")
	case isCode(err, "draft_changed"):
		return errDraftChanged()
	case isCode(err, "bundle_failed"):
		r.Log.ErrorContext(r.ctx, "draft cannot be built", "site", r.site.Key, "error", err)
		return consent.Errorf(consent.Invalid, "unbuildable", "No banner can be built of the draft, so nothing was published. The log of the server says why.")
	}
	return ofField(err, PlanFields)
}
