-- +goose Up
-- +goose StatementBegin

-- How long visitors took to answer is counted, too: by site and day, in coarse steps
-- ("took_10" is from 10 seconds on, up to the next step). No decision knows its own.
CREATE TABLE tally_and_took (
  site  INTEGER NOT NULL REFERENCES site (id),
  day   INTEGER NOT NULL CHECK (day > 0), -- days since 1970, UTC
  kind  TEXT    NOT NULL CHECK (kind IN ('shown', 'decided', 'stored', 'acknowledged',
    'took_0', 'took_2', 'took_5', 'took_10', 'took_30', 'took_60', 'took_300')),
  count INTEGER NOT NULL CHECK (count > 0),
  PRIMARY KEY (site, day, kind)
) STRICT, WITHOUT ROWID;
INSERT INTO tally_and_took SELECT site, day, kind, count FROM tally;
DROP TABLE tally;
ALTER TABLE tally_and_took RENAME TO tally;
-- +goose StatementEnd
