package sqlite

import (
	"context"
	"errors"
	"fmt"

	"github.com/pressly/goose/v3"
)

// Versions gives the version of the database at path, which must exist, and
// the version that this program makes. It changes nothing.
func Versions(ctx context.Context, path string) (have, want int64, err error) {
	db := openReaders(path, 1)
	defer func() { err = errors.Join(err, db.Close()) }()
	steps, err := goose.NewProvider(goose.DialectSQLite3, db, Migrations())
	if err != nil {
		return 0, 0, fmt.Errorf("read the migrations: %w", err)
	}
	if have, want, err = steps.GetVersions(ctx); err != nil {
		return 0, 0, fmt.Errorf("read the version of the database %s: %w", path, err)
	}
	return have, want, nil
}
