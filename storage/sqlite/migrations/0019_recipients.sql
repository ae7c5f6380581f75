-- +goose Up
-- +goose StatementBegin

-- Who gets messages about an organisation by e-mail, and in which language.

ALTER TABLE organisation ADD COLUMN told TEXT NOT NULL DEFAULT 'nb' CHECK (told IN ('nb', 'nn', 'en'));

CREATE TABLE recipient (
  organisation TEXT NOT NULL REFERENCES organisation (id),
  address      TEXT NOT NULL CHECK (length(address) BETWEEN 3 AND 254),
  PRIMARY KEY (organisation, address)
) STRICT, WITHOUT ROWID;
-- +goose StatementEnd
