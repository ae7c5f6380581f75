package ledger

// Removals are what the parts of a ledger say about records of earlier parts, by
// the origin that they are about. The newest part is audited first.
type Removals map[string][]removal

// removal is what one part says.
type removal struct {
	from  string
	spans []Span
}

// Settle tells an audit, after its last leaf, what later parts say about its
// records, and keeps what it says about those of earlier ones.
func (r Removals) Settle(a *Audit) {
	for _, one := range r[a.origin] {
		a.Explain(one.from, one.spans)
	}
	for _, other := range a.Others() {
		r[other.Origin] = append(r[other.Origin], removal{a.origin, other.Spans})
	}
}
