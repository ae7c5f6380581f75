package admin

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"slices"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/answer"
	"github.com/samtykke/samtykke/server/api"
	"github.com/samtykke/samtykke/server/rights"
	"github.com/samtykke/samtykke/server/web"
)

// subjectAnswerPost makes the answer to the person (GDPR art. 15 and 20) as a file:
// a page to send, or the same as JSON.
func (r *request) subjectAnswerPost() error {
	found, err := r.subject()
	if err != nil {
		return err
	}
	entries, err := rights.Theirs(r.ctx, r.Store, found)
	if err != nil {
		return err
	}
	if len(entries) == 0 {
		return errNoPage()
	}
	if err := r.looked(""); err != nil {
		return err
	}
	form := "html"
	if r.field("form") == "json" {
		form = "json"
	}
	lang := consent.Language(r.field("language"))
	if !slices.Contains(web.AnswerLanguages, lang) {
		lang = ""
	}
	body, err := r.answerFor(r.ctx, api.AnswerQuery{Site: *r.site, Entries: entries, Language: lang, Form: form})
	if err != nil {
		return err
	}
	return r.file("innsyn-"+found.ID.String()+"."+form, api.PageKinds[form], body)
}

// answerFor makes the answer as a file, for people and for programs.
func (a *Admin) answerFor(ctx context.Context, ask api.AnswerQuery) ([]byte, error) {
	r := &request{Admin: a, ctx: ctx, site: &ask.Site}
	made, err := r.answer(ask.Entries, ask.Language)
	if err != nil {
		return nil, err
	}
	if ask.Form != "json" {
		return made.Render()
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err = encoder.Encode(made)
	return text.Bytes(), err
}

// answer puts it together, in the site's first language for "".
func (r *request) answer(entries []consent.Entry, lang consent.Language) (*web.AnswerPage, error) {
	current, err := r.Store.Notice(r.ctx, r.site.Key, r.site.Notice)
	if err != nil {
		return nil, err
	}
	material, err := answer.Gather(r.ctx, r.Store, current, entries, r.standing)
	if err != nil {
		return nil, err
	}
	material.Restrictions = map[consent.DecisionID]consent.Restriction{}
	for i := range entries {
		if !entries[i].Frozen {
			continue
		}
		what, err := r.Store.Restricted(r.ctx, r.site.Key, entries[i].ID)
		if err != nil && consent.KindOf(err) != consent.NotFound {
			return nil, err
		}
		if err == nil {
			material.Restrictions[entries[i].ID] = *what
		}
	}
	material.Base, material.Now = r.Public, r.Clock().UTC()
	if lang != "" {
		material.Language = lang
	}
	return answer.Page(*material), nil
}

// standing gives where the decision of a receipt stands in the ledger.
func (r *request) standing(receipt []byte) (consent.Proof, error) {
	said, err := r.Prove(receipt, "")
	if said == nil {
		return consent.Proof{}, errors.Join(errors.New("read the receipt"), err)
	}
	return consent.Proof{Origin: said.Origin, Index: said.Index, Checkpoint: said.Checkpoint}, nil
}
