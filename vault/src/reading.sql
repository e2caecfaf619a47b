-- Since format 3: readings that showed several people, purposes chosen for a while, and what people can be found by.

-- A reading of several is one row of reads whose person is -1; it showed these people. In `shown` each of them finds it.
CREATE TABLE lists (
    read   INTEGER NOT NULL PRIMARY KEY,
    means  TEXT    NOT NULL,                   -- how they were found
    people BLOB    NOT NULL                    -- eight bytes each, in rising order
) STRICT;
CREATE TABLE shown (
    person INTEGER NOT NULL,
    read   INTEGER NOT NULL,
    PRIMARY KEY (person, read)
) STRICT, WITHOUT ROWID;

-- What a reader reads for until a moment, so that it is said once for a piece of work.
CREATE TABLE occasions (
    id        INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    actor     TEXT    NOT NULL,
    purpose   TEXT    NOT NULL,
    opened_at INTEGER NOT NULL,
    until     INTEGER NOT NULL
) STRICT;
CREATE INDEX occasions_actor ON occasions (actor, id);

-- Under what a section can be found; overwritten in place as sections are.
CREATE TABLE lookups (
    slot     INTEGER NOT NULL PRIMARY KEY,
    section  INTEGER NOT NULL,                 -- slot of the section that says it
    revision INTEGER NOT NULL,                 -- of the rule by which it was told from the section
    gone     INTEGER NOT NULL,                 -- 1: the section is no more
    hash     BLOB    NOT NULL                  -- keyed; random when the section says nothing of the kind, and once gone
) STRICT;
CREATE INDEX lookups_section ON lookups (section);
CREATE INDEX lookups_hash ON lookups (hash);
CREATE INDEX sections_person ON sections (person);
