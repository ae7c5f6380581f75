-- +goose Up
-- +goose StatementBegin

-- How people prove who they are beside a password, and who is invited.

ALTER TABLE account ADD COLUMN seen INTEGER NOT NULL DEFAULT 0 CHECK (seen >= 0); -- the day of the last login

ALTER TABLE organisation ADD COLUMN factor INTEGER NOT NULL DEFAULT 0 CHECK (factor IN (0, 1)); -- everybody needs a second factor

ALTER TABLE link ADD COLUMN maker INTEGER REFERENCES account (id); -- NULL: a command on the machine

CREATE TABLE app (
  account INTEGER PRIMARY KEY REFERENCES account (id),
  sealed  BLOB    NOT NULL CHECK (length(sealed) BETWEEN 40 AND 200), -- encrypted: the key is a file
  step    INTEGER NOT NULL CHECK (step > 0)                           -- the last one whose code was used
) STRICT;

CREATE TABLE recovery (
  account INTEGER NOT NULL REFERENCES account (id),
  code    BLOB    NOT NULL CHECK (length(code) = 32), -- SHA-256 of the code
  PRIMARY KEY (account, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE passkey (
  id         BLOB    PRIMARY KEY CHECK (length(id) BETWEEN 16 AND 1023),
  account    INTEGER NOT NULL REFERENCES account (id),
  name       TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  credential TEXT    NOT NULL CHECK (json_valid(credential)),
  added      INTEGER NOT NULL CHECK (added > 0),
  used       INTEGER NOT NULL DEFAULT 0,
  copied     INTEGER NOT NULL DEFAULT 0 CHECK (copied IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE INDEX passkey_account ON passkey (account);

CREATE TABLE invitation (
  id           BLOB    PRIMARY KEY CHECK (length(id) = 32), -- SHA-256 of the secret part
  organisation TEXT    NOT NULL REFERENCES organisation (id),
  email        TEXT    NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
  role         TEXT    NOT NULL CHECK (role IN ('viewer', 'editor', 'publisher', 'auditor', 'administrator')),
  maker        INTEGER NOT NULL REFERENCES account (id),
  expires      INTEGER NOT NULL CHECK (expires > 0),
  UNIQUE (organisation, email)
) STRICT, WITHOUT ROWID;
-- +goose StatementEnd
