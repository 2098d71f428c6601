-- Two look-ups: where they are one with OR, statistics of a small register make it a scan.
DROP TRIGGER history_no_replace;
CREATE TRIGGER history_no_replace BEFORE INSERT ON history
WHEN EXISTS (SELECT 1 FROM history WHERE seq = NEW.seq)
  OR EXISTS (SELECT 1 FROM history WHERE object_id = NEW.object_id AND version = NEW.version)
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;

-- Statistics that were taken of a register when it was small mislead now; they come again when it is closed.
ANALYZE recording;
DELETE FROM sqlite_stat1;
