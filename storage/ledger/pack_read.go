package ledger

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"runtime"
)

// linesAtOnce is how many lines of leaves are decoded together: enough that
// handing them over costs nothing beside it.
const linesAtOnce = 256

// lines are decoded beside others, and come out in their order.
type lines struct {
	text    [][]byte
	leaves  []Leaf
	err     error // after the leaves
	decoded chan struct{}
}

// readLeaves gives the leaves of a file in their order, or one error. Decoding is
// most of the work, so all processors share it.
func readLeaves(file io.Reader) iter.Seq2[*Leaf, error] {
	return func(yield func(*Leaf, error) bool) {
		queue, stop := make(chan *lines, runtime.GOMAXPROCS(0)), make(chan struct{})
		defer func() {
			close(stop)
			for range queue { // the reader ends before the file is closed
			}
		}()
		go readLines(file, queue, stop)
		for l := range queue {
			<-l.decoded
			for i := range l.leaves {
				if !yield(&l.leaves[i], nil) {
					return
				}
			}
			if l.err != nil {
				yield(nil, l.err)
				return
			}
		}
	}
}

// readLines cuts the file into lines, which are decoded while it reads on.
func readLines(file io.Reader, queue chan<- *lines, stop <-chan struct{}) {
	defer close(queue)
	scanner := bufio.NewScanner(file)
	scanner.Buffer(nil, maxLine)
	for more := true; more; {
		l := &lines{decoded: make(chan struct{})}
		for len(l.text) < linesAtOnce {
			if more = scanner.Scan(); !more {
				break
			}
			l.text = append(l.text, bytes.Clone(scanner.Bytes()))
		}
		var broken error
		if !more {
			broken = scanner.Err()
		}
		select {
		case queue <- l:
			go l.decode(broken)
		case <-stop:
			return
		}
	}
}

// decode reads the lines. What broke the file comes after them.
func (l *lines) decode(broken error) {
	defer close(l.decoded)
	l.leaves = make([]Leaf, 0, len(l.text))
	for _, text := range l.text {
		var line packedLeaf
		decoder := json.NewDecoder(bytes.NewReader(text))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&line); err != nil {
			l.err = fmt.Errorf("a line of its leaves cannot be read: %w", err)
			return
		}
		leaf := Leaf{Index: line.Index, Hashes: line.Hashes, Record: line.Record}
		if line.Event != "" {
			leaf.Event = []byte(line.Event)
		}
		copy(leaf.Salt[:], line.Salt)
		l.leaves = append(l.leaves, leaf)
	}
	l.err = broken
}
