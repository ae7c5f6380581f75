package api

import (
	"cmp"
	"context"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/export"
)

// trailFileGet begins to write acts as a file. Who takes what is written down first.
func (r *request) trailFileGet() (*answer, error) {
	lang, err := r.languageAsked()
	if err != nil {
		return nil, err
	}
	query, err := r.trailAsked()
	if err != nil {
		return nil, err
	}
	separator, err := r.oneOf("separator", export.Separators...)
	if err != nil {
		return nil, err
	}
	stream, err := r.TrailFile(context.WithoutCancel(r.ctx), query, lang, separator, r.receiver())
	if err != nil {
		return nil, err
	}
	r.tells(r.trailWords(), "")
	act, _ := consent.ActOf(r.ctx)
	whose := cmp.Or(string(act.Organisation), "installation")
	return &answer{
		kind: "text/csv; charset=utf-8", file: whose + "-trail-" + consent.DayOf(r.Clock()).String() + ".csv", stream: stream,
	}, r.Looked(r.ctx, act)
}
