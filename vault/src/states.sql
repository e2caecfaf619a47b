-- Since format 4 every state of a section takes one byte: 0 and 1 take none, and a row that grew by one was moved, and left a
-- copy of its sealed bytes behind. Written anew, because the rows get longer, and old pages are zeroed with the old table.
CREATE TABLE sections_in_states (
    slot      INTEGER NOT NULL PRIMARY KEY,
    person    INTEGER NOT NULL,
    section   TEXT    NOT NULL,
    current   INTEGER NOT NULL,                -- 2 prepared to stand, 3 replaced and kept for a while, 4 as it stands;
                                               -- 5 once nobody needs it: the sealed bytes are zeros then
    sealed_at INTEGER NOT NULL,                -- since when it is so
    sealed    BLOB    NOT NULL
) STRICT;
INSERT INTO sections_in_states
    SELECT slot, person, section, CASE current WHEN 0 THEN 5 WHEN 1 THEN 4 ELSE current END, sealed_at, sealed
    FROM sections ORDER BY slot;
DROP TABLE sections;
ALTER TABLE sections_in_states RENAME TO sections;
CREATE UNIQUE INDEX sections_current ON sections (person, section) WHERE current = 4;
CREATE INDEX sections_beside ON sections (person, section) WHERE current IN (2, 3);
CREATE INDEX sections_person ON sections (person);
