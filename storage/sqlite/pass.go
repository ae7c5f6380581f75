package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"github.com/samtykke/samtykke/consent"
)

const (
	loginLasts  = `SELECT 1 FROM login WHERE id = ?`
	accessLasts = `SELECT 1 FROM api_key WHERE id = ?`
)

// passes refuses a change by somebody whose login, or key, has ended meanwhile.
func passes(ctx context.Context, conn *sql.Conn, pass consent.Pass) error {
	var row *sql.Row
	switch {
	case pass.Login != consent.LoginID{}:
		row = conn.QueryRowContext(ctx, loginLasts, pass.Login[:])
	case pass.Key != "":
		row = conn.QueryRowContext(ctx, accessLasts, string(pass.Key))
	default:
		return nil
	}
	var one int
	err := row.Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return consent.ErrPassEnded()
	}
	return err
}
