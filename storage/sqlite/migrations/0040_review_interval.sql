-- +goose Up
-- +goose StatementBegin

-- How many months a site lets pass between two reviews of a service. It stands beside the
-- draft: no notice says it.
ALTER TABLE site ADD COLUMN review_months INTEGER NOT NULL DEFAULT 12 CHECK (review_months IN (3, 6, 12));

-- When a service stood in a notice for the first time. The notices say it, too, but they
-- are long, and this is asked for often.
CREATE TABLE published_service (
  site    INTEGER NOT NULL REFERENCES site (id),
  service TEXT    NOT NULL CHECK (service <> ''),
  first   INTEGER NOT NULL CHECK (first > 0),
  PRIMARY KEY (site, service)
) STRICT, WITHOUT ROWID;

INSERT INTO published_service
SELECT notice.site, service.value ->> '$.key', min(notice.published)
FROM notice, json_each(notice.json, '$.draft.services') AS service
WHERE service.value ->> '$.key' <> '' GROUP BY 1, 2;

CREATE TRIGGER services_are_published AFTER INSERT ON notice
BEGIN
  INSERT OR IGNORE INTO published_service (site, service, first)
  SELECT NEW.site, service.value ->> '$.key', NEW.published
  FROM json_each(NEW.json, '$.draft.services') AS service WHERE service.value ->> '$.key' <> '';
END;
-- +goose StatementEnd
