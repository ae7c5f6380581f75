package consent

import (
	"cmp"
	"iter"
	"strings"
)

// line is what an Act tells at once: one change, or the members of one list that came
// and went.
type line struct {
	FieldChange
	fields int    // how many changes it is
	kind   int    // how much that kind of change weighs, 0 the most
	part   string // of which service or category, or which part of the rest
	kept   bool   // it has only another name
}

// linesOf makes lines of changes. Members of a list stand together, as many as fit
// without being cut.
func linesOf(changes []FieldChange) []*line {
	renamed := keptUnderNewNames(changes)
	lines := make([]*line, 0, len(changes))
	type list struct {
		path string
		kept bool
	}
	open := map[list]*line{}
	for i := range changes {
		c := &changes[i]
		l := &line{FieldChange: *c, fields: 1, kind: c.weight(), part: c.part(), kept: renamed[i]}
		if path, is := c.listOfMember(); is {
			l.Field = path
			key := list{path, renamed[i]}
			if before := open[key]; before != nil && before.take(c) {
				continue
			}
			open[key] = l
		}
		lines = append(lines, l)
	}
	return lines
}

// take adds a member to a line if it has room for it.
func (l *line) take(c *FieldChange) bool {
	was, is := strings.TrimSpace(l.Was+" "+c.Was), strings.TrimSpace(l.Is+" "+c.Is)
	if max(len(was), len(is)) > maxActValue {
		return false
	}
	l.Was, l.Is = was, is
	l.fields++
	return true
}

// listOfMember gives the path of the list whose member came or went by a change, and says
// whether there is one.
func (c *FieldChange) listOfMember() (path string, is bool) {
	_, field := c.Place()
	if len(field) < 2 || c.Was != "" && c.Is != "" {
		return "", false
	}
	member := cmp.Or(c.Was, c.Is)
	if field[len(field)-1] == member && Listed(field[len(field)-2]) {
		return strings.TrimSuffix(c.Field, "."+member), true
	}
	return "", false
}

// part names what a change is of, as roughly as people look for it: a service with its
// cookies, a category, or what else a Draft has.
func (c *FieldChange) part() string {
	thing, field := c.Place()
	switch {
	case len(thing) > 1:
		return thing[0] + "." + thing[1]
	case len(thing) == 1:
		return thing[0]
	case len(field) > 1:
		return field[0]
	}
	return ""
}

// keptUnderNewNames gives the changes that are none but for a name: what went with one
// thing and came as it was with another of the same kind.
func keptUnderNewNames(changes []FieldChange) map[int]bool {
	wholes := map[string]bool{}
	for i := range changes {
		if thing, field := changes[i].Place(); len(thing) > 1 && len(field) == 0 {
			wholes[strings.Join(thing, ".")] = true
		}
	}
	type value struct{ things, field, is string }
	gone, kept := map[value][]int{}, map[int]bool{}
	for _, came := range []bool{false, true} {
		for i := range changes {
			c := &changes[i]
			thing, field := c.Place()
			if len(thing) < 2 || !wholes[strings.Join(thing, ".")] || (c.Was == "") != came || c.Was != "" && c.Is != "" {
				continue
			}
			v := value{things: thing[0], field: strings.Join(field, "."), is: cmp.Or(c.Was, c.Is)}
			if len(thing) > 2 {
				v.things = thing[2]
			}
			if from := gone[v]; !came {
				gone[v] = append(from, i)
			} else if len(from) > 0 {
				kept[i], kept[from[0]] = true, true
				gone[v] = from[1:]
			}
		}
	}
	return kept
}

// queue is the lines of one kind: those that wait, and those that were put behind others
// since something else is told of their part already.
type queue struct{ fresh, later []*line }

func (q *queue) next(told map[string]bool) (l *line) {
	for len(q.fresh) > 0 {
		l, q.fresh = q.fresh[0], q.fresh[1:]
		if !told[l.part] {
			return l
		}
		q.later = append(q.later, l)
	}
	if len(q.later) > 0 {
		l, q.later = q.later[0], q.later[1:]
		return l
	}
	return nil
}

// byWeight gives what decides most first: one of each kind before a second of any, so
// that many of one kind hide none of another. Of each kind what there is now comes before
// what went, and a part that nothing is told of yet before others. What has only another
// name is last.
func byWeight(lines []*line, told map[string]bool) iter.Seq[*line] {
	return func(yield func(*line) bool) {
		for _, kept := range []bool{false, true} {
			queues := make([]queue, len(weighty)+1)
			left := 0
			for _, went := range []bool{false, true} {
				for _, l := range lines {
					if l.kept == kept && (l.Is == "") == went {
						queues[l.kind].fresh = append(queues[l.kind].fresh, l)
						left++
					}
				}
			}
			for left > 0 {
				for i := range queues {
					l := queues[i].next(told)
					if l == nil {
						continue
					}
					if left--; !yield(l) {
						return
					}
				}
			}
		}
	}
}
