-- +goose Up
-- +goose StatementBegin

-- Tables of figures that are closed: the sums of some days on end, in which no
-- number is about few people. They are kept apart from the decisions and never
-- change, or whoever had seen one before an erasure could tell what was erased.
-- Only what may be shown is in them, so they say nothing of one person.
CREATE TABLE closed_figures (
  site   INTEGER NOT NULL REFERENCES site (id),
  first  INTEGER NOT NULL, -- a day since 1970, UTC
  last   INTEGER NOT NULL CHECK (last >= first),
  tables TEXT    NOT NULL CHECK (json_valid(tables)),
  PRIMARY KEY (site, last)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER closed_figures_follow_each_other BEFORE INSERT ON closed_figures
WHEN EXISTS (SELECT 1 FROM closed_figures WHERE site = NEW.site AND last >= NEW.first)
BEGIN
  SELECT RAISE(ABORT, 'closed figures follow each other');
END;

CREATE TRIGGER closed_figures_stay BEFORE UPDATE ON closed_figures
BEGIN
  SELECT RAISE(ABORT, 'closed figures never change');
END;

-- Up to which day it was seen whether tables can be closed. A day is judged once:
-- what is erased afterwards closes none in hindsight.
CREATE TABLE figures_judged (
  site INTEGER PRIMARY KEY REFERENCES site (id),
  day  INTEGER NOT NULL
) STRICT;
-- +goose StatementEnd
