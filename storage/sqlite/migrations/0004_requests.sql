-- +goose Up
-- +goose StatementBegin

-- The register of data subjects' requests (GDPR art. 15 to 21). No column can
-- hold a name, an address or a sentence: what is not a key is a number or one of
-- a few words. Days are counted from 1 January 1970, in Norway.
CREATE TABLE request (
  site        INTEGER NOT NULL REFERENCES site (id),
  id          BLOB    NOT NULL CHECK (length(id) = 16),
  kind        TEXT    NOT NULL CHECK (kind IN ('access', 'rectification', 'erasure', 'restriction', 'portability', 'objection')),
  channel     TEXT    NOT NULL CHECK (channel IN ('self_service', 'email', 'letter', 'in_person')),
  receipt     BLOB    CHECK (length(receipt) = 16), -- of a decision, also when that is gone
  case_number TEXT    CHECK (length(case_number) <= 16 AND case_number NOT GLOB '*[^0-9/-]*' AND
                             (case_number GLOB '[0-9][0-9]/[0-9]*' OR case_number GLOB '[12][09][0-9][0-9]/[0-9]*')),
  PRIMARY KEY (site, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE request_event (
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
  FOREIGN KEY (site, request) REFERENCES request (site, id),
  CHECK ((step = 'received') = (number = 1)),
  CHECK ((step IN ('received', 'extended')) = (due IS NOT NULL)),
  CHECK ((step = 'extended') = (ground IS NOT NULL)),
  CHECK ((step = 'answered') = (outcome IS NOT NULL)),
  CHECK ((outcome IS NOT NULL AND outcome <> 'granted') = (refusal IS NOT NULL)) -- GDPR art. 12(4)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX request_is_extended_once ON request_event (site, request) WHERE step = 'extended';
CREATE UNIQUE INDEX request_is_answered_once ON request_event (site, request) WHERE step = 'answered';

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
-- +goose StatementEnd
