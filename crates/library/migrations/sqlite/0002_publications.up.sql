-- Bytes kept in the blob store, once per content. A row exists only when its object does.
CREATE TABLE blobs (
    id BLOB PRIMARY KEY NOT NULL,
    sha256 TEXT NOT NULL UNIQUE,
    byte_length INTEGER NOT NULL,
    -- Last time somebody stored these bytes; orphans are removed a grace after it.
    touched_at TEXT NOT NULL
) STRICT;
CREATE INDEX blobs_touched ON blobs (touched_at);

-- What a file says, shared by everybody who has the same file.
CREATE TABLE publications (
    id BLOB PRIMARY KEY NOT NULL,
    sha256 TEXT NOT NULL UNIQUE,
    blob_id BLOB NOT NULL REFERENCES blobs (id),
    file_name TEXT,
    byte_length INTEGER NOT NULL,
    format TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('importing', 'describing', 'ready', 'failed')),
    failure_code TEXT,
    failure_detail TEXT,
    revision TEXT,
    title TEXT NOT NULL,
    title_folded TEXT NOT NULL,
    authors TEXT NOT NULL,
    authors_folded TEXT NOT NULL,
    language TEXT NOT NULL,
    series TEXT,
    series_position REAL,
    description TEXT,
    metadata TEXT NOT NULL,
    contents TEXT NOT NULL,
    cover_resource TEXT,
    chapter_count INTEGER NOT NULL,
    length INTEGER NOT NULL,
    start_chapter INTEGER NOT NULL,
    description_count INTEGER NOT NULL,
    picture_count INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX publications_revision ON publications (revision);
CREATE INDEX publications_blob ON publications (blob_id);

CREATE TABLE chapters (
    publication_id BLOB NOT NULL REFERENCES publications (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    title TEXT,
    kind TEXT NOT NULL,
    -- Lengths and places are UTF-16 code units.
    length INTEGER NOT NULL,
    start_offset INTEGER NOT NULL,
    parts TEXT NOT NULL,
    html TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (publication_id, number)
) STRICT;

CREATE TABLE resources (
    publication_id BLOB NOT NULL REFERENCES publications (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    blob_id BLOB NOT NULL REFERENCES blobs (id),
    media_type TEXT NOT NULL,
    width INTEGER,
    height INTEGER,
    PRIMARY KEY (publication_id, name)
) STRICT;
CREATE INDEX resources_blob ON resources (blob_id);
