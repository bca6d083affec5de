-- A user's copy of a publication: the only way to reach it, beside the public catalogue.
CREATE TABLE books (
    id BLOB PRIMARY KEY NOT NULL,
    user_id BLOB NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    publication_id BLOB NOT NULL REFERENCES publications (id),
    in_catalogue INTEGER NOT NULL,
    added_at TEXT NOT NULL,
    UNIQUE (user_id, publication_id)
) STRICT;
CREATE INDEX books_publication ON books (publication_id);
CREATE INDEX books_catalogue ON books (added_at) WHERE in_catalogue;

-- Where a reader is; written by compare-and-set on `version`.
CREATE TABLE positions (
    user_id BLOB NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    publication_id BLOB NOT NULL REFERENCES publications (id) ON DELETE CASCADE,
    revision TEXT NOT NULL,
    chapter INTEGER NOT NULL,
    start_offset INTEGER NOT NULL,
    fraction REAL NOT NULL,
    device TEXT NOT NULL,
    version INTEGER NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (user_id, publication_id)
) STRICT;
CREATE INDEX positions_publication ON positions (publication_id);

CREATE TABLE position_history (
    user_id BLOB NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    publication_id BLOB NOT NULL REFERENCES publications (id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    revision TEXT NOT NULL,
    chapter INTEGER NOT NULL,
    start_offset INTEGER NOT NULL,
    fraction REAL NOT NULL,
    device TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (user_id, publication_id, version)
) STRICT;
CREATE INDEX position_history_publication ON position_history (publication_id);
