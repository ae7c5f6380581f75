package admin

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/answer"
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
	made, err := r.answer(entries)
	if err != nil {
		return err
	}
	name := "innsyn-" + found.ID.String()
	if r.field("form") == "json" {
		var text bytes.Buffer
		encoder := json.NewEncoder(&text)
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("", "  ")
		if err := encoder.Encode(made); err != nil {
			return err
		}
		return r.file(name+".json", "application/json", text.Bytes())
	}
	text, err := made.Render()
	if err != nil {
		return err
	}
	return r.file(name+".html", "text/html; charset=utf-8", text)
}

// answer puts it together.
func (r *request) answer(entries []consent.Entry) (*web.AnswerPage, error) {
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
	if lang := consent.Language(r.field("language")); slices.Contains(web.AnswerLanguages, lang) {
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
