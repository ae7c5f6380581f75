package consent

// Proven is what a receipt proves: that a Decision stands at its place in the
// ledger, under a checkpoint that the ledger's own key has signed.
type Proven struct {
	Decision   DecisionID
	Origin     string // names the tree
	Index      int64  // of the Decision's leaf
	Size       int64  // of the tree that the checkpoint is of
	Checkpoint []byte
}
