package admin_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	gotoken "go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
	"github.com/samtykke/samtykke/server/logfilter"
	"github.com/samtykke/samtykke/server/rights"
	"github.com/samtykke/samtykke/server/web"
	"github.com/samtykke/samtykke/server/web/help"
)

// Where in the sources codes stand: the fields that hold them, and which argument of
// a function is one.
var (
	answerCodes = codePlaces{fields: []string{"code"}, arguments: map[string]int{"errNoKey": 0, "errWait": 0}}
	faultCodes  = codePlaces{fields: []string{"Code"}, arguments: map[string]int{"errField": 2, "wrong": 1}}
	draftCodes  = codePlaces{arguments: map[string]int{"fault": 1, "warn": 1}}
	fileCodes   = codePlaces{arguments: map[string]int{"fault": 2}}
	importWords = codePlaces{arguments: map[string]int{"told": 0}}
)

type codePlaces struct {
	fields    []string
	arguments map[string]int
}

// in gives the codes in the files of a pattern.
func (p codePlaces) in(t *testing.T, pattern string) []string {
	t.Helper()
	names, err := filepath.Glob(pattern)
	must(t, err)
	found := map[string]bool{}
	take := func(value ast.Expr) {
		if literal, is := value.(*ast.BasicLit); is && literal.Kind == gotoken.STRING {
			code, err := strconv.Unquote(literal.Value)
			must(t, err)
			found[code] = true
		}
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		source, err := os.ReadFile(name)
		must(t, err)
		file, err := parser.ParseFile(gotoken.NewFileSet(), name, source, 0)
		must(t, err)
		ast.Inspect(file, func(node ast.Node) bool { p.look(node, take); return true })
	}
	if len(found) == 0 {
		t.Fatalf("%s has no codes", pattern)
	}
	return slices.Sorted(maps.Keys(found))
}

func (p codePlaces) look(node ast.Node, take func(ast.Expr)) {
	switch node := node.(type) {
	case *ast.KeyValueExpr:
		if key, is := node.Key.(*ast.Ident); is && slices.Contains(p.fields, key.Name) {
			take(node.Value)
		}
	case *ast.CallExpr:
		name := ""
		switch called := node.Fun.(type) {
		case *ast.Ident:
			name = called.Name
		case *ast.SelectorExpr:
			name = called.Sel.Name
		}
		if at, is := p.arguments[name]; is && at < len(node.Args) {
			take(node.Args[at])
		}
	}
}

// explained says whether the page of the manual that an answer leads to explains a
// code.
func explained(t *testing.T, lang consent.Language, address, code string) bool {
	t.Helper()
	book, err := help.Read()
	must(t, err)
	_, path, _ := strings.Cut(address, "/help/")
	name, fragment, _ := strings.Cut(path, "#")
	article := book.Article(lang, name)
	if article == nil || fragment != help.CodePlace(code) {
		t.Errorf("%s leads nowhere in %s", address, lang)
		return false
	}
	said := string(article.HTML(func(path string) string { return path }))
	words, _ := web.AdminWordsIn(lang)
	sentence := words["problem_"+code] != "" && words["problem_"+code+"_repair"] != "" || words["problem_"+code+"_explained"] != ""
	return strings.Contains(said, `<code id="`+help.CodePlace(code)+`">`+code+"</code>") || name == "api-faults" && sentence
}

// checkHelp fails unless the manual explains what a problem says.
func checkHelp(t *testing.T, told *api.Problem) {
	t.Helper()
	for _, lang := range web.AdminLanguages {
		for i := range told.Faults {
			address, _, _ := strings.Cut(told.Help, "#") // which leads to the first
			if i == 0 {
				address = told.Help
			} else {
				address += "#" + help.CodePlace(told.Faults[i].Code)
			}
			if !explained(t, lang, address, told.Faults[i].Code) {
				t.Errorf("%s does not explain the fault %s in %s", told.Help, told.Faults[i].Code, lang)
			}
		}
		if len(told.Faults) == 0 && !explained(t, lang, told.Help, string(told.Code)) {
			t.Errorf("%s does not explain the code %s in %s", told.Help, told.Code, lang)
		}
	}
}

// placesOn gives the names of the places on a page that a stranger gets.
func (h *house) placesOn(t *testing.T, path string) map[string]int {
	t.Helper()
	got := h.stranger().get(path)
	got.shows(t, 200)
	places := map[string]int{}
	for _, found := range regexp.MustCompile(` id="([^"]*)"`).FindAllStringSubmatch(got.body, -1) {
		places[found[1]]++
	}
	return places
}

