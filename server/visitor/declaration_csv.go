package visitor

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// byteOrderMark makes spreadsheet programs read the file as UTF-8.
const byteOrderMark = "\ufeff"

// DeclarationCSV gives the inventory of a Notice as a table, one row per
// cookie ("text/csv; charset=utf-8", RFC 4180). A cell that a spreadsheet
// program would take for a formula begins with an apostrophe. Semicolons between cells
// are for spreadsheets whose decimal sign is the comma.
func DeclarationCSV(notice *consent.Notice, lang consent.Language, semicolons bool) ([]byte, error) {
	e := editionOf(notice, lang)
	var out bytes.Buffer
	out.WriteString(byteOrderMark)
	table := csv.NewWriter(&out)
	table.UseCRLF = true
	if semicolons {
		table.Comma = ';'
	}
	cookies := inventory(e.draft)
	rows := make([][]string, 0, 1+len(cookies))
	headings := strings.Split(e.words["csv_headings"], "|")
	rows = append(rows, append(headings, e.words["published"], e.words["hash"]))
	for _, row := range cookies {
		rows = append(rows, e.cells(row))
	}
	for _, row := range rows {
		for i := range row {
			row[i] = consent.InertCell(row[i])
		}
	}
	if err := table.WriteAll(rows); err != nil {
		return nil, &consent.Error{Kind: consent.Internal, Code: "declaration", Message: "The declaration could not be written as CSV.", Err: err}
	}
	return out.Bytes(), nil
}

// cells gives one cookie in the order of the headings.
func (e *edition) cells(row declared) []string {
	service, cookie := row.service, row.cookie
	category := string(row.category)
	if known := e.draft.Category(row.category); known != nil {
		category = e.text(known.Name)
	}
	cells := []string{
		e.text(service.Name), cookie.Pattern.Name, category, e.text(cookie.Purpose),
		cookie.Kind.Words(e.lang), cookie.Party.Words(e.lang),
		cookie.Lifetime.Declared.Words(e.lang), string(cookie.Lifetime.Declared),
		string(cookie.Lifetime.Vendor), string(cookie.Lifetime.Observed),
	}
	cells = append(cells, e.companyCells(service, cookie, beside(service, row.category))...)
	cells = append(cells, e.basis(service, row.category))
	cells = append(cells, e.exemptionCells(cookie.Exemption)...)
	return append(cells,
		e.where(service, row.category), cookie.Status.Words(e.lang),
		string(cookie.Pattern.Match), strings.Join(spellings(&cookie.Pattern), "; "),
		string(service.Key), strconv.Itoa(int(e.notice.Number)), e.published(), e.notice.Hash.String())
}

// companyCells leaves out, beside what the service does by consent, who receives
// what by it: the page does the same.
func (e *edition) companyCells(service *consent.Service, cookie *consent.Cookie, beside bool) []string {
	provider := &service.Provider
	name := provider.Name
	if name == "" {
		name = strings.TrimSpace(e.words["provider_missing"] + ". " + e.text(provider.Missing))
	}
	var transfers, recipients, data []string
	if transfer := e.reader().Transfer(provider.Transfer); transfer != "" {
		transfers = append(transfers, name+": "+transfer)
	}
	for i := range service.Recipients {
		recipient := &service.Recipients[i]
		if beside {
			break
		}
		recipients = append(recipients, recipient.Name)
		if transfer := e.reader().Transfer(recipient.Transfer); transfer != "" {
			transfers = append(transfers, recipient.Name+": "+transfer)
		}
	}
	for _, text := range service.DataCategories {
		if !beside {
			data = append(data, e.text(text))
		}
	}
	return []string{
		name, e.reader().Countries(provider.Country), provider.Role.Words(e.lang), cookie.SetBy,
		strings.Join(recipients, "; "), strings.Join(transfers, " "), strings.Join(data, "; "),
	}
}

func (e *edition) exemptionCells(why *consent.Exemption) []string {
	if why == nil {
		return []string{"", "", ""}
	}
	reason := strings.TrimSpace(why.Ground.Words(e.lang) + ". " + e.text(why.Reason) + " " + e.text(why.When))
	return []string{reason, why.Reviewer, why.Reviewed}
}
