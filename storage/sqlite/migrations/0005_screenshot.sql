-- +goose Up
-- +goose StatementBegin

-- How a bundle looked: pictures taken when its notice was published, or later.
CREATE TABLE screenshot (
  bundle   INTEGER NOT NULL REFERENCES bundle (id),
  language TEXT    NOT NULL CHECK (length(language) BETWEEN 2 AND 35),
  layer    TEXT    NOT NULL CHECK (layer IN ('first', 'second')),
  width    INTEGER NOT NULL CHECK (width > 0), -- of the viewport, CSS pixels
  taken    INTEGER NOT NULL CHECK (taken > 0),
  hash     BLOB    NOT NULL CHECK (length(hash) = 32), -- SHA-256 of the picture
  png      BLOB    NOT NULL CHECK (substr(png, 1, 8) = x'89504e470d0a1a0a'),
  UNIQUE (bundle, language, layer, width)
) STRICT;

CREATE TRIGGER screenshot_is_never_changed BEFORE UPDATE ON screenshot
BEGIN
  SELECT RAISE(ABORT, 'a screenshot is never changed');
END;

CREATE TRIGGER screenshot_is_never_removed BEFORE DELETE ON screenshot
BEGIN
  SELECT RAISE(ABORT, 'a screenshot is never removed');
END;

-- What was published is documentation, also when no decision refers to it any more.

CREATE TRIGGER notice_is_never_removed BEFORE DELETE ON notice
BEGIN
  SELECT RAISE(ABORT, 'a notice is never removed');
END;

CREATE TRIGGER bundle_is_never_removed BEFORE DELETE ON bundle
BEGIN
  SELECT RAISE(ABORT, 'a bundle is never removed');
END;

CREATE TRIGGER bundle_file_is_never_removed BEFORE DELETE ON bundle_file
BEGIN
  SELECT RAISE(ABORT, 'a bundle file is never removed');
END;
-- +goose StatementEnd
