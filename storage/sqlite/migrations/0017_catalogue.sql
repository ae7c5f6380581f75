-- +goose Up
-- +goose StatementBegin

-- What an organisation has imported of what others say about cookies. It suggests,
-- and is read as a whole.
CREATE TABLE catalogue (
  organisation TEXT    PRIMARY KEY REFERENCES organisation (id),
  imported     INTEGER NOT NULL CHECK (imported > 0),
  importer     INTEGER NOT NULL REFERENCES account (id),
  language     TEXT    NOT NULL, -- of the purposes
  entries      TEXT    NOT NULL CHECK (json_valid(entries)),
  refused      TEXT    NOT NULL CHECK (json_valid(refused)), -- the first rows that were not taken
  refusals     INTEGER NOT NULL CHECK (refusals >= 0)        -- all of them
) STRICT, WITHOUT ROWID;
-- +goose StatementEnd
