package consent

import (
	"errors"
	"fmt"
	"strings"
)

// Kind sorts errors by what the caller can do about them. One place in each
// adapter turns a Kind into an HTTP status or an exit code.
type Kind string

// The kinds of error.
const (
	Invalid     Kind = "invalid"     // the input breaks a rule; change it
	NotFound    Kind = "not_found"   // there is no such thing
	Conflict    Kind = "conflict"    // it exists already with other content
	Forbidden   Kind = "forbidden"   // the caller may not do this
	Unavailable Kind = "unavailable" // full or down; try again later
	Internal    Kind = "internal"    // ours to mend; the text stays inside
)

// Error is an error with a Kind, a stable code and one human sentence that
// contains the repair. Message may be shown to the caller; Err may not.
type Error struct {
	Kind    Kind
	Code    string // stable, snake_case, such as "unknown_notice"
	Message string
	Err     error
}

// Error gives the sentence, and the cause behind it for logs.
func (e *Error) Error() string {
	if e.Err != nil {
		return e.Message + ": " + e.Err.Error()
	}
	return e.Message
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Errorf makes an Error without a cause.
func Errorf(kind Kind, code, format string, args ...any) *Error {
	return &Error{Kind: kind, Code: code, Message: fmt.Sprintf(format, args...)}
}

// KindOf gives the Kind of err, Internal for an error that is not ours, and
// Invalid for Problems.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	var p Problems
	if errors.As(err, &p) {
		return Invalid
	}
	return Internal
}

// CodeOf gives the code of err, "" for none and for an error that is not ours.
func CodeOf(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

// Severity says whether a Problem stops publishing.
type Severity string

// The severities.
const (
	Fault   Severity = "error"   // publishing is refused
	Warning Severity = "warning" // publishing goes on; a person should look
)

// Problem is one broken rule, with its place and its repair.
type Problem struct {
	Path     string   `json:"path"`           // dotted, such as services.youtube.cookies.YSC.lifetime
	Line     int      `json:"line,omitempty"` // in the site file, 0 when unknown
	Severity Severity `json:"severity"`
	Code     string   `json:"code"`    // stable, snake_case
	Message  string   `json:"message"` // what is wrong
	Repair   string   `json:"repair"`  // what to write instead
	// Lifetimes are those that a problem is about, to be said in any language.
	Lifetimes Lifetimes `json:"-"`
}

// String gives the problem as one line.
func (p Problem) String() string {
	place := p.Path
	if p.Line > 0 {
		place = fmt.Sprintf("line %d: %s", p.Line, p.Path)
	}
	return fmt.Sprintf("%s: %s %s", place, p.Message, p.Repair)
}

// Problems is every broken rule of a Draft at once.
type Problems []Problem //nolint:errname // a list of findings first, an error only when there is nothing else to return

// Error gives one line per problem.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// Faults gives the problems that stop publishing.
func (ps Problems) Faults() Problems {
	var faults Problems
	for _, p := range ps {
		if p.Severity == Fault {
			faults = append(faults, p)
		}
	}
	return faults
}
