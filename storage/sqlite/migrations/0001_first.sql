-- +goose Up
-- +goose StatementBegin

CREATE TABLE site (
  id           INTEGER PRIMARY KEY,
  key          TEXT    NOT NULL UNIQUE
                       CHECK (length(key) BETWEEN 1 AND 40 AND key NOT GLOB '*[^a-z0-9-]*' AND key NOT GLOB '-*'),
  organisation TEXT    NOT NULL,
  name         TEXT    NOT NULL CHECK (json_valid(name)),
  draft        TEXT    NOT NULL CHECK (json_valid(draft)),
  changed      INTEGER NOT NULL CHECK (changed > 0) -- milliseconds since 1970, UTC; so are all times
) STRICT;

CREATE TABLE notice (
  id        INTEGER PRIMARY KEY,
  site      INTEGER NOT NULL REFERENCES site (id),
  number    INTEGER NOT NULL CHECK (number > 0),
  hash      BLOB    NOT NULL CHECK (length(hash) = 32),
  published INTEGER NOT NULL CHECK (published > 0),
  json      TEXT    NOT NULL CHECK (json_valid(json)),
  UNIQUE (site, number)
) STRICT;

CREATE TABLE bundle (
  id     INTEGER PRIMARY KEY,
  site   INTEGER NOT NULL,
  key    TEXT    NOT NULL CHECK (key <> ''),
  notice INTEGER NOT NULL,
  hash   BLOB    NOT NULL CHECK (length(hash) = 32),
  built  INTEGER NOT NULL CHECK (built > 0),
  UNIQUE (site, key),
  FOREIGN KEY (site, notice) REFERENCES notice (site, number)
) STRICT;

CREATE TABLE bundle_file (
  bundle INTEGER NOT NULL REFERENCES bundle (id),
  name   TEXT    NOT NULL CHECK (name <> ''),
  body   BLOB    NOT NULL,
  UNIQUE (bundle, name)
) STRICT;

-- A circumstance is what many decisions have in common. A site's decisions
-- repeat few of them, so a decision costs a small number instead of its text.
CREATE TABLE circumstance (
  id       INTEGER PRIMARY KEY,
  site     INTEGER NOT NULL,
  notice   INTEGER NOT NULL,
  bundle   INTEGER NOT NULL REFERENCES bundle (id),
  language TEXT    NOT NULL CHECK (length(language) BETWEEN 2 AND 35),
  method   TEXT    NOT NULL CHECK (method IN ('accept_all', 'reject_all', 'save', 'withdraw', 'placeholder_once',
                                              'placeholder_always', 'signal', 'api', 'expiry')),
  layer    TEXT    NOT NULL CHECK (layer IN ('first', 'second', 'placeholder', 'page')),
  state    TEXT    NOT NULL CHECK (state IN ('given', 'partly_given', 'refused', 'withdrawn', 'expired')),
  gpc      INTEGER NOT NULL CHECK (gpc IN (0, 1)),
  choice   TEXT    NOT NULL CHECK (json_valid(choice)),
  UNIQUE (site, notice, bundle, language, method, layer, state, gpc, choice),
  UNIQUE (id, site),
  FOREIGN KEY (site, notice) REFERENCES notice (site, number)
) STRICT;

-- The log. AUTOINCREMENT, because an index is never used twice, not even that
-- of an erased decision.
CREATE TABLE decision (
  seq          INTEGER PRIMARY KEY AUTOINCREMENT,
  site         INTEGER NOT NULL,
  circumstance INTEGER NOT NULL,
  id           BLOB    NOT NULL CHECK (length(id) = 16),
  visitor      INTEGER,                               -- first 8 bytes of the visitor key: when minted, and a little hash
  visitor_rest BLOB    CHECK (length(visitor_rest) = 14),
  previous     BLOB    CHECK (length(previous) = 16),
  time         INTEGER NOT NULL CHECK (time > 0),
  skew         INTEGER NOT NULL,                      -- seconds
  salt         BLOB    NOT NULL CHECK (length(salt) = 32), -- hides the record in its leaf
  CHECK ((visitor IS NULL) = (visitor_rest IS NULL)),
  FOREIGN KEY (circumstance, site) REFERENCES circumstance (id, site)
) STRICT;

CREATE UNIQUE INDEX decision_id ON decision (site, id);
CREATE INDEX decision_visitor ON decision (visitor) WHERE visitor IS NOT NULL;
CREATE INDEX decision_circumstance ON decision (circumstance);

-- Where in the log an hour lies. The clock may have jumped, so hours overlap.
CREATE TABLE hour (
  hour  INTEGER PRIMARY KEY, -- hours since 1970, UTC
  first INTEGER NOT NULL,
  last  INTEGER NOT NULL,
  CHECK (first <= last)
) STRICT;

