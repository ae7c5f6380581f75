-- +goose Up
-- +goose StatementBegin

-- What administrators have done, for each organisation and year ('' is the
-- installation's own): a Merkle tree as over the decisions.

CREATE TABLE trail (
  id           INTEGER PRIMARY KEY,
  organisation TEXT    NOT NULL,
  year         INTEGER NOT NULL, -- UTC
  origin       TEXT    NOT NULL UNIQUE,
  size         INTEGER NOT NULL CHECK (size >= 0),
  root         BLOB    NOT NULL CHECK (length(root) = 32),
  seal         BLOB    NOT NULL CHECK (length(seal) = 32), -- a keyed hash of origin, size and root
  UNIQUE (organisation, year)
) STRICT;

CREATE TABLE act (
  trail   INTEGER NOT NULL REFERENCES trail (id),
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

CREATE TRIGGER act_is_never_changed BEFORE UPDATE ON act
BEGIN
  SELECT RAISE(ABORT, 'an act is never changed');
END;

CREATE TRIGGER act_is_never_removed BEFORE DELETE ON act
BEGIN
  SELECT RAISE(ABORT, 'an act is never removed');
END;

CREATE TRIGGER trail_only_grows BEFORE UPDATE ON trail
WHEN NEW.size < OLD.size OR NEW.origin <> OLD.origin OR NEW.organisation <> OLD.organisation OR NEW.year <> OLD.year
BEGIN
  SELECT RAISE(ABORT, 'a trail only grows');
END;

CREATE TRIGGER trail_is_never_removed BEFORE DELETE ON trail
BEGIN
  SELECT RAISE(ABORT, 'a trail is never removed');
END;
-- +goose StatementEnd
