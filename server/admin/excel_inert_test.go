package admin_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// cellsAt gives the cells of a file as a spreadsheet program shows them that splits at sep,
// whatever the file was made for: once with what its quotes mean to such a program, and
// once with a split at each separator.
func cellsAt(file string, sep byte) []string {
	file = strings.TrimPrefix(file, "\ufeff")
	cells := strings.FieldsFunc(file, func(c rune) bool { return c == rune(sep) || c == '\r' || c == '\n' })
	var cell strings.Builder
	quoted, fresh := false, true
	for i := 0; i < len(file); i++ {
		c := file[i]
		switch {
		case c == '"' && fresh:
			quoted, fresh = true, false
		case c == '"' && quoted && i+1 < len(file) && file[i+1] == '"':
			cell.WriteByte(c)
			i++
		case c == '"' && quoted:
			quoted = false // what follows is added to it
		case !quoted && (c == sep || c == '\r' || c == '\n'):
			cells = append(cells, cell.String())
			cell.Reset()
			fresh = true
		default:
			cell.WriteByte(c)
			fresh = false
		}
	}
	return append(cells, cell.String())
}

// begins says whether a cell begins as a formula does, and is no number.
func begins(cell string) bool {
	bare := strings.TrimLeft(cell, "\" \u00a0")
	return bare != "" && strings.ContainsRune("=+-@\t\r", rune(bare[0])) && strings.Trim(bare[1:], "0123456789\"") != ""
}

// Whichever separator a file was made with, and whichever the program that opens it
// splits at: no cell of any table that is handed out is calculated. Read back, it says
// what it said.
func TestNoTableIsCalculatedAtAnySeparator(t *testing.T) {
	h := open(t)
	knownMonth(t, h)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	g := boss.program(t, consent.ScopeRead, consent.ScopeExport, consent.ScopeAudit)
	texts := []string{
		`Keeps you logged in,=cmd|' /C calc'!A0,thanks`, `a;=cmd|' /C calc'!A0;b`, `a,"=cmd()";"=cmd()",b`, `she said "yes",=cmd(); =cmd()`,
		`"=cmd()`, `"",=cmd()`, `"";@cmd()`, `a,+cmd();-cmd(),@cmd()`, `=cmd(),=cmd();=cmd()`, `a, =cmd();` + "\u00a0=cmd()",
	}
	turn := 0
	next := func() string { turn++; return texts[turn%len(texts)] }
	h.redraft(t, func(d *consent.Draft) {
		said := func() consent.Text { return consent.Text{consent.Bokmaal: next(), consent.English: next()} }
		d.Organisation.Name, d.Site.Name = next(), said()
		for i := range d.Services {
			s := &d.Services[i]
			s.Name, s.Purpose, s.Provider.Name, s.Notes = said(), said(), next(), []string{next(), next()}
			for j := range s.Cookies {
				s.Cookies[j].Purpose, s.Cookies[j].SetBy, s.Cookies[j].Notes = said(), next(), []string{next(), next()}
			}
		}
	})
	h.publish(t)
	for _, text := range texts {
		must(t, h.store.RecordAct(t.Context(), consent.Act{Time: h.clock(), Account: boss.id, Organisation: skogen, Site: "skogen", Action: "site.add", Object: text, Reason: text}))
	}
	held := 0
	inert := func(name string, got answer) {
		t.Helper()
		if got.status != http.StatusOK || !strings.HasPrefix(got.header.Get("Content-Type"), "text/csv") {
			t.Fatalf("%s answers %d with %s", name, got.status, got.header.Get("Content-Type"))
		}
		held += strings.Count(got.body, "cmd")
		for _, sep := range []byte{',', ';', '\t'} {
			for _, cell := range cellsAt(got.body, sep) {
				if begins(cell) {
					t.Errorf("%s: split at %q there is the cell %.80q", name, sep, cell)
				}
			}
		}
	}
	for _, with := range []string{"?", "?" + withSemicolons} {
		for _, path := range []string{
			"/export/inventory.csv", "/export/open-cookie-database.csv", "/export/record.csv", "/figures/languages.csv", "/figures/placeholders.csv", "/figures/days.csv",
		} {
			inert(path+with, boss.get("/sites/skogen"+path+with))
		}
		for _, path := range []string{apiSite + "/draft/export", apiSite + "/draft/export?form=open", apiSite + "/record?form=csv", apiSite + "/log/export", "/api/v1/trail/export"} {
			and := strings.Replace(with, "?", "&", strings.Count(path, "?"))
			inert(path+and, g.get(path+and))
		}
		boss.post(importPath, "content", boss.get("/sites/skogen/export/inventory.csv"+with).body).shows(t, http.StatusOK, "Filen sier det samme som kladden")
	}
	for _, separator := range []string{"comma", "semicolon"} {
		for _, path := range []string{"/sites/skogen/log/export", "/organisations/skogen/trail/export"} {
			inert(path+" "+separator, boss.post(path, "form", "csv", "separator", separator))
		}
	}
	if held < 200 {
		t.Errorf("only %d formulas were met: the test does not look at what it should", held)
	}
}