-- The ledger: a Merkle tree over the decisions of each site and year. Part 2
-- begins when part 1 was rolled back.
CREATE TABLE tree (
  id     INTEGER PRIMARY KEY CHECK (id < 1 << 22),
  site   INTEGER NOT NULL REFERENCES site (id),
  year   INTEGER NOT NULL, -- UTC
  part   INTEGER NOT NULL CHECK (part > 0),
  origin TEXT    NOT NULL UNIQUE,
  size   INTEGER NOT NULL CHECK (size BETWEEN 0 AND 1 << 40),
  root   BLOB    NOT NULL CHECK (length(root) = 32),
  UNIQUE (site, year, part)
) STRICT;

-- A leaf keeps its own hash and those of the subtrees that are full with it. It
-- outlives its decision.
CREATE TABLE leaf (
  id     INTEGER PRIMARY KEY, -- tree << 40 | index
  seq    INTEGER NOT NULL,    -- of its decision; of the newest one, for an event
  hashes BLOB    NOT NULL CHECK (length(hashes) >= 32)
) STRICT;

-- What a leaf says that is about the tree itself.
CREATE TABLE event (
  leaf INTEGER PRIMARY KEY REFERENCES leaf (id),
  body TEXT    NOT NULL CHECK (json_valid(body))
) STRICT;

-- What is left of an erased decision, so that a late retry cannot bring it back.
CREATE TABLE erased (
  site INTEGER NOT NULL REFERENCES site (id),
  id   BLOB    NOT NULL CHECK (length(id) = 16),
  seq  INTEGER NOT NULL,
  time INTEGER NOT NULL CHECK (time > 0), -- of the erasure
  PRIMARY KEY (site, id)
) STRICT, WITHOUT ROWID;

-- Decisions that leave in this transaction because their time is up.
CREATE TABLE expiring (
  seq INTEGER PRIMARY KEY
) STRICT;

CREATE TABLE finding (
  site  INTEGER NOT NULL REFERENCES site (id),
  day   INTEGER NOT NULL, -- days since 1970, UTC
  kind  TEXT    NOT NULL CHECK (kind IN ('residual', 'unknown', 'stuck')),
  name  TEXT    NOT NULL CHECK (length(name) <= 200),
  count INTEGER NOT NULL CHECK (count > 0),
  last  INTEGER NOT NULL CHECK (last > 0),
  PRIMARY KEY (site, day, kind, name)
) STRICT, WITHOUT ROWID;

-- The tables defend themselves: evidence is appended and never edited.

CREATE TRIGGER decision_is_never_changed BEFORE UPDATE ON decision
BEGIN
  SELECT RAISE(ABORT, 'a decision is never changed');
END;

CREATE TRIGGER decision_is_only_erased_or_expired BEFORE DELETE ON decision
WHEN NOT EXISTS (SELECT 1 FROM erased WHERE site = OLD.site AND id = OLD.id)
  AND NOT EXISTS (SELECT 1 FROM expiring WHERE seq = OLD.seq)
BEGIN
  SELECT RAISE(ABORT, 'a decision is only removed by erasure or when it expires');
END;

CREATE TRIGGER decision_erased_stays_erased BEFORE INSERT ON decision
WHEN EXISTS (SELECT 1 FROM erased WHERE site = NEW.site AND id = NEW.id)
BEGIN
  SELECT RAISE(IGNORE);
END;

CREATE TRIGGER erased_is_never_changed BEFORE UPDATE ON erased
BEGIN
  SELECT RAISE(ABORT, 'an erasure is never changed');
END;

CREATE TRIGGER erased_is_never_removed BEFORE DELETE ON erased
BEGIN
  SELECT RAISE(ABORT, 'an erasure is never removed');
END;

CREATE TRIGGER leaf_is_never_changed BEFORE UPDATE ON leaf
BEGIN
  SELECT RAISE(ABORT, 'a leaf is never changed');
END;

CREATE TRIGGER leaf_is_never_removed BEFORE DELETE ON leaf
BEGIN
  SELECT RAISE(ABORT, 'a leaf is never removed');
END;

CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN
  SELECT RAISE(ABORT, 'an event is never changed');
END;

CREATE TRIGGER event_is_never_removed BEFORE DELETE ON event
BEGIN
  SELECT RAISE(ABORT, 'an event is never removed');
END;

CREATE TRIGGER tree_only_grows BEFORE UPDATE ON tree
WHEN NEW.size < OLD.size OR NEW.origin <> OLD.origin OR NEW.site <> OLD.site OR NEW.year <> OLD.year OR NEW.part <> OLD.part
BEGIN
  SELECT RAISE(ABORT, 'a tree only grows');
END;

CREATE TRIGGER circumstance_is_never_changed BEFORE UPDATE ON circumstance
BEGIN
  SELECT RAISE(ABORT, 'a circumstance is never changed');
END;

CREATE TRIGGER notice_is_never_changed BEFORE UPDATE ON notice
BEGIN
  SELECT RAISE(ABORT, 'a notice is never changed');
END;

CREATE TRIGGER bundle_is_never_changed BEFORE UPDATE ON bundle
BEGIN
  SELECT RAISE(ABORT, 'a bundle is never changed');
END;

CREATE TRIGGER bundle_file_is_never_changed BEFORE UPDATE ON bundle_file
BEGIN
  SELECT RAISE(ABORT, 'a bundle file is never changed');
END;
-- +goose StatementEnd
