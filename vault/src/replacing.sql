-- Since format 2: sections that do not stand yet, or no longer.
CREATE INDEX sections_beside ON sections (person, section) WHERE current IN (2, 3);

-- Identity numbers that a prepared section gives to its person. Random once the section stands or is given up.
CREATE TABLE claims (
    slot       INTEGER NOT NULL PRIMARY KEY,
    person     INTEGER NOT NULL,
    claimed_at INTEGER NOT NULL,
    digest     BLOB    NOT NULL,               -- of the prepared section; zeros once it stands or is given up
    identity   BLOB    NOT NULL
) STRICT;
CREATE UNIQUE INDEX claims_identity ON claims (identity);
