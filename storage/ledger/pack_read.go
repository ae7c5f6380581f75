package ledger

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
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
	scanner.Split(wholeLine)
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

// wholeLine is a bufio.SplitFunc that leaves each line its end.
func wholeLine(data []byte, atEOF bool) (advance int, line []byte, err error) {
	end := bytes.IndexByte(data, '\n') + 1
	if end == 0 && atEOF {
		end = len(data)
	}
	if end == 0 {
		return 0, nil, nil
	}
	return end, data[:end], nil
}

// decode reads the lines. What broke the file comes after them.
func (l *lines) decode(broken error) {
	defer close(l.decoded)
	l.leaves = make([]Leaf, len(l.text))
	var again bytes.Buffer
	encoder := json.NewEncoder(&again)
	for i, text := range l.text {
		again.Reset()
		var line packedLeaf
		err := line.read(text)
		if err == nil {
			err = encoder.Encode(&line)
		}
		if err == nil && !bytes.Equal(again.Bytes(), text) {
			err = errors.New("it is not written as this program writes lines")
		}
		if err != nil {
			l.leaves, l.err = l.leaves[:i], fmt.Errorf("a line of its leaves cannot be read: %w", err)
			return
		}
		line.fill(&l.leaves[i])
	}
	l.err = broken
}

// read takes a line apart. Whatever else the line may hold, such as a member twice
// or one that nobody knows, is gone when it is written again.
func (line *packedLeaf) read(text []byte) error {
	if err := json.Unmarshal(text, line); err != nil {
		return err
	}
	if (line.Salt == nil) != (line.Record == nil) || line.Salt != nil && len(line.Salt) != len(Salt{}) {
		return errors.New("it has no salt of 32 bytes beside a record, or one without")
	}
	if line.Withheld && (line.Record != nil || line.Event != "") {
		return errors.New("it has what it says that it leaves out")
	}
	return nil
}

func (line *packedLeaf) fill(leaf *Leaf) {
	*leaf = Leaf{Index: line.Index, Hashes: line.Hashes, Record: line.Record, Withheld: line.Withheld}
	if line.Event != "" {
		leaf.Event = []byte(line.Event)
	}
	copy(leaf.Salt[:], line.Salt)
}
