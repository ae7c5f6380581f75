-- +goose Up
-- +goose StatementBegin

-- What is to be published: after somebody else has agreed, or at a later time.

ALTER TABLE organisation ADD COLUMN two INTEGER NOT NULL DEFAULT 0 CHECK (two IN (0, 1)); -- who publishes is not who changed the draft last

ALTER TABLE site ADD COLUMN saver INTEGER NOT NULL DEFAULT 0; -- the account that saved the draft last, 0 for a command on the machine

CREATE TABLE plan (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  site     INTEGER NOT NULL UNIQUE REFERENCES site (id),
  state    TEXT    NOT NULL CHECK (state IN ('proposed', 'returned', 'scheduled', 'cancelled', 'failed')),
  revision INTEGER NOT NULL CHECK (revision > 0), -- of the draft: once it has another, nothing comes of the plan
  proposer INTEGER NOT NULL REFERENCES account (id),
  proposed INTEGER NOT NULL CHECK (proposed > 0),
  comment  TEXT    NOT NULL CHECK (length(comment) <= 2000),
  due      INTEGER NOT NULL CHECK (due >= 0),     -- 0 for at once
  decider  INTEGER REFERENCES account (id),       -- who agreed, returned or cancelled
  decided  INTEGER NOT NULL DEFAULT 0 CHECK (decided >= 0),
  reason   TEXT    NOT NULL DEFAULT '' CHECK (length(reason) <= 2000),
  CHECK (state <> 'scheduled' OR due > 0)
) STRICT;
-- +goose StatementEnd
