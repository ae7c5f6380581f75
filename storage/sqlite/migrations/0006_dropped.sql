-- +goose Up
-- +goose StatementBegin

-- A year whose decisions are all gone leaves nothing to prove: its leaves go, too,
-- and the head that was signed last stays.
CREATE TABLE dropped (
  tree       INTEGER PRIMARY KEY REFERENCES tree (id),
  time       INTEGER NOT NULL CHECK (time > 0),
  lost       INTEGER NOT NULL CHECK (lost >= 0), -- leaves of its end that were gone before, as a later part has said
  checkpoint BLOB    NOT NULL -- signed note, which says the same
) STRICT;

-- Trees that cannot be dropped: of their site and year a decision is left. The hours
-- would find it sooner, but leaves that are gone cannot be had back, and no leaf
-- vouches for the hours.
CREATE VIEW lasting AS
SELECT tree.id AS tree
FROM tree JOIN decision ON decision.site = tree.site
  AND decision.time >= unixepoch(tree.year || '-01-01') * 1000 AND decision.time < unixepoch((tree.year + 1) || '-01-01') * 1000;

DROP TRIGGER leaf_is_never_removed;
DROP TRIGGER event_is_never_removed;

CREATE TRIGGER leaf_is_only_removed_with_its_year BEFORE DELETE ON leaf
WHEN NOT EXISTS (SELECT 1 FROM dropped WHERE tree = OLD.id >> 40)
BEGIN
  SELECT RAISE(ABORT, 'a leaf is only removed with its year');
END;

CREATE TRIGGER event_is_only_removed_with_its_year BEFORE DELETE ON event
WHEN NOT EXISTS (SELECT 1 FROM dropped WHERE tree = OLD.leaf >> 40)
BEGIN
  SELECT RAISE(ABORT, 'an event is only removed with its year');
END;

CREATE TRIGGER only_a_past_year_without_decisions_is_dropped BEFORE INSERT ON dropped
WHEN EXISTS (SELECT 1 FROM tree WHERE id = NEW.tree AND unixepoch((year + 1) || '-01-01') * 1000 > NEW.time)
  OR EXISTS (SELECT 1 FROM lasting WHERE tree = NEW.tree)
BEGIN
  SELECT RAISE(ABORT, 'only a past year without decisions is dropped');
END;

CREATE TRIGGER dropped_is_never_changed BEFORE UPDATE ON dropped
BEGIN
  SELECT RAISE(ABORT, 'a dropped year is never changed');
END;

CREATE TRIGGER dropped_is_never_removed BEFORE DELETE ON dropped
BEGIN
  SELECT RAISE(ABORT, 'a dropped year is never removed');
END;

CREATE TRIGGER nothing_is_appended_to_a_dropped_tree BEFORE UPDATE ON tree
WHEN EXISTS (SELECT 1 FROM dropped WHERE tree = OLD.id)
BEGIN
  SELECT RAISE(ABORT, 'nothing is appended to a dropped tree');
END;

-- A head is written by whoever has the keys: a keyed hash of origin, size and root.
ALTER TABLE tree ADD COLUMN seal BLOB CHECK (length(seal) = 32);
-- +goose StatementEnd
