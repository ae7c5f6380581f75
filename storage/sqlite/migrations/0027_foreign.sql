-- Pages at addresses that are none of the site's are seen, too.

-- +goose Up
CREATE TABLE finding_new (
  site  INTEGER NOT NULL REFERENCES site (id),
  day   INTEGER NOT NULL, -- days since 1970, UTC
  kind  TEXT    NOT NULL CHECK (kind IN ('residual', 'unknown', 'stuck', 'markup', 'foreign')),
  name  TEXT    NOT NULL CHECK (length(name) <= 200),
  count INTEGER NOT NULL CHECK (count > 0),
  last  INTEGER NOT NULL CHECK (last > 0),
  PRIMARY KEY (site, day, kind, name)
) STRICT, WITHOUT ROWID;

INSERT INTO finding_new SELECT site, day, kind, name, count, last FROM finding;
DROP TABLE finding;
ALTER TABLE finding_new RENAME TO finding;
