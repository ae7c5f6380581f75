package processing

import (
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/samtykke/samtykke/server/export"
	"github.com/samtykke/samtykke/server/web"
)

// Write writes the record in a form: html to read, json, or csv with one row per activity.
func Write(to io.Writer, page *web.RecordPage, form string) error {
	switch form {
	case "csv":
		return WriteRows(to, page)
	case "json":
		encoder := json.NewEncoder(to)
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("", "  ")
		return encoder.Encode(page)
	}
	text, err := page.Render()
	if err == nil {
		_, err = to.Write(text)
	}
	return err
}

// WriteRows writes the record as a table, one row per activity. Each row
// stands alone: it repeats what is common to all.
func WriteRows(to io.Writer, page *web.RecordPage) error {
	if _, err := io.WriteString(to, export.ByteOrderMark); err != nil {
		return err
	}
	w, rows := page.Words, export.NewRows(to)
	heading := []string{w["record_site"], w["version"], w["record_activity"], w["record_category"]}
	for _, item := range append(page.Common[:len(page.Common):len(page.Common)], page.Activities[0].Items...) {
		heading = append(heading, item.Label)
	}
	err := rows.Row(append(heading, w["record_missing"]))
	version := w["record_draft"]
	if !page.Draft {
		version = strconv.Itoa(int(page.Notice))
	}
	for _, activity := range page.Activities {
		category := ""
		if activity.Category != nil {
			category = activity.Category.Text
		}
		cells := []string{page.SiteName.Text, version, activity.Name.Text, category}
		var missing []string
		for _, item := range append(page.Common[:len(page.Common):len(page.Common)], activity.Items...) {
			cell, gap := recordCell(w, item)
			if gap {
				missing = append(missing, item.Title)
			}
			cells = append(cells, cell)
		}
		err = errors.Join(err, rows.Row(append(cells, strings.Join(missing, "; "))))
	}
	return errors.Join(err, rows.Flush())
}

// recordCell gives an item in one cell, a line for each sentence, and whether
// something is missing in it.
func recordCell(w web.Words, item web.RecordItem) (cell string, gap bool) {
	lines := make([]string, len(item.Texts))
	for i, text := range item.Texts {
		lines[i] = strings.TrimSpace(text.Text + " " + text.URL)
		if text.Missing {
			lines[i], gap = w["record_missing"]+": "+lines[i], true
		}
	}
	return strings.Join(lines, "\n"), gap
}
