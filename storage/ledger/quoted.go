package ledger

// QuotedHead gives the head of an earlier part that a leaf quotes, because its own
// part goes on where that broke off; nil when it quotes none.
func QuotedHead(leaf *Leaf) *Head {
	if leaf.Event == nil {
		return nil
	}
	event, err := ParseEvent(leaf.Event)
	if err != nil || event.Kind != Begin {
		return nil
	}
	head, err := ParseHead([]byte(event.Checkpoint))
	if err != nil {
		return nil
	}
	return head
}

// quotes are what a pack's trees say of one another, and what witnesses say of
// them. A part that had ended before there were witnesses gets no cosignature any
// more; a later one that quotes its head vouches for it with its own.
type quotes struct {
	heads  map[string]*Head    // that were opened, by origin
	seen   map[string]int64    // how many leaves enough witnesses have seen
	unseen map[string]string   // why those are too few that have
	later  map[string][]quoted // by the origin that is quoted
}

// quoted is what one leaf says of an earlier part.
type quoted struct {
	by    string // origin
	index int64
	head  Head
}

func newQuotes() quotes {
	return quotes{make(map[string]*Head), make(map[string]int64), make(map[string]string), make(map[string][]quoted)}
}

func (q quotes) leaf(origin string, leaf *Leaf) {
	if head := QuotedHead(leaf); head != nil {
		q.later[head.Origin] = append(q.later[head.Origin], quoted{origin, leaf.Index, *head})
	}
}

// spread gives each tree that no witness has seen, and a seen leaf quotes, what the
// quote says of it, until nothing is new: a part may have been followed by
// another before there were witnesses. It gives who quotes whom.
func (q quotes) spread() map[string]string {
	through := make(map[string]string)
	for again := true; again; {
		again = false
		for _, origin := range sortedNames(q.later) {
			for _, one := range q.later[origin] {
				head := q.heads[origin]
				if q.seen[origin] > 0 || head == nil || *head != one.head || one.index >= q.seen[one.by] {
					continue
				}
				q.seen[origin], through[origin], again = head.Size, one.by, true
			}
		}
	}
	return through
}

// vouched says of each tree that too few witnesses have cosigned which later part
// vouches for it, and that it is a fault when none does.
func (u *unpacker) vouched() {
	if len(u.Quorum.Witnesses) == 0 {
		return
	}
	through := u.quotes.spread()
	for i := range u.found.Trees {
		tree := &u.found.Trees[i]
		tree.QuotedBy = through[tree.Origin]
		if why := u.quotes.unseen[tree.Origin]; why != "" && tree.QuotedBy == "" {
			u.fault(tree.Origin, -1, why)
		}
	}
}
