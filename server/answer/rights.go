package answer

import (
	"github.com/samtykke/samtykke/server/web"
)

// rights gives those of GDPR art. 15(1)(e), the two that come with consent, and
// where to complain, 15(1)(f) and 77: the data protection officer, who may help,
// stands before the authority, and is no condition for it.
func (e *edition) rights() []web.AnswerRight {
	keys := []string{"withdraw", "rectification", "erasure", "restriction", "portability", "objection", "complaint"}
	all := make([]web.AnswerRight, len(keys))
	for i, key := range keys {
		all[i] = web.AnswerRight{Right: key, Title: e.Words["answer_right_"+key], Text: e.Words.Fill("answer_right_"+key+"_text",
			"dpo", e.text(e.draft.Contacts.DPO.Name), "authority", e.text(e.draft.Contacts.Authority.Name))}
	}
	return all
}

// ledger gives the checkpoint of each tree that Decisions stand in: the one that
// came with the newest of them.
func (e *edition) ledger() web.AnswerLedger {
	out := web.AnswerLedger{Trees: []web.AnswerTree{}}
	if e.Base != "" {
		out.Verifier = e.Base + "/verify.html#" + string(e.Lang)
		out.Keys = e.Base + "/" + string(e.draft.Site.Key) + "/log/keys"
	}
	places := map[string]int{}
	for i := range e.Entries {
		place, known := e.Places[e.Entries[i].ID]
		if !known {
			continue
		}
		tree := web.AnswerTree{
			Origin: place.Origin, Checkpoint: string(place.Checkpoint),
			Heading: e.Words.Fill("answer_checkpoint", "origin", place.Origin),
		}
		if at, there := places[place.Origin]; there {
			out.Trees[at] = tree
			continue
		}
		places[place.Origin] = len(out.Trees)
		out.Trees = append(out.Trees, tree)
	}
	return out
}
