package api

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/publishing"
	"github.com/samtykke/samtykke/server/replay"
	"github.com/samtykke/samtykke/server/sitefile"
)

// pastRoutes are about notices that were published.
func pastRoutes() []route {
	const path = "/sites/:site/notices/:notice"
	return []route{
		{
			method: http.MethodPost, path: path + "/restore", scope: consent.ScopeEdit, action: "api.draft.restore", name: "restoreNotice",
			summary: "Put the content of a notice back as the draft, in place of the one that If-Match names. Nothing is published by that. How long answers hold and are kept stays as it is in the draft",
			matched: true, answers: map[int]any{http.StatusOK: Restored{}}, refused: ofMatch[:2], handle: (*request).restorePost,
		},
		{
			method: http.MethodGet, path: path + "/replay", scope: consent.ScopeRead, name: "replayNotice",
			summary: "The very program that visitors got, when its bytes are those on record, and the page that runs it",
			query:   []parameter{{"bundle", "one of several of the notice; the newest when it is left out", object{"type": "string"}}},
			answers: map[int]any{http.StatusOK: Replay{}}, handle: (*request).replayGet,
		},
	}
}

// Restored is what came of putting a notice back.
type Restored struct {
	Changed  bool              `json:"changed"  about:"the draft is another by it"`
	Keeping  bool              `json:"keeping"  about:"how long answers hold and are kept was another in the notice, and stays as the draft has it"`
	Problems []consent.Problem `json:"problems" about:"what is wrong with the draft now"`
	More     int               `json:"more"     about:"problems that are not listed"`
}

// Replay is what visitors got of a notice.
type Replay struct {
	Notice   consent.NoticeNumber `json:"notice"`
	Bundle   consent.BundleID     `json:"bundle"`
	Others   []consent.BundleID   `json:"others"   about:"bundles of the same notice, the oldest first"`
	Recorded string               `json:"recorded" about:"SHA-256 of the program, as the record has it"`
	Served   string               `json:"served"   about:"SHA-256 of the bytes that there are"`
	Equal    bool                 `json:"equal"`
	Program  *string              `json:"program"  about:"null when it is not equal"`
	Page     string               `json:"page"     about:"shows it to who is logged in"`
}

// noticeOfPath gives the notice that the path names.
func (r *request) noticeOfPath() (*consent.Notice, error) {
	number, err := strconv.Atoi(r.c.Params("notice"))
	if err != nil || number < 1 || strconv.Itoa(number) != r.c.Params("notice") {
		return nil, errUnknown()
	}
	notice, err := r.Store.Notice(r.ctx, r.site.Key, consent.NoticeNumber(number))
	if consent.KindOf(err) == consent.NotFound {
		return nil, errUnknown()
	}
	return notice, err
}

func (r *request) restorePost() (*answer, error) {
	notice, err := r.noticeOfPath()
	if err != nil {
		return nil, err
	}
	draft, revision, err := r.draftSeen()
	if err != nil {
		return nil, err
	}
	next := publishing.Restored(notice, draft)
	said := Restored{Keeping: sitefile.Keep(draft, next), Changed: !sitefile.Same(draft, next)}
	signed, err := r.signatures()
	if err != nil {
		return nil, err
	}
	said.Problems, said.More = mostOf(next.ValidateAfter(signed, r.today()))
	r.tells(strconv.Itoa(int(notice.Number)), "")
	if said.Changed {
		if err := r.replaceDraft(next, revision); err != nil {
			return nil, err
		}
		revision++
	}
	return &answer{body: said, tag: revisionTag(revision)}, nil
}

// mostOf gives as many problems as an answer tells of, and how many there are beyond.
func mostOf(problems consent.Problems) (told []consent.Problem, more int) {
	told = append([]consent.Problem{}, problems[:min(len(problems), mostFaults)]...)
	return told, len(problems) - len(told)
}

// replaceDraft saves a draft in the place of the one that the program has seen.
func (r *request) replaceDraft(next *consent.Draft, revision consent.DraftRevision) error {
	err := r.Store.ReplaceDraft(r.ctx, next, revision, r.Clock())
	if isCode(err, "draft_changed") {
		return errDraftChanged()
	}
	return err
}

// isCode says whether an error is the one of a code.
func isCode(err error, code string) bool {
	var own *consent.Error
	return errors.As(err, &own) && own.Code == code
}

func (r *request) replayGet() (*answer, error) {
	notice, err := r.noticeOfPath()
	if err != nil {
		return nil, err
	}
	found, err := replay.Find(r.ctx, r.Store, replay.Wish{Site: r.site.Key, Notice: notice.Number, Bundle: r.c.Query("bundle")})
	if consent.KindOf(err) == consent.NotFound {
		return nil, errUnknown()
	}
	if err != nil {
		return nil, err
	}
	said := Replay{
		Notice: notice.Number, Bundle: found.Bundle.ID, Others: append([]consent.BundleID{}, found.Others...),
		Recorded: found.Bundle.Hash.String(), Served: found.Served.String(), Equal: found.Equal(),
		Page: r.Address + "/sites/" + string(r.site.Key) + "/notices/" + strconv.Itoa(int(notice.Number)) + "/shown?bundle=" + string(found.Bundle.ID),
	}
	if said.Equal {
		said.Program = new(string(found.Bundle.Files[consent.MainFile]))
	}
	return &answer{body: said}, nil
}
