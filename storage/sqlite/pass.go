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

// passing gives the context of a change that a pass let in.
func passing(ctx context.Context, pass consent.Pass) context.Context {
	if pass == (consent.Pass{}) {
		return ctx
	}
	return consent.WithPass(ctx, pass)
}

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
