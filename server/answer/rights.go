package answer

import (
	"slices"

	"github.com/samtykke/samtykke/server/web"
)

// rights gives those of GDPR art. 15(1)(e), those that come with a legal basis,
// and where to complain, 15(1)(f) and 77: the data protection officer, who may help,
// stands before the authority, and is no condition for it.
func (e *edition) rights() []web.AnswerRight {
	keys := slices.Concat([]string{"withdraw", "rectification", "erasure", "restriction"}, e.rightsByBasis(), []string{"complaint"})
	all := make([]web.AnswerRight, len(keys))
	for i, key := range keys {
		all[i] = web.AnswerRight{Right: key, Title: e.Words["answer_right_"+key], Text: e.Words.Fill("answer_right_"+key+"_text",
			"dpo", e.text(e.draft.Contacts.DPO.Name), "authority", e.text(e.draft.Contacts.Authority.Name))}
	}
	return all
}

// rightsByBasis gives the rights that depend on GDPR art. 6(1). The log rests on
// (c), for which there are none. What was granted rests on (a), which comes with
// art. 20. Of what works without consent the Notice states no basis: it may be (e)
// or (f), which come with art. 21, and the text says so.
func (e *edition) rightsByBasis() (keys []string) {
	acted := e.acted()
	if slices.ContainsFunc(acted, acting.consented) {
		keys = append(keys, "portability")
	}
	if slices.ContainsFunc(acted, func(a acting) bool { return !a.consented() || storesAnyway(a.service) }) {
		keys = append(keys, "objection")
	}
	return keys
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
