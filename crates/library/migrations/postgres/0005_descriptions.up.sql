-- Passages worth a picture.
CREATE TABLE descriptions (
    id uuid PRIMARY KEY NOT NULL,
    publication_id uuid NOT NULL REFERENCES publications (id) ON DELETE CASCADE,
    chapter bigint NOT NULL,
    -- UTF-16 code units of the chapter's text.
    start_offset bigint NOT NULL,
    end_offset bigint NOT NULL,
    kind TEXT NOT NULL,
    score double precision NOT NULL,
    passage TEXT NOT NULL,
    prompt TEXT NOT NULL,
    negative TEXT NOT NULL,
    seed bigint NOT NULL,
    concepts jsonb NOT NULL,
    characters jsonb NOT NULL,
    places jsonb NOT NULL
);
CREATE INDEX descriptions_place ON descriptions (publication_id, chapter, start_offset);

CREATE TABLE characters (
    id uuid PRIMARY KEY NOT NULL,
    publication_id uuid NOT NULL REFERENCES publications (id) ON DELETE CASCADE,
    ordinal bigint NOT NULL,
    name TEXT NOT NULL,
    aliases jsonb NOT NULL,
    gender TEXT,
    -- Where the person is named and what is said of their looks, in the order of the book, so that a reader is told no
    -- more than they have read. Places are UTF-16 code units.
    mentions jsonb NOT NULL,
    looks jsonb NOT NULL,
    UNIQUE (publication_id, ordinal)
);
