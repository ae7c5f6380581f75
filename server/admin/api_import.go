package admin

import (
	"context"
	"net/url"
	"strings"

	"github.com/samtykke/samtykke/server/api"
)

// importFor reads a file into a draft as the page does, for programs. How long answers
// hold and are kept is not changed by one.
func (a *Admin) importFor(ctx context.Context, ask api.ImportQuery) (*api.ImportMade, error) {
	r := &request{Admin: a, ctx: ctx, site: &ask.Site, form: url.Values{"scope": {ask.Scope}}}
	r.speak(ask.Language)
	content, kind := strings.TrimPrefix(ask.Content, byteOrderMark), fileText
	if read, of := readFile(content); of == fileWindows {
		content, kind = read, of
	}
	if strings.TrimSpace(content) == "" {
		return &api.ImportMade{Wrong: apiLines([]importLine{{0, r.told("import_empty")}})}, nil
	}
	made := r.importInto(ask.Draft, content)
	if len(made.wrong) > 0 {
		return &api.ImportMade{Wrong: apiLines(made.wrong), More: made.moreWrong + beyond(made.wrong)}, nil
	}
	if kind == fileWindows {
		made.warn(0, r.told("import_windows"))
	}
	brought := append([]api.SignedReason{}, broughtSignatures(ask.Draft, made.draft)...)
	blocked, blocks := r.blockedBy(ask.Draft, made.draft)
	settings, err := r.settingsBetween(ask.Draft, made.draft)
	if err != nil {
		return nil, err
	}
	fields, more, err := r.fieldsBetween(ask.Draft, made.draft)
	return &api.ImportMade{Draft: made.draft, Said: api.Imported{
		Scope: made.scope, From: string(made.from), Changes: append([]string{}, r.changesBetween(ask.Draft, made.draft)...), Settings: changedThings(settings),
		Fields: changedThings(fields), MoreFields: more, Blocked: blockedKinds(blocked), Blocks: blocks,
		Signed: brought[:min(len(brought), mostToPrograms)], SignedMore: max(0, len(brought)-mostToPrograms),
		Warnings: apiLines(made.warnings), More: made.moreWarned + beyond(made.warnings), Aside: apiLines(made.aside), AsideRows: made.asideRows,
	}}, err
}

// blockedKinds are what keeps the draft from being published, as programs get it.
func blockedKinds(kinds []blocked) []api.BlockedKind {
	said := make([]api.BlockedKind, len(kinds))
	for i := range kinds {
		said[i] = api.BlockedKind{Code: kinds[i].Code, Message: kinds[i].Text, Repair: kinds[i].Repair, Times: kinds[i].N}
	}
	return said
}

// mostToPrograms is how many lines are told of.
const mostToPrograms = 1000

// beyond counts the lines that are not told of.
func beyond(lines []importLine) int { return max(0, len(lines)-mostToPrograms) }

func apiLines(lines []importLine) []api.ImportLine {
	said := make([]api.ImportLine, 0, min(len(lines), mostToPrograms))
	for _, line := range lines[:min(len(lines), mostToPrograms)] {
		said = append(said, api.ImportLine{Line: line.Line, Code: line.Code, Message: line.Text})
	}
	return said
}

// changedThings are changes as programs get them.
func changedThings(groups []changeGroup) []api.ChangedThing {
	things := make([]api.ChangedThing, len(groups))
	for i := range groups {
		g := &groups[i]
		things[i] = api.ChangedThing{Thing: g.Thing, Again: g.Again, Lines: make([]api.ChangedField, len(g.Lines))}
		for j, line := range g.Lines {
			said := api.ChangedField{Sentence: line.Sentence, Field: line.Field}
			if line.Had {
				said.Old = &line.Old
			}
			if line.Has {
				said.New = &line.New
			}
			things[i].Lines[j] = said
		}
	}
	return things
}
