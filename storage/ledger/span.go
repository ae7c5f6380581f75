package ledger

// Span is a run of indexes, the first and the last. An event of a year's
// retention names millions of records in few of them.
type Span [2]int64

// within says that the span is one, in a tree of that size.
func (s Span) within(size int64) bool { return 0 <= s[0] && s[0] <= s[1] && s[1] < size }

// Spans gives the runs of indexes that come in ascending order.
func Spans(indexes []int64) []Span {
	var spans []Span
	for _, index := range indexes {
		if last := len(spans) - 1; last >= 0 && spans[last][1]+1 == index {
			spans[last][1] = index
			continue
		}
		spans = append(spans, Span{index, index})
	}
	return spans
}
