package main

import (
	"slices"
	"strings"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/logfilter"
)

// logFilter chooses decisions of one site.
type logFilter struct {
	Site     consent.SiteKey     `arg:"" help:"Key of the site."`
	From     string              `placeholder:"TIME" help:"From this day or moment on."`
	To       string              `placeholder:"TIME" help:"Up to and with this day, or before this moment."`
	Day      string              `placeholder:"DATE" help:"This day only; also \"today\" and \"yesterday\"."`
	Category consent.CategoryKey `placeholder:"KEY" help:"Decisions that grant this category, wholly or in part."`
	Method   consent.Method      `placeholder:"METHOD" help:"Decisions made this way, such as accept_all."`
	Language consent.Language    `placeholder:"LANG" help:"Decisions made when the banner was in this language, such as nn."`
	Notice   string              `placeholder:"NUMBER" help:"Decisions about the notice with this number."`
	Receipt  string              `placeholder:"ID" help:"The decision with this receipt."`
}

// words tell how the log is narrowed, for the audit trail.
func (f logFilter) words() string {
	var said []string
	for _, each := range []struct{ name, value string }{
		{"day", f.Day}, {"from", f.From}, {"to", f.To}, {"category", string(f.Category)}, {"method", string(f.Method)}, {"language", string(f.Language)}, {"notice", f.Notice}, {"receipt", f.Receipt},
	} {
		if each.value != "" {
			said = append(said, each.name+"="+each.value)
		}
	}
	return strings.Join(said, " ")
}

// query turns the flags into a query. Days are those of the zone of now.
func (f logFilter) query(now time.Time) (consent.LogQuery, error) {
	query := consent.LogQuery{Site: f.Site, Category: f.Category, Method: f.Method}
	if f.Method != "" && !slices.Contains(consent.Methods, f.Method) {
		return query, misusef("there is no method %q; the methods are %s", f.Method, join(consent.Methods))
	}
	if f.Day != "" && (f.From != "" || f.To != "") {
		return query, misusef("--day stands for --from and --to; give either --day or those")
	}
	for _, each := range []struct {
		flag, text string
		from, to   *time.Time
	}{
		{"--day", f.Day, &query.From, &query.To},
		{"--from", f.From, &query.From, nil},
		{"--to", f.To, nil, &query.To},
	} {
		if each.text == "" {
			continue
		}
		from, to, err := span(each.text, now)
		if err != nil {
			return query, misusef("%s: %w", each.flag, err)
		}
		if each.from != nil {
			*each.from = from
		}
		if each.to != nil {
			*each.to = to
		}
	}
	if !query.From.IsZero() && !query.To.IsZero() && !query.From.Before(query.To) {
		return query, misusef("--from must lie before --to")
	}
	return f.withOthers(query)
}

// withOthers adds what the page of the log reads by the same rules.
func (f logFilter) withOthers(query consent.LogQuery) (consent.LogQuery, error) {
	asked := logfilter.Filter{Language: string(f.Language), Notice: f.Notice}
	others, faults := asked.Query(f.Site)
	switch {
	case len(faults) > 0 && faults[0].Field == "notice":
		return query, misusef("--notice: %q is no number of a notice; write one that \"samtykke notice list\" shows, such as 3", f.Notice)
	case len(faults) > 0:
		return query, misusef("--language: %q is no language; write its tag, such as nn", f.Language)
	}
	query.Language, query.Notice = others.Language, others.Notice
	return f.withReceipt(query)
}

func (f logFilter) withReceipt(query consent.LogQuery) (consent.LogQuery, error) {
	if f.Receipt == "" {
		return query, nil
	}
	id, err := consent.ParseDecisionID(strings.TrimSpace(f.Receipt))
	if err != nil {
		return query, misusef("--receipt: %w", err)
	}
	query.ID = id
	return query, nil
}

// span gives the time that a text names by Norwegian clocks, from inclusive and to exclusive: a
// whole day, or nothing at all around a moment.
func span(text string, now time.Time) (from, to time.Time, err error) {
	now = consent.InNorway(now)
	switch text {
	case "today":
		text = now.Format(time.DateOnly)
	case "yesterday":
		text = now.AddDate(0, 0, -1).Format(time.DateOnly)
	}
	if day, err := time.ParseInLocation(time.DateOnly, text, now.Location()); err == nil {
		return day, day.AddDate(0, 0, 1), nil
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", time.DateTime, "2006-01-02 15:04"} {
		if moment, err := time.ParseInLocation(layout, text, now.Location()); err == nil {
			return moment, moment, nil
		}
	}
	return from, to, misusef("%q is not a time; write 2026-11-22, 2026-11-22T07:30 or 2026-11-22T07:30:00Z", text)
}

func join[T ~string](words []T) string {
	texts := make([]string, len(words))
	for i, word := range words {
		texts[i] = string(word)
	}
	return strings.Join(texts, ", ")
}
