-- One picture of a description in one style with one seed.
CREATE TABLE pictures (
    id uuid PRIMARY KEY NOT NULL,
    description_id uuid NOT NULL REFERENCES descriptions (id) ON DELETE CASCADE,
    publication_id uuid NOT NULL REFERENCES publications (id) ON DELETE CASCADE,
    style TEXT NOT NULL,
    seed bigint NOT NULL,
    provider TEXT NOT NULL,
    width bigint NOT NULL,
    height bigint NOT NULL,
    placeholder TEXT NOT NULL,
    alt TEXT NOT NULL,
    created_at timestamptz NOT NULL,
    UNIQUE (description_id, style, seed)
);
CREATE INDEX pictures_publication ON pictures (publication_id);

CREATE TABLE picture_files (
    picture_id uuid NOT NULL REFERENCES pictures (id) ON DELETE CASCADE,
    -- 'original', or the width in pixels.
    size TEXT NOT NULL,
    blob_id uuid NOT NULL REFERENCES blobs (id),
    media_type TEXT NOT NULL,
    width bigint NOT NULL,
    height bigint NOT NULL,
    PRIMARY KEY (picture_id, size)
);
CREATE INDEX picture_files_blob ON picture_files (blob_id);

-- The latest illustrated EPUB of a publication.
CREATE TABLE exports (
    publication_id uuid PRIMARY KEY NOT NULL REFERENCES publications (id) ON DELETE CASCADE,
    blob_id uuid NOT NULL REFERENCES blobs (id),
    picture_count bigint NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX exports_blob ON exports (blob_id);
