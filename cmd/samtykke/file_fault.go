package main

import (
	"encoding/json"
	"errors"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

// fileFault is something that is wrong with a file.
type fileFault struct {
	File string `json:"file"`
	consent.Problem
}

// fileFaults are everything that is wrong with the files of a command.
type fileFaults struct {
	Code   api.Code    `json:"code"`
	Detail string      `json:"detail"`
	Faults []fileFault `json:"faults"`
	More   int         `json:"more,omitempty"` // faults that are not listed
}

func (f *fileFaults) add(file string, problems consent.Problems) {
	for i := range problems {
		f.Faults = append(f.Faults, fileFault{file, problems[i]})
	}
}

// addLines adds what is wrong with lines of a file that is read in.
func (f *fileFaults) addLines(file string, lines []api.ImportLine) {
	for _, each := range lines {
		f.Faults = append(f.Faults, fileFault{file, consent.Problem{
			Line: each.Line, Severity: consent.Fault, Code: each.Code, Message: each.Message, Repair: "Correct this in the file, and import it again.",
		}})
	}
}

// addError adds that a file cannot be read at all. It says whether that is what failed.
func (f *fileFaults) addError(file string, err error) bool {
	var own *consent.Error
	if !errors.As(err, &own) || own.Kind != consent.Invalid {
		return false
	}
	line := 0
	var unread *config.UnreadError
	if errors.As(err, &unread) {
		line = unread.Line
	}
	f.addLines(file, []api.ImportLine{{Line: line, Code: own.Code, Message: own.Message}})
	return true
}

// refuse counts the faults, nil for none, and says that nothing was done. A script gets
// all of them as one object, as a program that uses the API does.
func (f *fileFaults) refuse(t *terminal, done string, script bool) error {
	if len(f.Faults)+f.More == 0 {
		return nil
	}
	t.remark("\n%s", f.detail(done))
	if script {
		if err := f.write(t, done); err != nil {
			return err
		}
	}
	return told{errors.New("faults")}
}

func (f *fileFaults) detail(done string) string {
	return capital(plural(len(f.Faults)+f.More, "fault")) + ". Nothing was " + done + "."
}

// write writes them as one object.
func (f *fileFaults) write(t *terminal, done string) error {
	f.Code, f.Detail = "faults", f.detail(done)
	return json.NewEncoder(t.out).Encode(f)
}
