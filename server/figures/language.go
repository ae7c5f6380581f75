package figures

import "github.com/samtykke/samtykke/consent"

// languages arranges the languages. Where that would leave hardly any, it gives up the
// outcomes and counts in all. Nothing else may be counted so: what has its outcome, or
// lacks one, can be taken from the sums of the outcomes. That is so of languages as well
// where only one of several notices speaks them; and then they are together, if what that
// notice has beyond them is about few.
func (c *counted) languages() ([]consent.Language, tally) {
	keys, counts := by(c, func(k *kind) consent.Language { return k.language })
	fine := c.arrange(counts)
	if c.severalNotices() {
		return keys, apartFromNotices(c, keys, fine, func(k *kind) consent.Language { return k.language })
	}
	whole := make([][]int, len(counts))
	for i, each := range counts {
		whole[i] = []int{each.sum()}
	}
	if rows := consent.CrowdRows(whole); 2*len(fine.rows) < len(rows) {
		return keys, tally{rows, added(rows, whole), true}
	}
	return keys, fine
}
