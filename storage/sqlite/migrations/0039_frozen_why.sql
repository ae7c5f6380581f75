-- +goose Up
-- +goose StatementBegin

-- Why whoever runs the site froze a decision, in their words, '' for what was frozen
-- before it was asked and by visitors. It is gone when the decision is released; the
-- audit trail keeps it.
ALTER TABLE frozen ADD COLUMN why TEXT NOT NULL DEFAULT '' CHECK (length(why) <= 500);
-- +goose StatementEnd
