package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/term"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/control"
)

// terminal is where the program was started: its streams, environment and clock.
type terminal struct {
	in       io.Reader
	out, err io.Writer
	environ  []string
	clock    func() time.Time
	looker   control.Looker // asks the internet who controls an address
}

// today is the day that it is in Norway.
func (t *terminal) today() consent.Day { return consent.DayOf(t.clock()) }

// The width of text for reading, in columns, and the least that is usable.
const (
	widest    = 96
	narrowest = 40
)

// interactive says whether a person watches the stream.
func interactive(stream io.Writer) bool {
	file, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

// width gives the columns that text on standard output may fill.
func (t *terminal) width() int {
	file, ok := t.out.(*os.File)
	if !ok {
		return widest
	}
	columns, _, err := term.GetSize(int(file.Fd()))
	if err != nil {
		return widest
	}
	return max(narrowest, min(columns, widest))
}

// styled says whether bold and dim may be used on standard output.
func (t *terminal) styled() bool {
	plain := slices.ContainsFunc(t.environ, func(pair string) bool {
		return pair == "TERM=dumb" || strings.HasPrefix(pair, "NO_COLOR=") && pair != "NO_COLOR="
	})
	return !plain && interactive(t.out)
}

// bold marks headings when a person reads them.
func (t *terminal) bold(text string) string { return t.mark("1", text) }

// dim marks what matters less when a person reads it.
func (t *terminal) dim(text string) string { return t.mark("2", text) }

func (t *terminal) mark(code, text string) string {
	if !t.styled() || text == "" {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

// say writes one line to standard output.
func (t *terminal) say(format string, args ...any) {
	fmt.Fprintln(t.out, harmless(fmt.Sprintf(format, args...)))
}

// remark writes one line beside the output, to standard error.
func (t *terminal) remark(format string, args ...any) {
	fmt.Fprintln(t.err, harmless(fmt.Sprintf(format, args...)))
}

// ownMarks are what bold and dim write.
var ownMarks = strings.NewReplacer("\x1b[1m", "\x1b[1m", "\x1b[2m", "\x1b[2m", "\x1b[0m", "\x1b[0m", "\x1b", "�")

// harmless replaces what could move the cursor or hide a line, except line ends and
// our own marks: a pack that somebody else made must not write over what is said
// of it.
func harmless(text string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && r != '\x1b' && !unicode.IsPrint(r) && !unicode.Is(unicode.Zs, r) {
			return '�'
		}
		return r
	}, ownMarks.Replace(text))
}
