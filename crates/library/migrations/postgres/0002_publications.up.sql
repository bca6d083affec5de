-- Bytes kept in the blob store, once per content. A row exists only when its object does.
CREATE TABLE blobs (
    id uuid PRIMARY KEY NOT NULL,
    sha256 TEXT NOT NULL UNIQUE,
    byte_length bigint NOT NULL,
    -- Last time somebody stored these bytes; orphans are removed a grace after it.
    touched_at timestamptz NOT NULL
);
CREATE INDEX blobs_touched ON blobs (touched_at);

-- What a file says, shared by everybody who has the same file.
CREATE TABLE publications (
    id uuid PRIMARY KEY NOT NULL,
    sha256 TEXT NOT NULL UNIQUE,
    blob_id uuid NOT NULL REFERENCES blobs (id),
    file_name TEXT,
    byte_length bigint NOT NULL,
    format TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('importing', 'describing', 'ready', 'failed')),
    failure_code TEXT,
    failure_detail TEXT,
    revision TEXT,
    title TEXT NOT NULL,
    title_folded TEXT NOT NULL,
    authors jsonb NOT NULL,
    authors_folded TEXT NOT NULL,
    language TEXT NOT NULL,
    series TEXT,
    series_position double precision,
    description TEXT,
    metadata jsonb NOT NULL,
    contents jsonb NOT NULL,
    cover_resource TEXT,
    chapter_count bigint NOT NULL,
    length bigint NOT NULL,
    start_chapter bigint NOT NULL,
    description_count bigint NOT NULL,
    picture_count bigint NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
CREATE INDEX publications_revision ON publications (revision);
CREATE INDEX publications_blob ON publications (blob_id);

CREATE TABLE chapters (
    publication_id uuid NOT NULL REFERENCES publications (id) ON DELETE CASCADE,
    number bigint NOT NULL,
    title TEXT,
    kind TEXT NOT NULL,
    -- Lengths and places are UTF-16 code units.
    length bigint NOT NULL,
    start_offset bigint NOT NULL,
    parts jsonb NOT NULL,
    html TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (publication_id, number)
);

CREATE TABLE resources (
    publication_id uuid NOT NULL REFERENCES publications (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    blob_id uuid NOT NULL REFERENCES blobs (id),
    media_type TEXT NOT NULL,
    width bigint,
    height bigint,
    PRIMARY KEY (publication_id, name)
);
CREATE INDEX resources_blob ON resources (blob_id);
