package sqlite

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// register opens a store with an open and an answered request.
func register(t *testing.T) *Store {
	t.Helper()
	s := openTest(t, Options{})
	if err := s.SaveDraft(t.Context(), storagetest.Draft("skogen"), storagetest.Morning); err != nil {
		t.Fatal(err)
	}
	today := consent.DayOf(storagetest.Morning)
	for n := range byte(2) {
		made, err := consent.Receive(consent.Request{
			Others: []consent.DecisionID{{15: 1}}, ID: consent.NewRequestID(storagetest.Morning, [10]byte{n}), Site: "skogen", Kind: consent.RequestErasure, Channel: consent.ChannelEmail,
		}, today, storagetest.Morning)
		if err == nil {
			err = s.AddRequest(t.Context(), made)
		}
		if err == nil && n == 0 {
			_, err = s.AppendRequest(t.Context(), "skogen", made.ID, consent.RequestEvent{
				Step: consent.StepAnswered, Time: storagetest.Morning, Day: today, Outcome: consent.OutcomeGranted,
			})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// The register is history: the tables refuse to have it rewritten, whoever asks.
func TestRequestsAreNeverChanged(t *testing.T) {
	s := register(t)
	const (
		into = "INSERT INTO request_event SELECT site, request, "
		open = " FROM request_event AS e WHERE number = 1 AND NOT EXISTS (SELECT 1 FROM request_event WHERE request = e.request AND step = 'answered')"
		done = " FROM request_event WHERE step = 'answered'"
		made = "INSERT INTO request SELECT site, randomblob(16), "
	)
	for statement, reason := range map[string]string{
		"UPDATE request SET kind = 'access'":                                             "never changed",
		"UPDATE request SET receipt = randomblob(16)":                                    "never changed",
		"DELETE FROM request":                                                            "never removed",
		"UPDATE request_event SET day = 1":                                               "never changed",
		"DELETE FROM request_event":                                                      "never removed",
		into + "3, 'reminded', time, day, NULL, NULL, NULL, NULL" + done:                 "is closed",
		into + "2, 'answered', time, day, NULL, NULL, 'refused', NULL" + open:            "refusal",
		into + "2, 'answered', time, day, NULL, NULL, 'partly', NULL" + open:             "refusal",
		into + "2, 'answered', time, day, NULL, NULL, 'granted', 'unfounded'" + open:     "refusal",
		into + "2, 'answered', time, day, NULL, NULL, 'refused', 'Kari was rude'" + open: "refusal",
		into + "2, 'extended', time, day, due, 'she is ill', NULL, NULL" + open:          "ground",
		into + "2, 'extended', time, day, NULL, 'number', NULL, NULL" + open:             "due",
		into + "2, 'received', time, day, due, NULL, NULL, NULL" + open:                  "number = 1",
		made + "kind, channel, NULL, 'Kari Nordmann' FROM request":                       "case_number",
		made + "kind, channel, NULL, '01017012345' FROM request":                         "case_number",
		made + "kind, 'kari@example.no', NULL, NULL FROM request":                        "channel",
		made + "'letter from Kari', channel, NULL, NULL FROM request":                    "kind",
		made + "kind, channel, CAST('Kari Nordmann' AS BLOB), NULL FROM request":         "receipt",
		"UPDATE request_receipt SET receipt = randomblob(16)":                            "never changed",
		"INSERT INTO request_receipt SELECT site, 'Kari Nordmann', id FROM request":      "BLOB",
		"INSERT INTO request_receipt SELECT site, randomblob(15), id FROM request":       "receipt",
		"DELETE FROM site": "FOREIGN KEY",
	} {
		err := s.writer.run(t.Context(), func(ctx context.Context, conn *sql.Conn) error {
			_, err := conn.ExecContext(ctx, statement)
			return err
		})
		if err == nil || !strings.Contains(err.Error(), reason) {
			t.Errorf("%s: got %v, want a refusal that says %q", statement, err, reason)
		}
	}
}

// Requirement H2: to look for a person by name or e-mail address is impossible,
// because there is no place for either. A new column must be thought about here.
func TestH2TheRegisterHasNoPlaceForAName(t *testing.T) {
	s := register(t)
	free := map[string]string{} // columns of text without a list of words
	for table, columns := range map[string][]string{
		"request":         {"site", "id", "kind", "channel", "receipt", "case_number"},
		"request_receipt": {"site", "receipt", "request"},
		"request_event":   {"site", "request", "number", "step", "time", "day", "due", "ground", "outcome", "refusal"},
	} {
		var text string
		if err := s.readers.QueryRowContext(t.Context(), "SELECT sql FROM sqlite_schema WHERE name = ?", table).Scan(&text); err != nil {
			t.Fatal(err)
		}
		rows, err := s.readers.QueryContext(t.Context(), "SELECT name, type FROM pragma_table_info(?)", table)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		var have []string
		for rows.Next() {
			var name, kind string
			if err := rows.Scan(&name, &kind); err != nil {
				t.Fatal(err)
			}
			have = append(have, name)
			if kind == "TEXT" && !strings.Contains(text, "CHECK ("+name+" IN (") {
				free[name] = table
			}
			if kind == "BLOB" && name != "request" && !strings.Contains(text, "CHECK (length("+name+") = 16)") {
				t.Errorf("%s.%s can hold bytes of any length", table, name)
			}
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(have, columns) {
			t.Errorf("%s has the columns %v, want %v: a column that can hold anything about a person breaks requirement H2", table, have, columns)
		}
	}
	if len(free) != 1 || free["case_number"] != "request" {
		t.Errorf("text that is no word of a list can stand in %v; only a case number may", free)
	}
}
