package banner

import (
	"fmt"
	"io/fs"
	"strings"
	"sync"
)

// pageTypesHead and pageTypesEvents stand around what the sources declare.
const (
	pageTypesHead = `/**
 * What pages may use of Samtykke: window.samtykke, which the script tag makes,
 * and two events of the document. "samtykke help page-api" tells the rest.
 *
 * Save this file as samtykke.d.ts beside your sources; editors and tsc find it
 * there. It holds types only, and nothing to load into a page.
 */
`
	pageTypesEvents = `declare global {
  interface DocumentEventMap {
    'samtykke:ready': CustomEvent<State>
    'samtykke:change': CustomEvent<State>
  }
}
`
)

// published are the declarations that pages may rely on, in the order of reading,
// and the sources that hold them.
var published = []struct{ file, begins string }{
	{"api.ts", "declare global {"},
	{"api.ts", "export interface Api {"},
	{"api.ts", "export interface State extends Choice {"},
	{"host.ts", "export interface Choice {"},
	{"host.ts", "export type Ref ="},
	{"api.ts", "export type Happening ="},
}

// PageTypes gives the TypeScript declarations of the page API, for editors
// ("samtykke.d.ts"). They are cut out of the banner's own sources, so they
// cannot say anything else than what the banner is compiled with.
var PageTypes = sync.OnceValues(func() ([]byte, error) {
	var out strings.Builder
	out.WriteString(pageTypesHead)
	for _, each := range published {
		source, err := fs.ReadFile(sources, "src/"+each.file)
		if err != nil {
			return nil, err
		}
		declaration, err := cutDeclaration(string(source), each.begins)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", each.file, err)
		}
		out.WriteString("\n" + declaration)
	}
	out.WriteString("\n" + pageTypesEvents)
	return []byte(out.String()), nil
})

// cutDeclaration gives a declaration of the outermost level with the comment
// above it. One with a brace ends where a line is nothing but its closing brace;
// any other is one line.
func cutDeclaration(source, begins string) (string, error) {
	before, rest, found := strings.Cut("\n"+source, "\n"+begins)
	if !found {
		return "", fmt.Errorf("nothing begins with %q", begins)
	}
	end := "\n"
	if strings.HasSuffix(begins, "{") {
		end = "\n}\n"
	}
	body, _, found := strings.Cut(rest, end)
	if !found {
		return "", fmt.Errorf("%q has no end", begins)
	}
	comment := ""
	if strings.HasSuffix(before, "*/") {
		if at := strings.LastIndex(before, "\n/**"); at >= 0 {
			comment = before[at+1:] + "\n"
		}
	}
	return comment + begins + body + end, nil
}
