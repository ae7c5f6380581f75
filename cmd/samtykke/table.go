package main

import (
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// column is one column of a table. Width is the least it takes, in characters;
// a table that grows while it is written needs it to stay aligned.
type column struct {
	title string
	width int
	right bool
}

// table writes rows as aligned columns with two spaces between.
type table struct {
	t       *terminal
	columns []column
	rows    [][]string
}

func newTable(t *terminal, columns ...column) *table {
	for i := range columns {
		columns[i].width = max(columns[i].width, utf8.RuneCountInString(columns[i].title))
	}
	return &table{t: t, columns: columns}
}

// add keeps a row until flush, so that its cells can widen the columns.
func (b *table) add(cells ...string) {
	for i, cell := range cells {
		cells[i] = printable(cell)
		b.columns[i].width = max(b.columns[i].width, utf8.RuneCountInString(cells[i]))
	}
	b.rows = append(b.rows, cells)
}

// head writes the titles.
func (b *table) head() error {
	titles := make([]string, len(b.columns))
	for i, column := range b.columns {
		titles[i] = column.title
	}
	_, err := io.WriteString(b.t.out, b.t.bold(b.line(titles))+"\n")
	return err
}

// flush writes what was added.
func (b *table) flush() error {
	var text strings.Builder
	for _, row := range b.rows {
		text.WriteString(b.line(row) + "\n")
	}
	b.rows = b.rows[:0]
	_, err := io.WriteString(b.t.out, text.String())
	return err
}

// write writes the titles and all rows.
func (b *table) write() error {
	if err := b.head(); err != nil {
		return err
	}
	return b.flush()
}

func (b *table) line(cells []string) string {
	var text strings.Builder
	for i, cell := range cells {
		pad := strings.Repeat(" ", max(0, b.columns[i].width-utf8.RuneCountInString(cell)))
		switch {
		case b.columns[i].right:
			text.WriteString(pad + cell)
		case i == len(cells)-1:
			text.WriteString(cell)
		default:
			text.WriteString(cell + pad)
		}
		if i < len(cells)-1 {
			text.WriteString("  ")
		}
	}
	return strings.TrimRight(text.String(), " ")
}

// printable replaces what could move the cursor or forge a line: names come
// from files and from visitors' pages.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if r == utf8.RuneError || !unicode.IsPrint(r) {
			return '�'
		}
		return r
	}, text)
}

// orDash gives a dash for nothing.
func orDash(text string) string {
	if text == "" {
		return "–"
	}
	return text
}
