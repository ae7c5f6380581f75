package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// changed has the act of the running job tell of a field. Only jobs call it.
func (w *writer) changed(field, was, is string) {
	w.changes = append(w.changes, consent.FieldChange{Field: field, Was: was, Is: is})
}

// completes has the act of the running job tell what nobody knew before it ran, such as the
// number of an account that it makes. Only jobs call it.
func (w *writer) completes(completing func(*consent.Act)) { w.completing = completing }

// was reads one text before a job changes it, "" when there is none.
func was(ctx context.Context, conn *sql.Conn, statement string, args ...any) (text string, err error) {
	err = conn.QueryRowContext(ctx, statement, args...).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("read what is changed: %w", err)
	}
	return text, nil
}

// yesNo is how acts tell a switch.
func yesNo(on bool) string {
	if on {
		return "yes"
	}
	return "no"
}

// dayTold is how acts tell a moment, "" for none.
func dayTold(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.UTC().Format("2006-01-02T15:04:05Z")
}

// accountTold is how acts tell a person: by the number.
func accountTold(id consent.AccountID) string {
	if id == 0 {
		return ""
	}
	return strconv.FormatInt(int64(id), 10)
}

// scopesTold is how acts tell what a key is for.
func scopesTold(scopes []consent.Scope) string {
	texts := make([]string, len(scopes))
	for i, scope := range scopes {
		texts[i] = string(scope)
	}
	return strings.Join(texts, " ")
}

// recipientsChanged tells how many addresses came and went, and of nobody who they are.
func (w *writer) recipientsChanged(before, after []string) {
	came, went := 0, 0
	for _, address := range after {
		if !slices.Contains(before, address) {
			came++
		}
	}
	for _, address := range before {
		if !slices.Contains(after, address) {
			went++
		}
	}
	if came > 0 {
		w.changed("addresses.added", "", strconv.Itoa(came))
	}
	if went > 0 {
		w.changed("addresses.removed", "", strconv.Itoa(went))
	}
}
