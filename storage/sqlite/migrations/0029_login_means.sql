-- +goose Up
-- +goose StatementBegin

-- What somebody logged in with, '' for before that was kept: people tell their own
-- logins apart by it, and no address or browser is kept.
ALTER TABLE login ADD COLUMN means TEXT NOT NULL DEFAULT '' CHECK (means IN ('', 'password', 'app', 'code', 'second_key', 'passkey', 'at_provider'));
-- +goose StatementEnd
