-- +goose Up
-- +goose StatementBegin

-- Who answers for consent, and with whom they may do it.

CREATE TABLE organisation (
  id      TEXT    PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 40 AND id NOT GLOB '*[^a-z0-9-]*' AND id NOT GLOB '-*'),
  name    TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  number  TEXT    NOT NULL CHECK (length(number) <= 20),
  created INTEGER NOT NULL CHECK (created > 0)
) STRICT, WITHOUT ROWID;

INSERT OR IGNORE INTO organisation (id, name, number, created)
SELECT organisation, substr(draft ->> '$.organisation.name', 1, 200), coalesce(substr(draft ->> '$.organisation.number', 1, 20), ''), changed
FROM site;

-- How often a draft was saved: two editors do not overwrite each other.
ALTER TABLE site ADD COLUMN revision INTEGER NOT NULL DEFAULT 1 CHECK (revision > 0);

CREATE TABLE account (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  email    TEXT    NOT NULL UNIQUE CHECK (length(email) BETWEEN 3 AND 254),
  name     TEXT    NOT NULL CHECK (length(name) <= 200),
  language TEXT    NOT NULL CHECK (length(language) BETWEEN 2 AND 35),
  operator INTEGER NOT NULL CHECK (operator IN (0, 1)),
  closed   INTEGER NOT NULL CHECK (closed IN (0, 1)),
  created  INTEGER NOT NULL CHECK (created > 0),
  password TEXT    NOT NULL CHECK (password = '' OR password GLOB '$argon2id$*'), -- a hash, never a password
  failures INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),
  retry    INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE membership (
  account      INTEGER NOT NULL REFERENCES account (id),
  organisation TEXT    NOT NULL REFERENCES organisation (id),
  role         TEXT    NOT NULL CHECK (role IN ('viewer', 'editor', 'publisher', 'auditor', 'administrator')),
  PRIMARY KEY (account, organisation)
) STRICT, WITHOUT ROWID;

CREATE TABLE login (
  id        BLOB    PRIMARY KEY CHECK (length(id) = 32), -- SHA-256 of the token
  account   INTEGER NOT NULL REFERENCES account (id),
  created   INTEGER NOT NULL CHECK (created > 0),
  seen      INTEGER NOT NULL CHECK (seen >= created),
  confirmed INTEGER NOT NULL CHECK (confirmed > 0)
) STRICT, WITHOUT ROWID;

CREATE INDEX login_account ON login (account);

CREATE TABLE link (
  id      BLOB    PRIMARY KEY CHECK (length(id) = 32), -- SHA-256 of the secret part
  account INTEGER NOT NULL UNIQUE REFERENCES account (id),
  expires INTEGER NOT NULL CHECK (expires > 0)
) STRICT, WITHOUT ROWID;
-- +goose StatementEnd
