-- +goose Up
-- +goose StatementBegin

-- Who has changed a draft since the last notice: none of them is the second person
-- who publishes it.
CREATE TABLE saver (
  site    INTEGER NOT NULL REFERENCES site (id),
  account INTEGER NOT NULL CHECK (account > 0),
  PRIMARY KEY (site, account)
) STRICT, WITHOUT ROWID;

INSERT INTO saver SELECT id, saver FROM site WHERE saver > 0;

CREATE TRIGGER draft_begins AFTER INSERT ON site WHEN NEW.saver > 0
BEGIN
  INSERT OR IGNORE INTO saver (site, account) VALUES (NEW.id, NEW.saver);
END;

CREATE TRIGGER draft_is_changed AFTER UPDATE OF revision ON site WHEN NEW.saver > 0
BEGIN
  INSERT OR IGNORE INTO saver (site, account) VALUES (NEW.id, NEW.saver);
END;

CREATE TRIGGER draft_is_published AFTER INSERT ON notice
BEGIN
  DELETE FROM saver WHERE site = NEW.site;
END;
-- +goose StatementEnd
