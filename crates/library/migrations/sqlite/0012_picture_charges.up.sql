-- What a picture was counted as when it was ordered, so that it can be given back once when it fails.
CREATE TABLE picture_charges (
    job_id BLOB PRIMARY KEY NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    -- Whose day it counts in; nobody's for a picture that the house ordered.
    user_id BLOB REFERENCES users (id) ON DELETE SET NULL,
    -- A date by UTC, as 2026-11-28.
    day TEXT NOT NULL,
    -- Counted in the month's budget: the dearest service's price until the picture is there, then what it did cost.
    cost_micros INTEGER NOT NULL,
    refunded INTEGER NOT NULL
) STRICT;
CREATE INDEX picture_charges_user ON picture_charges (user_id);

CREATE TABLE picture_spending (
    -- As 2026-11, by UTC.
    month TEXT PRIMARY KEY NOT NULL,
    micros INTEGER NOT NULL
) STRICT;

-- The reader's own words for the style of a book.
ALTER TABLE picture_settings ADD COLUMN words TEXT;

-- A picture is told apart by those words and by who was let draw it too. SQLite cannot change a constraint: the table and those
-- that point to it are made anew.
CREATE TABLE pictures_new (
    id BLOB PRIMARY KEY NOT NULL,
    description_id BLOB NOT NULL REFERENCES descriptions (id) ON DELETE CASCADE,
    publication_id BLOB NOT NULL REFERENCES publications (id) ON DELETE CASCADE,
    style TEXT NOT NULL,
    words TEXT NOT NULL DEFAULT '',
    -- Whether the services of the configuration were let draw it.
    online INTEGER NOT NULL DEFAULT 0,
    seed INTEGER NOT NULL,
    provider TEXT NOT NULL,
    -- Who asked for it.
    user_id BLOB REFERENCES users (id) ON DELETE SET NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    placeholder TEXT NOT NULL,
    alt TEXT NOT NULL,
    -- The same for search; empty for pictures older than it.
    alt_folded TEXT NOT NULL DEFAULT '',
    created_at TEXT NOT NULL,
    withdrawn_at TEXT,
    UNIQUE (description_id, style, words, online, seed)
) STRICT;
INSERT INTO pictures_new (
    id, description_id, publication_id, style, online, seed, provider, width, height, placeholder, alt, created_at,
    withdrawn_at
) SELECT
    id, description_id, publication_id, style, provider <> 'offline', seed, provider, width, height, placeholder, alt,
    created_at, withdrawn_at
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
CREATE INDEX pictures_user ON pictures (user_id);
CREATE INDEX picture_files_blob ON picture_files (blob_id);
CREATE INDEX picture_reports_picture ON picture_reports (picture_id);
CREATE INDEX picture_reports_user ON picture_reports (user_id);
CREATE INDEX picture_choices_picture ON picture_choices (picture_id);
CREATE INDEX picture_shares_picture ON picture_shares (picture_id);
