package main

import (
	"fmt"
	"io"
	"slices"

	"github.com/samtykke/samtykke/consent"
)

// writeProblems lists problems for people, in the form that editors jump to:
// file:line: severity: what is wrong, with place and repair below it.
func writeProblems(w io.Writer, file string, problems consent.Problems) {
	for _, problem := range problems {
		place := ""
		if problem.Line > 0 {
			place = fmt.Sprintf("%s:%d: ", file, problem.Line)
		}
		fmt.Fprintf(w, "%s%s: %s\n", place, problem.Severity, printable(problem.Message))
		indent := "    "
		if problem.Path != "" {
			fmt.Fprintf(w, "%s%s\n", indent, printable(problem.Path))
		}
		if problem.Repair != "" {
			fmt.Fprintf(w, "%sRepair: %s\n", indent, printable(problem.Repair))
		}
	}
}

// mostAhead is how many days that have not come are told of.
const mostAhead = 5

// remarkAhead tells of what is dated ahead in a draft that visitors get: it is not true
// yet, and no fault, for a machine may have a slow clock.
func remarkAhead(t *terminal, draft *consent.Draft) {
	ahead := slices.DeleteFunc(draft.ValidateOn(t.today()), func(p consent.Problem) bool { return p.Code != "future_day" })
	told := min(len(ahead), mostAhead)
	writeProblems(t.err, "", ahead[:told])
	if more := len(ahead) - told; more > 0 {
		t.remark("… and %s more.", plural(more, "day"))
	}
}

// tally counts problems in words: "2 faults, 1 warning".
func tally(problems consent.Problems) string {
	faults := len(problems.Faults())
	return plural(faults, "fault") + ", " + plural(len(problems)-faults, "warning")
}

// plural gives "1 cookie", "2 cookies", "no cookies".
func plural(count int, noun string) string {
	switch count {
	case 0:
		return "no " + noun + "s"
	case 1:
		return "1 " + noun
	}
	return grouped(count) + " " + noun + "s"
}
