-- +goose Up
-- +goose StatementBegin

-- What leads from a request to the person's decisions that are still there: their
-- receipts, but for the newest, which request.receipt keeps for good. One leaves with
-- its decision, so that what was erased is not tied to a person by this.
CREATE TABLE request_receipt (
  site    INTEGER NOT NULL,
  receipt BLOB    NOT NULL CHECK (length(receipt) = 16),
  request BLOB    NOT NULL,
  PRIMARY KEY (site, receipt, request),
  FOREIGN KEY (site, request) REFERENCES request (site, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX request_receipt_request ON request_receipt (site, request);

CREATE TRIGGER request_receipt_is_never_changed BEFORE UPDATE ON request_receipt
BEGIN
  SELECT RAISE(ABORT, 'a receipt of a request is never changed');
END;

CREATE TRIGGER request_receipt_stays_with_its_decision BEFORE DELETE ON request_receipt
WHEN EXISTS (SELECT 1 FROM decision WHERE site = OLD.site AND id = OLD.receipt)
BEGIN
  SELECT RAISE(ABORT, 'a receipt of a request is only removed with its decision');
END;

CREATE TRIGGER request_receipt_leaves_with_its_decision AFTER DELETE ON decision
BEGIN
  DELETE FROM request_receipt WHERE site = OLD.site AND receipt = OLD.id;
END;
-- +goose StatementEnd
