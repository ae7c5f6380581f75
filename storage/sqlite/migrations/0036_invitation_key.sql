-- +goose Up
-- +goose StatementBegin

-- Which API key made an invitation, NULL for a person on a page or a command: it ends with
-- the key. Of those that there are the trail says so.
ALTER TABLE invitation ADD COLUMN made_with TEXT REFERENCES api_key (id);

CREATE TEMPORARY TABLE by_key AS
SELECT invitation.id, substr(object, 5, 12) AS made_with
FROM invitation JOIN act ON action = 'api.member.invite'
  AND object LIKE 'key=____________ % invitation=' || lower(hex(substr(invitation.id, 1, 8)));

DELETE FROM invitation WHERE id IN (SELECT by_key.id FROM by_key LEFT JOIN api_key ON api_key.id = by_key.made_with WHERE api_key.id IS NULL);

UPDATE invitation SET made_with = by_key.made_with, expires = min(invitation.expires, api_key.expires)
FROM by_key JOIN api_key ON api_key.id = by_key.made_with
WHERE by_key.id = invitation.id;

DROP TABLE by_key;
-- +goose StatementEnd
