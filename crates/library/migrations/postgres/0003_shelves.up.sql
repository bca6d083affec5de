-- A user's copy of a publication: the only way to reach it, beside the public catalogue.
CREATE TABLE books (
    id uuid PRIMARY KEY NOT NULL,
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    publication_id uuid NOT NULL REFERENCES publications (id),
    in_catalogue boolean NOT NULL,
    added_at timestamptz NOT NULL,
    UNIQUE (user_id, publication_id)
);
CREATE INDEX books_publication ON books (publication_id);
CREATE INDEX books_catalogue ON books (added_at) WHERE in_catalogue;

-- Where a reader is; written by compare-and-set on `version`.
CREATE TABLE positions (
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    publication_id uuid NOT NULL REFERENCES publications (id) ON DELETE CASCADE,
    revision TEXT NOT NULL,
    chapter bigint NOT NULL,
    start_offset bigint NOT NULL,
    fraction double precision NOT NULL,
    device TEXT NOT NULL,
    version bigint NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (user_id, publication_id)
);
CREATE INDEX positions_publication ON positions (publication_id);

CREATE TABLE position_history (
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    publication_id uuid NOT NULL REFERENCES publications (id) ON DELETE CASCADE,
    version bigint NOT NULL,
    revision TEXT NOT NULL,
    chapter bigint NOT NULL,
    start_offset bigint NOT NULL,
    fraction double precision NOT NULL,
    device TEXT NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (user_id, publication_id, version)
);
CREATE INDEX position_history_publication ON position_history (publication_id);
