package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/samtykke/samtykke/consent"
)

const (
	insertRequest = `
INSERT INTO request (site, id, kind, channel, receipt, case_number) VALUES (?, ?, ?, ?, ?, ?)`
	insertRequestEvent = `
INSERT INTO request_event (site, request, number, step, time, day, due, ground, outcome, refusal)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	insertRequestReceipt = `
INSERT INTO request_receipt (site, receipt, request) VALUES (?, ?, ?)`
)

// AddRequest appends a request and the event that it begins with.
func (s *Store) AddRequest(ctx context.Context, request *consent.Request) error {
	if len(request.Events) != 1 {
		return consent.Errorf(consent.Invalid, "request_order", "A request begins with its receipt, and nothing else has happened yet.")
	}
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		site, err := siteNumber(ctx, conn, request.Site)
		if err != nil {
			return err
		}
		var receipt any
		if !request.Receipt.IsZero() {
			receipt = request.Receipt[:]
		}
		_, err = conn.ExecContext(ctx, insertRequest, site, request.ID[:], string(request.Kind), string(request.Channel), receipt, orNull(request.Case))
		if isKey(err) {
			return consent.Errorf(consent.Conflict, "request_exists", "There is a request %s already.", request.ID)
		}
		if err != nil {
			return requestError(err)
		}
		for _, other := range request.Others {
			if _, err := conn.ExecContext(ctx, insertRequestReceipt, site, other[:], request.ID[:]); err != nil {
				return requestError(err)
			}
		}
		return storeRequestEvent(ctx, conn, site, request.ID, 1, &request.Events[0])
	})
}

// AppendRequest appends an event, held against what is stored.
func (s *Store) AppendRequest(ctx context.Context, site consent.SiteKey, id consent.RequestID, event consent.RequestEvent) (*consent.Request, error) {
	var request *consent.Request
	err := s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		number, err := siteNumber(ctx, conn, site)
		if err != nil {
			return err
		}
		if request, err = readRequest(ctx, conn, site, id); err != nil {
			return err
		}
		if err := request.Append(event); err != nil {
			return err
		}
		last := len(request.Events)
		s.writer.changed("outcome", "", string(event.Outcome))
		return storeRequestEvent(ctx, conn, number, id, last, &request.Events[last-1])
	})
	if err != nil {
		return nil, err
	}
	return request, nil
}

func storeRequestEvent(ctx context.Context, conn *sql.Conn, site int64, id consent.RequestID, number int, event *consent.RequestEvent) error {
	var due any
	if event.Due != 0 {
		due = int64(event.Due)
	}
	_, err := conn.ExecContext(ctx, insertRequestEvent, site, id[:], number, string(event.Step), millis(event.Time), int64(event.Day),
		due, orNull(event.Ground), orNull(event.Outcome), orNull(event.Refusal))
	return requestError(err)
}

func siteNumber(ctx context.Context, conn *sql.Conn, site consent.SiteKey) (id int64, err error) {
	err = conn.QueryRowContext(ctx, "SELECT id FROM site WHERE key = ?", string(site)).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, errNoSite(site)
	}
	if err != nil {
		return 0, fmt.Errorf("look for the site: %w", err)
	}
	return id, nil
}

// requestError says that a row breaks a rule of the tables.
func requestError(err error) error {
	if isConstraint(err) {
		return &consent.Error{Kind: consent.Invalid, Code: "invalid_request", Message: "The request breaks a rule of the register. Make it with a command of this program.", Err: err}
	}
	if err != nil {
		return fmt.Errorf("store the request: %w", err)
	}
	return nil
}

// orNull keeps nothing as nothing.
func orNull[S ~string](text S) any {
	if text == "" {
		return nil
	}
	return string(text)
}
