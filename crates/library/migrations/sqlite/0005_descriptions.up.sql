-- Passages worth a picture.
CREATE TABLE descriptions (
    id BLOB PRIMARY KEY NOT NULL,
    publication_id BLOB NOT NULL REFERENCES publications (id) ON DELETE CASCADE,
    chapter INTEGER NOT NULL,
    -- UTF-16 code units of the chapter's text.
    start_offset INTEGER NOT NULL,
    end_offset INTEGER NOT NULL,
    kind TEXT NOT NULL,
    score REAL NOT NULL,
    passage TEXT NOT NULL,
    prompt TEXT NOT NULL,
    negative TEXT NOT NULL,
    seed INTEGER NOT NULL,
    concepts TEXT NOT NULL,
    characters TEXT NOT NULL,
    places TEXT NOT NULL
) STRICT;
CREATE INDEX descriptions_place ON descriptions (publication_id, chapter, start_offset);

CREATE TABLE characters (
    id BLOB PRIMARY KEY NOT NULL,
    publication_id BLOB NOT NULL REFERENCES publications (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    name TEXT NOT NULL,
    aliases TEXT NOT NULL,
    gender TEXT,
    -- Where the person is named and what is said of their looks, in the order of the book, so that a reader is told no
    -- more than they have read. Places are UTF-16 code units.
    mentions TEXT NOT NULL,
    looks TEXT NOT NULL,
    UNIQUE (publication_id, ordinal)
) STRICT;
