-- +goose Up
-- +goose StatementBegin

-- How many decisions of a circumstance a day has: statistics need not read the
-- log. It says what the log says of the decisions that may be used, and no more:
-- what is erased, has expired or is frozen (GDPR art. 18) is not counted, and a
-- day without any keeps no row. The server counts what it appends, in the same
-- transaction; the triggers below count the rest.
CREATE TABLE daily (
  site         INTEGER NOT NULL,
  day          INTEGER NOT NULL, -- days since 1970, UTC
  circumstance INTEGER NOT NULL,
  count        INTEGER NOT NULL CHECK (count >= 0),
  PRIMARY KEY (site, day, circumstance),
  FOREIGN KEY (circumstance, site) REFERENCES circumstance (id, site)
) STRICT, WITHOUT ROWID;

INSERT INTO daily (site, day, circumstance, count)
SELECT site, time / 86400000, circumstance, count(*) FROM decision
WHERE seq NOT IN (SELECT seq FROM frozen) GROUP BY 1, 2, 3;

CREATE TRIGGER decision_that_goes_is_not_counted AFTER DELETE ON decision
BEGIN
  UPDATE daily SET count = count - 1 WHERE site = OLD.site AND day = OLD.time / 86400000 AND circumstance = OLD.circumstance;
  DELETE FROM daily WHERE site = OLD.site AND day = OLD.time / 86400000 AND circumstance = OLD.circumstance AND count = 0;
END;

CREATE TRIGGER frozen_is_not_counted AFTER INSERT ON frozen
BEGIN
  UPDATE daily SET count = count - 1
  WHERE (site, day, circumstance) = (SELECT site, time / 86400000, circumstance FROM decision WHERE seq = NEW.seq);
  DELETE FROM daily
  WHERE (site, day, circumstance) = (SELECT site, time / 86400000, circumstance FROM decision WHERE seq = NEW.seq) AND count = 0;
END;

CREATE TRIGGER released_is_counted_again AFTER DELETE ON frozen
BEGIN
  INSERT INTO daily (site, day, circumstance, count)
  SELECT site, time / 86400000, circumstance, 1 FROM decision WHERE seq = OLD.seq
  ON CONFLICT (site, day, circumstance) DO UPDATE SET count = count + 1;
END;
-- +goose StatementEnd
