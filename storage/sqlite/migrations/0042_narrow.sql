-- +goose Up
-- +goose StatementBegin

-- What every page asks of a site stands behind its draft in the row, and a draft may be
-- megabytes.
CREATE INDEX site_entry ON site (key, organisation, name, changed, saver, revision);

-- Of a long trail often some kinds of acts are asked for: what was published, what was
-- exported. What they are chosen by stands here without what they changed.
CREATE INDEX act_by_action ON act (trail, action, number, time, account, site, object);
-- +goose StatementEnd
