package main

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/export"
)

// hashShown is how much of a hash stands in a table: enough to name a bundle.
const hashShown = 8

// logLines writes decisions as they are read.
type logLines interface {
	put(ctx context.Context, entries []consent.Entry) error
}

func (c *logListCmd) lines(t *terminal, store consent.Store) logLines {
	recorder := export.NewRecorder(store, c.Site)
	if c.JSON {
		encoder := json.NewEncoder(t.out)
		encoder.SetEscapeHTML(false)
		return &jsonLines{recorder, encoder}
	}
	return &tableLines{recorder: recorder, table: newTable(t,
		column{title: "TIME", width: len("2006-01-02 15:04:05 CEST")},
		column{title: "STATE", width: len(consent.StatePartlyGiven)},
		column{title: "METHOD", width: len(consent.PlaceholderAlways)},
		column{title: "GRANTED", width: len("statistics")},
		column{title: "LANG"},
		column{title: "NOTICE", right: true},
		column{title: "BUNDLE", width: hashShown},
		column{title: "RECEIPT", width: 36},
		column{title: "FROZEN"},
	)}
}

// yesOrNothing leaves a column to the rows that it is about.
func yesOrNothing(is bool) string {
	if is {
		return "yes"
	}
	return ""
}

type jsonLines struct {
	recorder *export.Recorder
	encoder  *json.Encoder
}

func (l *jsonLines) put(ctx context.Context, entries []consent.Entry) error {
	for i := range entries {
		made, err := l.recorder.Record(ctx, &entries[i])
		if err != nil {
			return err
		}
		if err := l.encoder.Encode(made); err != nil {
			return err
		}
	}
	return nil
}

type tableLines struct {
	recorder *export.Recorder
	table    *table
	headed   bool
}

func (l *tableLines) put(ctx context.Context, entries []consent.Entry) error {
	for i := range entries {
		made, err := l.recorder.Record(ctx, &entries[i])
		if err != nil {
			return err
		}
		granted, _ := export.Answers(made.Choice)
		l.table.add(
			whenShown(entries[i].Time), string(made.State), string(made.Method),
			orDash(strings.Join(granted, " ")), string(made.Language), strconv.Itoa(int(made.Notice)), orDash(made.BundleHash[:min(hashShown, len(made.BundleHash))]), made.ID, yesOrNothing(made.Frozen),
		)
	}
	if !l.headed {
		l.headed = true
		return l.table.write()
	}
	return l.table.flush()
}
