-- +goose Up
-- +goose StatementBegin

-- Which origins an organisation has shown that it controls.
CREATE TABLE origin_proof (
  organisation TEXT    NOT NULL REFERENCES organisation (id),
  origin       TEXT    NOT NULL CHECK (length(origin) BETWEEN 1 AND 300),
  token        TEXT    NOT NULL CHECK (length(token) BETWEEN 16 AND 64), -- public: it is in the DNS, or on the web
  method       TEXT    NOT NULL CHECK (method IN ('', 'dns', 'file')),
  proven       INTEGER NOT NULL CHECK (proven >= 0),  -- when it was found last, 0 for never
  checked      INTEGER NOT NULL CHECK (checked >= 0), -- when it was looked for last, 0 for never
  fault        TEXT    NOT NULL CHECK (length(fault) <= 20),
  PRIMARY KEY (organisation, origin)
) STRICT, WITHOUT ROWID;
-- +goose StatementEnd
