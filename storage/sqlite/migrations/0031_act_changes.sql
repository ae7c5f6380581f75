-- +goose Up
-- +goose StatementBegin

-- What an act changed: fields with what they were and what they are, as JSON; '' for
-- nothing, and for before that was told. An act with changes has them in its leaf.
ALTER TABLE act ADD COLUMN changes TEXT NOT NULL DEFAULT '' CHECK (length(changes) <= 8000);
-- +goose StatementEnd
