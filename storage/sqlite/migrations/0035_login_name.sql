-- +goose Up
-- +goose StatementBegin

-- What somebody calls a login of their own, '' for none: "the desk at work".
ALTER TABLE login ADD COLUMN name TEXT NOT NULL DEFAULT '' CHECK (length(name) <= 60);
-- +goose StatementEnd
