CREATE TABLE streams (
    id      INTEGER PRIMARY KEY,
    name    TEXT    NOT NULL UNIQUE,
    version INTEGER NOT NULL          -- of its last event
) STRICT;

CREATE TABLE events (
    position    INTEGER PRIMARY KEY,  -- 1, 2, 3, … in the order of commits
    stream      INTEGER NOT NULL REFERENCES streams (id),
    version     INTEGER NOT NULL,     -- 1, 2, 3, … within the stream
    id          BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
    kind        TEXT    NOT NULL,
    recorded_at INTEGER NOT NULL,     -- microseconds since 1970, never smaller than the row before
    data        BLOB    NOT NULL,
    metadata    BLOB    NOT NULL,
    UNIQUE (stream, version)
) STRICT;

-- History is immutable, also against a careless hand with a database tool.
CREATE TRIGGER events_never_change BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'events are immutable: append a correction'); END;

CREATE TRIGGER events_never_vanish BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'events are immutable: append a correction'); END;

-- INSERT OR REPLACE would delete without firing the trigger above.
CREATE TRIGGER events_only_at_the_end BEFORE INSERT ON events
WHEN EXISTS (SELECT 1 FROM events WHERE position >= NEW.position)
  OR EXISTS (SELECT 1 FROM events WHERE stream = NEW.stream AND version >= NEW.version)
  OR EXISTS (SELECT 1 FROM events WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'events are only appended, each once'); END;

CREATE TRIGGER streams_keep_their_name BEFORE UPDATE OF id, name ON streams
BEGIN SELECT RAISE(ABORT, 'a stream keeps its name'); END;

CREATE TRIGGER streams_never_vanish BEFORE DELETE ON streams
BEGIN SELECT RAISE(ABORT, 'a stream never vanishes'); END;
