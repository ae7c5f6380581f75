package consent

import "time"

// Actor says who had something erased.
type Actor string

// The actors.
const (
	ActorVisitor  Actor = "visitor"  // with the token
	ActorOperator Actor = "operator" // whoever runs the server, by a command
)

// Erasure says which Decisions to remove, and what the ledger will say about it
// for ever. So the reason never holds anything about a person.
type Erasure struct {
	Visitor VisitorKey // all Decisions of this visitor
	ID      DecisionID // or only this one
	Actor   Actor
	Reason  string // why, in a few words, such as "art. 17(1)(a)"; empty when the law asks for none
	Time    time.Time
}