// Where an answer of the API leads, whoever writes a program finds the code that it had,
// each at a place of its own and without a login.
func TestHelpOfCodesIsOpen(t *testing.T) {
	h := open(t)
	codes, faults := h.placesOn(t, "/help/api"), h.placesOn(t, "/help/api-faults")
	for _, code := range api.Codes {
		if codes[help.CodePlace(string(code))] != 1 {
			t.Errorf("/help/api has %d places for %s", codes[help.CodePlace(string(code))], code)
		}
	}
	for _, code := range faultsKnown(t) {
		if faults[help.CodePlace(code)] != 1 {
			t.Errorf("/help/api-faults has %d places for %s", faults[help.CodePlace(code)], code)
		}
	}
	for _, places := range []map[string]int{codes, faults} {
		for place, n := range places {
			if n > 1 {
				t.Errorf("%d places are called %s", n, place)
			}
		}
	}
	lead := func(told *api.Problem, to string) {
		t.Helper()
		if !strings.HasSuffix(told.Help, to) {
			t.Errorf("it leads to %s, and not to %s", told.Help, to)
		}
	}
	g := h.member("boss@example.no", consent.RoleAdministrator, skogen).program(t, consent.ScopeRead, consent.ScopeErase, consent.ScopeLog)
	var told api.Problem
	must(t, json.Unmarshal([]byte(g.get(api.Base+"/nowhere").body), &told))
	lead(&told, "/help/api#code-unknown_address")
	must(t, json.Unmarshal([]byte(g.get(api.Base+"/sites/skogen/decisions?from=x&limit=0").body), &told))
	lead(&told, "/help/api-faults#code-bad_day")
}

// The manual explains every code, in each language, and every code is one that is
// known.
func TestAPICodesAreExplained(t *testing.T) {
	for _, code := range answerCodes.in(t, "../api/*.go") {
		if !slices.Contains(api.Codes, api.Code(code)) {
			t.Errorf("the code %s is not in the list", code)
		}
	}
	for _, code := range api.Codes {
		checkHelp(t, &api.Problem{Code: code, Help: "/help/api#code-" + string(code)})
	}
	for _, code := range faultsKnown(t) {
		checkHelp(t, &api.Problem{Help: "/help/api-faults#code-" + code, Faults: consent.Problems{{Code: code}}})
	}
}

// faultsKnown gives the codes of all faults, each once.
func faultsKnown(t *testing.T) []string {
	t.Helper()
	faults := slices.Concat(
		faultCodes.in(t, "../api/*.go"), draftCodes.in(t, "../../consent/validate*.go"), fileCodes.in(t, "../../config/decode*.go"),
		slices.Collect(maps.Keys(rights.AskedFields)), slices.Collect(maps.Keys(rights.StepFields)), slices.Collect(maps.Keys(api.InvitingFields)), slices.Collect(maps.Keys(api.NamingFields)), slices.Collect(maps.Keys(api.PlanFields)),
	)
	words, _ := web.AdminWordsIn(consent.English)
	told := importWords.in(t, "../admin/import*.go")
	for key := range words {
		if strings.HasPrefix(key, "import_fault_") || slices.Contains(told, key) {
			faults = append(faults, strings.Replace(key, "import_fault_", "import_", 1))
		}
	}
	for _, flaw := range []logfilter.Flaw{logfilter.BadDay, logfilter.BadDays, logfilter.BadChoice} { // a receipt has an address of its own
		faults = append(faults, "bad_"+string(flaw))
	}
	slices.Sort(faults)
	return slices.Compact(faults)
}

// The codes of what may be wrong with a draft stand in the manual as the pages have
// them.
func TestCodesOfDraftsAreInTheManual(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	page := kari.get("/help/api-faults")
	page.shows(t, 200, "<dt><code id=\"code-malformed_colour\">malformed_colour</code></dt><dd>«…» er ikke en farge. Skriv den slik: #1f5a3c.</dd>", "keeping</code>")
	if strings.Contains(page.body, "{value}") {
		t.Error("a word is missing in a sentence")
	}
}

// What may be wrong with a field is answered with how it is mended, of every code.
func TestFieldFaultsHaveARepair(t *testing.T) {
	for _, fields := range []map[string]string{rights.AskedFields, rights.StepFields, api.InvitingFields, api.PlanFields} {
		for code := range fields {
			if api.Repairs[code] == "" {
				t.Errorf("%s has no repair", code)
			}
		}
	}
}
