-- persons, sections, claims and lookups are only ever appended to or overwritten in place with as many bytes, never
-- deleted from and never changed in length: so SQLite has no reason to move a row, and no stale copy of a key or a
-- sealed section stays behind in some page when the row itself is overwritten. The indexes persons_identity,
-- claims_identity and lookups_hash hold something of a human; an erasure builds them anew. (It stores 0 and 1 in no
-- byte and 2 to 127 in one: a figure that changes keeps to either kind.)

CREATE TABLE meta (
    name  TEXT NOT NULL PRIMARY KEY,           -- 'key-check', 'index-key'
    value BLOB NOT NULL
) STRICT;

CREATE TABLE persons (
    slot        INTEGER NOT NULL PRIMARY KEY,
    person      INTEGER NOT NULL UNIQUE,       -- the 60 bits of the person id
    enrolled_at INTEGER NOT NULL,              -- microseconds since 1970, UTC, as every time here
    anonymous   INTEGER NOT NULL,              -- 1: known without an identity number
    identity    BLOB    NOT NULL,              -- keyed hash; random when anonymous and once erased
    wrapped_key BLOB    NOT NULL               -- zeros once erased
) STRICT;
CREATE UNIQUE INDEX persons_identity ON persons (identity);

CREATE TABLE sections (
    slot      INTEGER NOT NULL PRIMARY KEY,
    person    INTEGER NOT NULL,
    section   TEXT    NOT NULL,
    current   INTEGER NOT NULL,                -- what became of it; see states.sql for the figures of today
    sealed_at INTEGER NOT NULL,                -- since when it is so
    sealed    BLOB    NOT NULL
) STRICT;
CREATE UNIQUE INDEX sections_current ON sections (person, section) WHERE current = 1;

-- What each command was answered, for its repetition.
CREATE TABLE answers (
    command BLOB    NOT NULL,
    section TEXT    NOT NULL,
    person  INTEGER NOT NULL,
    known   INTEGER NOT NULL,
    digest  BLOB    NOT NULL,
    PRIMARY KEY (command, section)
) STRICT, WITHOUT ROWID;

CREATE TABLE tombstones (
    person    INTEGER NOT NULL PRIMARY KEY,
    erased_at INTEGER NOT NULL
) STRICT;

CREATE TABLE reads (
    id      INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    at      INTEGER NOT NULL,
    actor   TEXT    NOT NULL,
    purpose TEXT    NOT NULL,
    person  INTEGER NOT NULL,
    section TEXT    NOT NULL
) STRICT;
CREATE INDEX reads_person ON reads (person, id);
