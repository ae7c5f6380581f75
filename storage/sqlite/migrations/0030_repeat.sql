-- +goose Up
-- +goose StatementBegin

-- What programs have asked for under a key of their own, so that asking again makes
-- nothing twice. It is kept for a day.
CREATE TABLE repeat (
  id       BLOB    PRIMARY KEY CHECK (length(id) = 32),      -- SHA-256 of the API key's id and the program's key
  request  BLOB    NOT NULL CHECK (length(request) = 32),    -- SHA-256 of what was asked for
  asked    INTEGER NOT NULL CHECK (asked > 0),
  status   INTEGER NOT NULL DEFAULT 0 CHECK (status >= 0),   -- 0 while there is no answer that is kept
  location TEXT    NOT NULL DEFAULT '',
  body     BLOB    NOT NULL DEFAULT x''
) STRICT, WITHOUT ROWID;

CREATE INDEX repeat_asked ON repeat (asked);
-- +goose StatementEnd
