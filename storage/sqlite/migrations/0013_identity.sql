-- +goose Up
-- +goose StatementBegin

-- Who people are at a provider of logins (OpenID Connect).

CREATE TABLE identity (
  issuer  TEXT    NOT NULL CHECK (length(issuer) BETWEEN 1 AND 500),
  subject TEXT    NOT NULL CHECK (length(subject) BETWEEN 1 AND 255),
  tenant  TEXT    NOT NULL CHECK (length(tenant) <= 255), -- of Entra ID, '' elsewhere
  object  TEXT    NOT NULL CHECK (length(object) <= 255), -- of Entra ID, '' elsewhere
  account INTEGER NOT NULL REFERENCES account (id),
  added   INTEGER NOT NULL CHECK (added > 0),
  PRIMARY KEY (issuer, subject),
  UNIQUE (account, issuer)
) STRICT, WITHOUT ROWID;

ALTER TABLE login ADD COLUMN provider INTEGER NOT NULL DEFAULT 0 CHECK (provider IN (0, 1)); -- it began there
-- +goose StatementEnd
