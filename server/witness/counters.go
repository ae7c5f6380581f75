package witness

import (
	"context"
	"sync/atomic"
)

// Counters are what the metrics show of the witnesses.
type Counters struct {
	Cosigned atomic.Int64 // cosignatures that were received
	Silences atomic.Int64 // rounds in which a witness did not answer
	Behind   atomic.Int64 // ledgers whose newest checkpoint too few have cosigned
	Forked   atomic.Int64 // ledgers of which a witness has seen another one
}

// count counts the trees after a round.
func (a *Asker) count(ctx context.Context) error {
	trees, err := a.trees(ctx)
	if err != nil {
		return err
	}
	var behind, forked int64
	for i := range trees {
		current, isForked := 0, false
		for _, state := range trees[i].Witnesses {
			if state.Size == trees[i].Size && state.Trouble == "" {
				current++
			}
			isForked = isForked || state.Forked
		}
		if current < a.Required {
			behind++
		}
		if isForked {
			forked++
		}
	}
	a.Behind.Store(behind)
	a.Forked.Store(forked)
	return nil
}
