package answer

import (
	"encoding/base64"
	"maps"
	"slices"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

// decisions copies every Decision.
func (e *edition) decisions() []web.AnswerDecision {
	all := make([]web.AnswerDecision, len(e.Entries))
	for i := range e.Entries {
		all[i] = e.decision(i, &e.Entries[i])
	}
	return all
}

func (e *edition) decision(i int, d *consent.Entry) web.AnswerDecision {
	notice, place := e.Notices[d.Notice], e.Places[d.ID]
	out := web.AnswerDecision{
		ID: d.ID.String(), Heading: e.Words.Fill("answer_decision", "number", i+1, "time", e.Words.Exact(d.Time)),
		Time: d.Time.UTC().Format(stamp), State: d.State, Method: d.Method, Layer: d.Layer, Language: d.Language,
		Choice: d.Choice, Answers: e.answers(&notice.Draft, d.Choice), GPC: d.GPC, Skew: int64(d.Skew / time.Second),
		Frozen: d.Frozen, Notice: d.Notice, NoticeHash: notice.Hash.String(), Bundle: d.Bundle,
		Origin: place.Origin, Index: place.Index, Proof: e.Proofs[d.ID],
	}
	if hash, known := e.Bundles[d.Bundle]; known {
		out.BundleHash = hash.String()
	}
	if !d.Previous.IsZero() {
		out.Previous = pointer(d.Previous.String())
	}
	if !d.Visitor.IsZero() {
		out.Visitor = pointer(base64.RawURLEncoding.EncodeToString(d.Visitor[:]))
	}
	if until := d.ValidUntil(&notice.Draft.Site); !until.IsZero() {
		out.ValidUntil = pointer(until.UTC().Format(stamp))
	}
	e.keep(d, &out)
	out.Facts = e.facts(&d.Decision, &out)
	return out
}

func pointer(text string) *string { return &text }

// answers gives the choice in words, categories before services, and each service
// with what was answered about: it may stand in several.
func (e *edition) answers(draft *consent.Draft, choice consent.Choice) []web.AnswerChoice {
	all := make([]web.AnswerChoice, 0, len(choice.Categories)+len(choice.Services))
	for _, key := range slices.Sorted(maps.Keys(choice.Categories)) {
		name := web.Wording{Text: string(key)}
		if category := draft.Category(key); category != nil {
			name = e.Wording(category.Name)
		}
		all = append(all, web.AnswerChoice{Key: string(key), Name: name, Granted: choice.Categories[key]})
	}
	for _, ref := range slices.Sorted(maps.Keys(choice.Services)) {
		name := web.Wording{Text: string(ref)}
		of, key := ref.Split()
		if service, category := draft.Service(key), draft.Category(of); service != nil && category != nil {
			name = e.Wording(service.Name)
			name.Text = e.text(category.Name) + ", " + name.Text
		}
		all = append(all, web.AnswerChoice{Key: string(ref), Name: name, Granted: choice.Services[ref]})
	}
	return all
}

// facts tells the rest of a Decision in words.
func (e *edition) facts(d *consent.Decision, out *web.AnswerDecision) []web.AnswerFact {
	gpc, valid := "gpc_no", e.Words["answer_valid_once"]
	if d.GPC {
		gpc = "gpc_yes"
	}
	if until := d.ValidUntil(&e.Notices[d.Notice].Draft.Site); !until.IsZero() {
		valid = e.Words.Exact(until)
	}
	facts := []web.AnswerFact{
		e.fact("outcome", e.named(string(d.State))),
		e.fact("method", e.named(string(d.Method))),
		e.fact("layer", e.named(string(d.Layer))),
		e.fact("language", web.LanguageName(d.Language, e.Lang)),
		e.fact("gpc", e.named(gpc)),
		e.fact("skew", e.Words.Skew(out.Skew)),
		e.fact("valid", valid),
		e.fact("deleted", e.deleted(d, out.Frozen)),
		e.code("receipt", &out.ID),
		e.code("previous", out.Previous),
		e.code("visitor", out.Visitor),
		{Label: e.Words["answer_bundle"], Text: string(d.Bundle), Code: out.BundleHash},
	}
	if out.Frozen {
		facts = slices.Insert(facts, 0, e.fact("frozen", e.frozen(d.ID)))
	}
	if out.Origin != "" {
		facts = append(facts, e.fact("place", e.Words.Fill("answer_place_text", "index", out.Index, "origin", out.Origin)))
	}
	return facts
}

func (e *edition) fact(label, text string) web.AnswerFact {
	return web.AnswerFact{Label: e.Words["answer_"+label], Text: text}
}

// code gives what is compared sign by sign, or says that there is none.
func (e *edition) code(label string, code *string) web.AnswerFact {
	if code == nil {
		return e.fact(label, e.Words["answer_"+label+"_none"])
	}
	return web.AnswerFact{Label: e.Words["answer_"+label], Code: *code}
}

// named gives the word for a fixed value, or the value when there is none.
func (e *edition) named(value string) string {
	if word := e.Words["answer_"+value]; word != "" {
		return word
	}
	return value
}
