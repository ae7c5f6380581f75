-- +goose Up
-- +goose StatementBegin

-- What public files have said of the days of a site. They are kept apart from the
-- decisions and never change: of two files that were made before and after an erasure,
-- one less the other would be what was erased. Only what may be shown is in them.
CREATE TABLE given_day (
  site INTEGER NOT NULL REFERENCES site (id),
  day  INTEGER NOT NULL, -- a Norwegian day since 1970
  rows TEXT    NOT NULL CHECK (json_valid(rows)),
  PRIMARY KEY (site, day)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER given_days_stay BEFORE UPDATE ON given_day
BEGIN
  SELECT RAISE(ABORT, 'what was said of a day never changes');
END;
-- +goose StatementEnd
