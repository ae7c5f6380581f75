-- +goose Up
-- +goose StatementBegin

-- When the services of an inventory are to be looked at again. It stands beside the
-- draft: no notice says it.

CREATE TABLE review (
  site     INTEGER NOT NULL REFERENCES site (id),
  service  TEXT    NOT NULL CHECK (length(service) BETWEEN 1 AND 200),
  due      INTEGER NOT NULL CHECK (due >= 0),      -- a day since 1970, 0 for none
  reviewed INTEGER NOT NULL CHECK (reviewed >= 0), -- the same
  PRIMARY KEY (site, service)
) STRICT, WITHOUT ROWID;
-- +goose StatementEnd
