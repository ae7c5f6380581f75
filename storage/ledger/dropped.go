package ledger

import "fmt"

// DroppedDiffers says how the last head of a tree whose leaves are gone contradicts
// one that was signed; it is empty when it does not. An earlier head can no longer
// be derived. Some leaves of the tree's end may have been lost before: then one was
// signed that counts them.
func DroppedDiffers(kept Head, lost int64, signed Head) string {
	switch {
	case signed.Size > kept.Size+lost:
		return fmt.Sprintf("a checkpoint was signed for %d leaves, and the ledger had %d when its year was dropped", signed.Size, kept.Size+lost)
	case signed.Size == kept.Size && signed.Root != kept.Root:
		return fmt.Sprintf("the root that was signed for %d leaves is not that of the ledger whose year was dropped", signed.Size)
	}
	return ""
}
