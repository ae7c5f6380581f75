-- +goose Up
-- +goose StatementBegin

-- A year's trail may have parts, as a ledger has: where one broke off, because the
-- database was put back from an older copy, the next goes on and says so. A table
-- cannot lose a constraint, so both are made anew.
CREATE TABLE trail_with_parts (
  id           INTEGER PRIMARY KEY,
  organisation TEXT    NOT NULL,
  year         INTEGER NOT NULL, -- UTC
  part         INTEGER NOT NULL CHECK (part > 0),
  origin       TEXT    NOT NULL UNIQUE,
  size         INTEGER NOT NULL CHECK (size >= 0),
  root         BLOB    NOT NULL CHECK (length(root) = 32),
  seal         BLOB    NOT NULL CHECK (length(seal) = 32), -- a keyed hash of origin, size and root
  UNIQUE (organisation, year, part)
) STRICT;

CREATE TABLE act_of_part (
  trail   INTEGER NOT NULL REFERENCES trail_with_parts (id),
  number  INTEGER NOT NULL CHECK (number >= 0), -- of its leaf
  time    INTEGER NOT NULL CHECK (time > 0),
  account INTEGER NOT NULL, -- 0 for the program itself
  site    TEXT    NOT NULL,
  action  TEXT    NOT NULL CHECK (length(action) BETWEEN 1 AND 60),
  object  TEXT    NOT NULL,
  reason  TEXT    NOT NULL,
  salt    BLOB    NOT NULL CHECK (length(salt) = 32), -- hides the act in its leaf
  hashes  BLOB    NOT NULL CHECK (length(hashes) >= 32), -- of the leaf, and of the subtrees that are full with it
  PRIMARY KEY (trail, number)
) STRICT, WITHOUT ROWID;

INSERT INTO trail_with_parts SELECT id, organisation, year, 1, origin, size, root, seal FROM trail;
INSERT INTO act_of_part SELECT trail, number, time, account, site, action, object, reason, salt, hashes FROM act;

DROP TABLE act;
DROP TABLE trail;
ALTER TABLE trail_with_parts RENAME TO trail;
ALTER TABLE act_of_part RENAME TO act;

CREATE TRIGGER act_is_never_changed BEFORE UPDATE ON act
BEGIN
  SELECT RAISE(ABORT, 'an act is never changed');
END;

CREATE TRIGGER act_is_never_removed BEFORE DELETE ON act
BEGIN
  SELECT RAISE(ABORT, 'an act is never removed');
END;

CREATE TRIGGER trail_only_grows BEFORE UPDATE ON trail
WHEN NEW.size < OLD.size OR NEW.origin <> OLD.origin OR NEW.organisation <> OLD.organisation OR NEW.year <> OLD.year OR NEW.part <> OLD.part
BEGIN
  SELECT RAISE(ABORT, 'a trail only grows');
END;

CREATE TRIGGER trail_is_never_removed BEFORE DELETE ON trail
BEGIN
  SELECT RAISE(ABORT, 'a trail is never removed');
END;
-- +goose StatementEnd
