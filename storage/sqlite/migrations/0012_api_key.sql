-- +goose Up
-- +goose StatementBegin

-- The keys with which programs use the API of the administration.
CREATE TABLE api_key (
  id           TEXT    PRIMARY KEY CHECK (length(id) = 12),
  hash         BLOB    NOT NULL UNIQUE CHECK (length(hash) = 32), -- SHA-256 of the secret
  organisation TEXT    NOT NULL REFERENCES organisation (id),
  name         TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  scopes       TEXT    NOT NULL CHECK (json_valid(scopes)),
  maker        INTEGER NOT NULL REFERENCES account (id),
  created      INTEGER NOT NULL CHECK (created > 0),
  expires      INTEGER NOT NULL CHECK (expires > created),
  used         INTEGER NOT NULL DEFAULT 0 CHECK (used >= 0) -- the day of the last use
) STRICT, WITHOUT ROWID;

CREATE INDEX api_key_organisation ON api_key (organisation);
-- +goose StatementEnd
