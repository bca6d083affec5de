-- Of pictures that the older schema cannot tell apart the first is kept.
DELETE FROM pictures WHERE EXISTS (
    SELECT 1 FROM pictures AS other
    WHERE other.description_id = pictures.description_id AND other.style = pictures.style
        AND other.seed = pictures.seed AND other.id < pictures.id
);
-- SQLite cannot change a constraint: the table and those that point to it are made anew.
CREATE TABLE pictures_new (
    id BLOB PRIMARY KEY NOT NULL,
    description_id BLOB NOT NULL REFERENCES descriptions (id) ON DELETE CASCADE,
    publication_id BLOB NOT NULL REFERENCES publications (id) ON DELETE CASCADE,
    style TEXT NOT NULL,
    seed INTEGER NOT NULL,
    provider TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    placeholder TEXT NOT NULL,
    alt TEXT NOT NULL,
    created_at TEXT NOT NULL,
    withdrawn_at TEXT,
    UNIQUE (description_id, style, seed)
) STRICT;
INSERT INTO pictures_new (
    id, description_id, publication_id, style, seed, provider, width, height, placeholder, alt, created_at, withdrawn_at
) SELECT
    id, description_id, publication_id, style, seed, provider, width, height, placeholder, alt, created_at, withdrawn_at
FROM pictures;

CREATE TABLE picture_files_new (
    picture_id BLOB NOT NULL REFERENCES pictures_new (id) ON DELETE CASCADE,
    -- 'original', or the width in pixels.
    size TEXT NOT NULL,
    blob_id BLOB NOT NULL REFERENCES blobs (id),
    media_type TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    PRIMARY KEY (picture_id, size)
) STRICT;
INSERT INTO picture_files_new SELECT picture_id, size, blob_id, media_type, width, height FROM picture_files;
DROP TABLE picture_files;

CREATE TABLE picture_reports_new (
    id BLOB PRIMARY KEY NOT NULL,
    picture_id BLOB NOT NULL REFERENCES pictures_new (id) ON DELETE CASCADE,
    user_id BLOB REFERENCES users (id) ON DELETE SET NULL,
    reason TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT;
INSERT INTO picture_reports_new SELECT id, picture_id, user_id, reason, created_at FROM picture_reports;
DROP TABLE picture_reports;

CREATE TABLE picture_choices_new (
    user_id BLOB NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    picture_id BLOB NOT NULL REFERENCES pictures_new (id) ON DELETE CASCADE,
    verdict TEXT NOT NULL CHECK (verdict IN ('chosen', 'discarded')),
    PRIMARY KEY (user_id, picture_id)
) STRICT;
INSERT INTO picture_choices_new SELECT user_id, picture_id, verdict FROM picture_choices;
DROP TABLE picture_choices;

CREATE TABLE picture_shares_new (
    -- SHA-256 of the token: the table does not open doors.
    token_hash TEXT PRIMARY KEY NOT NULL,
    user_id BLOB NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    picture_id BLOB NOT NULL REFERENCES pictures_new (id) ON DELETE CASCADE,
    created_at TEXT NOT NULL,
    UNIQUE (user_id, picture_id)
) STRICT;
INSERT INTO picture_shares_new SELECT token_hash, user_id, picture_id, created_at FROM picture_shares;
DROP TABLE picture_shares;

DROP TABLE pictures;
ALTER TABLE pictures_new RENAME TO pictures;
ALTER TABLE picture_files_new RENAME TO picture_files;
ALTER TABLE picture_reports_new RENAME TO picture_reports;
ALTER TABLE picture_choices_new RENAME TO picture_choices;
ALTER TABLE picture_shares_new RENAME TO picture_shares;
CREATE INDEX pictures_publication ON pictures (publication_id);
CREATE INDEX picture_files_blob ON picture_files (blob_id);
CREATE INDEX picture_reports_picture ON picture_reports (picture_id);
CREATE INDEX picture_reports_user ON picture_reports (user_id);
CREATE INDEX picture_choices_picture ON picture_choices (picture_id);
CREATE INDEX picture_shares_picture ON picture_shares (picture_id);
ALTER TABLE picture_settings DROP COLUMN words;
DROP TABLE picture_spending;
DROP TABLE picture_charges;
