-- +goose Up
-- +goose StatementBegin

-- Whoever had an account of their own before they were invited is who they were. Only in
-- the organisation that they came into are they not the second person for whoever invited
-- them.
CREATE TABLE let_in_where (
  account      INTEGER NOT NULL REFERENCES account (id),
  maker        INTEGER NOT NULL REFERENCES account (id),
  organisation TEXT NOT NULL, -- '' for all: the account, or its password, was made with what the maker gave
  time         INTEGER NOT NULL CHECK (time > 0),
  PRIMARY KEY (account, maker, organisation)
) STRICT, WITHOUT ROWID;
INSERT INTO let_in_where (account, maker, organisation, time) SELECT account, maker, '', time FROM let_in;
DROP TABLE let_in;
ALTER TABLE let_in_where RENAME TO let_in;
-- +goose StatementEnd
