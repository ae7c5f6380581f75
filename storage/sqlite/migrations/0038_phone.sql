-- +goose Up
-- +goose StatementBegin

-- A request may come by phone, too. SQLite changes no check of a table that is there,
-- so the register is made anew, with what it holds; whatever refers to it, too.
DROP TRIGGER request_receipt_leaves_with_its_decision;

CREATE TABLE request_and_phone (
  site        INTEGER NOT NULL REFERENCES site (id),
  id          BLOB    NOT NULL CHECK (length(id) = 16),
  kind        TEXT    NOT NULL CHECK (kind IN ('access', 'rectification', 'erasure', 'restriction', 'portability', 'objection')),
  channel     TEXT    NOT NULL CHECK (channel IN ('self_service', 'email', 'phone', 'letter', 'in_person')),
  receipt     BLOB    CHECK (length(receipt) = 16), -- of a decision, also when that is gone
  case_number TEXT    CHECK (length(case_number) <= 16 AND case_number NOT GLOB '*[^0-9/-]*' AND
                             (case_number GLOB '[0-9][0-9]/[0-9]*' OR case_number GLOB '[12][09][0-9][0-9]/[0-9]*')),
  PRIMARY KEY (site, id)
) STRICT, WITHOUT ROWID;
INSERT INTO request_and_phone SELECT site, id, kind, channel, receipt, case_number FROM request;

CREATE TABLE request_event_anew (
  site    INTEGER NOT NULL,
  request BLOB    NOT NULL,
  number  INTEGER NOT NULL CHECK (number > 0),
  step    TEXT    NOT NULL CHECK (step IN ('received', 'extended', 'reminded', 'answered')),
  time    INTEGER NOT NULL CHECK (time > 0), -- when it was written down
  day     INTEGER NOT NULL CHECK (day > 0),  -- when it happened
  due     INTEGER CHECK (due > day),
  ground  TEXT    CHECK (ground IN ('complexity', 'number')),
  outcome TEXT    CHECK (outcome IN ('granted', 'partly', 'refused')),
  refusal TEXT    CHECK (refusal IN ('not_identified', 'unfounded', 'excessive', 'not_applicable', 'legal_obligation',
                                     'legal_claims', 'overriding_grounds', 'rights_of_others')),
  PRIMARY KEY (site, request, number),
  FOREIGN KEY (site, request) REFERENCES request_and_phone (site, id),
  CHECK ((step = 'received') = (number = 1)),
  CHECK ((step IN ('received', 'extended')) = (due IS NOT NULL)),
  CHECK ((step = 'extended') = (ground IS NOT NULL)),
  CHECK ((step = 'answered') = (outcome IS NOT NULL)),
  CHECK ((outcome IS NOT NULL AND outcome <> 'granted') = (refusal IS NOT NULL)) -- GDPR art. 12(4)
) STRICT, WITHOUT ROWID;
INSERT INTO request_event_anew SELECT site, request, number, step, time, day, due, ground, outcome, refusal FROM request_event;

CREATE TABLE request_receipt_anew (
  site    INTEGER NOT NULL,
  receipt BLOB    NOT NULL CHECK (length(receipt) = 16),
  request BLOB    NOT NULL,
  PRIMARY KEY (site, receipt, request),
  FOREIGN KEY (site, request) REFERENCES request_and_phone (site, id)
) STRICT, WITHOUT ROWID;
INSERT INTO request_receipt_anew SELECT site, receipt, request FROM request_receipt;

DROP TABLE request_receipt;
DROP TABLE request_event;
DROP TABLE request;
ALTER TABLE request_and_phone RENAME TO request;
ALTER TABLE request_event_anew RENAME TO request_event;
ALTER TABLE request_receipt_anew RENAME TO request_receipt;

CREATE UNIQUE INDEX request_is_extended_once ON request_event (site, request) WHERE step = 'extended';
CREATE UNIQUE INDEX request_is_answered_once ON request_event (site, request) WHERE step = 'answered';
CREATE INDEX request_receipt_request ON request_receipt (site, request);

CREATE TRIGGER request_is_never_changed BEFORE UPDATE ON request
BEGIN
  SELECT RAISE(ABORT, 'a request is never changed');
END;

CREATE TRIGGER request_is_never_removed BEFORE DELETE ON request
BEGIN
  SELECT RAISE(ABORT, 'a request is never removed');
END;

CREATE TRIGGER request_event_is_never_changed BEFORE UPDATE ON request_event
BEGIN
  SELECT RAISE(ABORT, 'an event of a request is never changed');
END;

CREATE TRIGGER request_event_is_never_removed BEFORE DELETE ON request_event
BEGIN
  SELECT RAISE(ABORT, 'an event of a request is never removed');
END;

CREATE TRIGGER request_is_closed_by_its_answer BEFORE INSERT ON request_event
WHEN EXISTS (SELECT 1 FROM request_event WHERE site = NEW.site AND request = NEW.request AND step = 'answered')
BEGIN
  SELECT RAISE(ABORT, 'a request that was answered is closed');
END;

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
