package processing

import (
	"strings"

	"github.com/samtykke/samtykke/server/web"
)

// item gives one thing that the record must hold. Those of art. 30(1) have their
// letter before them, as officers look for it.
func (e *edition) item(key, article, title string, texts []web.RecordText) web.RecordItem {
	item := web.RecordItem{Item: key, Article: article, Title: title, Label: title, Texts: texts}
	if rest, listed := strings.CutPrefix(article, "30(1)("); listed {
		item.Label = e.Words.Fill("record_label", "letter", strings.TrimSuffix(rest, ")"), "title", title)
	}
	return item
}

// told is what is said of one activity, item by item.
type told struct {
	joint, purposes, basis, data, recipients, transfers, erasure, security []web.RecordText
}

// items gives what art. 30(1)(a) to (g) asks for of one activity, and its basis,
// which stands in every Norwegian record.
func (e *edition) items(t told) []web.RecordItem {
	w := e.Words
	return []web.RecordItem{
		e.item("joint_controllers", "30(1)(a)", w["record_joint"], t.joint),
		e.item("purposes", "30(1)(b)", w["answer_purposes"], t.purposes),
		e.item("basis", "6(1)", w["basis"], t.basis),
		e.item("data_subjects", "30(1)(c)", w["record_subjects"], []web.RecordText{
			plain(w.Fill("record_visitors", "site", e.Wording(e.draft.Site.Name).Text)),
		}),
		e.item("data_categories", "30(1)(c)", w["answer_data_categories"], t.data),
		e.item("recipients", "30(1)(d)", w["answer_recipients"], t.recipients),
		e.item("transfers", "30(1)(e)", w["answer_transfers"], t.transfers),
		e.item("erasure", "30(1)(f)", w["record_erasure"], t.erasure),
		e.item("security", "30(1)(g)", w["record_security"], t.security),
	}
}

// missing says that the Notice does not say something.
func (e *edition) missing(key string, pairs ...any) web.RecordText {
	text := plain(e.Words.Fill(key, pairs...))
	text.Missing = true
	return text
}

func plain(text string) web.RecordText { return said(web.Wording{Text: text}) }

func said(text web.Wording) web.RecordText {
	return web.RecordText{AnswerText: web.AnswerText{Wording: text}}
}
