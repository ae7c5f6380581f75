package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// misused is a command line that parses but makes no sense.
type misused struct{ error }

func misusef(format string, args ...any) error {
	return misused{fmt.Errorf(format, args...)}
}

// told is a failure that has been shown already; only the exit code is left.
type told struct{ error }

// fail shows the error with its repair and gives the exit code.
func (t *terminal) fail(err error) int {
	var shown told
	if errors.As(err, &shown) {
		return exitFailure
	}
	var wrong misused
	if errors.As(err, &wrong) {
		t.remark("samtykke: %s", wrong)
		return exitMisuse
	}
	var problems consent.Problems
	if errors.As(err, &problems) {
		writeProblems(t.err, "", problems)
		return exitFailure
	}
	if errors.Is(err, context.Canceled) {
		t.remark("samtykke: interrupted before the end")
		return exitFailure
	}
	var known *consent.Error
	if errors.As(err, &known) && known.Err != nil {
		message, _, _ := strings.Cut(err.Error(), known.Error())
		t.remark("samtykke: %s%s\n  because: %s", message, known.Message, known.Err)
		return exitFailure
	}
	t.remark("samtykke: %s", strings.TrimRight(err.Error(), "\n"))
	return exitFailure
}
