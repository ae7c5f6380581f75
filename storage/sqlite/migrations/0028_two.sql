-- +goose Up
-- +goose StatementBegin

-- Who wants to end the rule that two people publish needs a second person, too.
ALTER TABLE organisation ADD COLUMN two_since INTEGER NOT NULL DEFAULT 0 CHECK (two_since >= 0); -- when the rule began
ALTER TABLE organisation ADD COLUMN two_ender INTEGER NOT NULL DEFAULT 0 CHECK (two_ender >= 0); -- the account that proposes to end it, 0 for none
ALTER TABLE organisation ADD COLUMN two_asked INTEGER NOT NULL DEFAULT 0 CHECK (two_asked >= 0); -- when it did

-- Who came in by another's hand, and when last: neither is the second person for the
-- other's draft.
CREATE TABLE let_in (
  account INTEGER NOT NULL REFERENCES account (id),
  maker   INTEGER NOT NULL REFERENCES account (id),
  time    INTEGER NOT NULL CHECK (time > 0),
  PRIMARY KEY (account, maker)
) STRICT, WITHOUT ROWID;
-- +goose StatementEnd
