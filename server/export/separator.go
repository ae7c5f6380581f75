package export

import (
	"bytes"
	"io"
)

// What may stand between the cells of a CSV file. RFC 4180 has commas. A spreadsheet
// program whose decimal sign is the comma, as a Norwegian one has, splits at semicolons.
const (
	Comma     = "comma"
	Semicolon = "semicolon"
)

// Separators are all of them, the usual one first.
var Separators = []string{Comma, Semicolon}

// Separated gives a writer that takes rows as RFC 4180 has them, and hands them on with
// the separator between cells. It holds back less than a cell, and nothing at the end of a
// row.
func Separated(to io.Writer, separator string) io.Writer {
	if separator != Semicolon {
		return to
	}
	return &semicolons{to: to}
}

// semicolons turns commas between cells into semicolons.
type semicolons struct {
	to     io.Writer
	begun  bool
	quoted bool   // within a quoted cell
	cell   []byte // what has come of one without quotes
	out    []byte
}

// Write takes a part of a file, of any size.
func (x *semicolons) Write(data []byte) (int, error) {
	x.out = x.out[:0]
	rest := data
	if !x.begun {
		var marked bool
		if rest, marked = bytes.CutPrefix(data, []byte(ByteOrderMark)); marked {
			x.out = append(x.out, ByteOrderMark...)
		}
		x.begun = true
	}
	for _, c := range rest {
		x.take(c)
	}
	if _, err := x.to.Write(x.out); err != nil {
		return 0, err
	}
	return len(data), nil
}

func (x *semicolons) take(c byte) {
	switch {
	case c == '"':
		x.quoted = !x.quoted // twice for one within a cell
		x.out = append(x.out, c)
	case x.quoted:
		x.out = append(x.out, c)
	case c == ',':
		x.endCell()
		x.out = append(x.out, ';')
	case c == '\r' || c == '\n':
		x.endCell()
		x.out = append(x.out, c)
	default:
		x.cell = append(x.cell, c)
	}
}

// endCell quotes a cell that would be taken for two.
func (x *semicolons) endCell() {
	if bytes.IndexByte(x.cell, ';') < 0 {
		x.out = append(x.out, x.cell...)
	} else {
		x.out = append(x.out, '"')
		x.out = append(x.out, x.cell...)
		x.out = append(x.out, '"')
	}
	x.cell = x.cell[:0]
}
