-- +goose Up
-- +goose StatementBegin

-- How far visitors came, for each site and day: events are counted, and nobody
-- is named. What is stored is counted by the transaction that stores it.
CREATE TABLE tally (
  site  INTEGER NOT NULL REFERENCES site (id),
  day   INTEGER NOT NULL CHECK (day > 0), -- days since 1970, UTC
  kind  TEXT    NOT NULL CHECK (kind IN ('shown', 'decided', 'stored', 'acknowledged')),
  count INTEGER NOT NULL CHECK (count > 0),
  PRIMARY KEY (site, day, kind)
) STRICT, WITHOUT ROWID;
-- +goose StatementEnd
