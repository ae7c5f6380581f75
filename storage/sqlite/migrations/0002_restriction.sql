-- +goose Up
-- +goose StatementBegin

-- Decisions that are kept and not used (GDPR art. 18). The reference keeps one
-- from being removed for as long as it is here.
CREATE TABLE frozen (
  seq    INTEGER PRIMARY KEY REFERENCES decision (seq),
  time   INTEGER NOT NULL CHECK (time > 0),
  reason TEXT    NOT NULL CHECK (reason IN ('asked', 'accuracy', 'unlawful', 'claim', 'objection'))
) STRICT;

-- Refusals that are kept as numbers alone, by sites that chose so.
CREATE TABLE refusal_count (
  site     INTEGER NOT NULL,
  day      INTEGER NOT NULL, -- days since 1970, UTC
  notice   INTEGER NOT NULL,
  language TEXT    NOT NULL CHECK (length(language) BETWEEN 2 AND 35),
  count    INTEGER NOT NULL CHECK (count > 0),
  PRIMARY KEY (site, day, notice, language),
  FOREIGN KEY (site, notice) REFERENCES notice (site, number)
) STRICT, WITHOUT ROWID;
-- +goose StatementEnd
