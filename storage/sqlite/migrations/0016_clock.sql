-- +goose Up
-- +goose StatementBegin

-- How the host's clock went: one that leaps ahead removes nothing for its age at once.
CREATE TABLE clock (
  one     INTEGER PRIMARY KEY CHECK (one = 1),
  last    INTEGER NOT NULL CHECK (last > 0),   -- when it was looked at last
  "from"  INTEGER NOT NULL CHECK ("from" >= 0), -- before it leapt, 0 when it goes evenly
  since   INTEGER NOT NULL CHECK (since >= 0)  -- after it leapt, 0 when it goes evenly
) STRICT;
-- +goose StatementEnd
