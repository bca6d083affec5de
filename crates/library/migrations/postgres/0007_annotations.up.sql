-- Bookmarks, highlights and notes. The reader's device makes the id, so a write sent twice is one annotation.
CREATE TABLE annotations (
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    id uuid NOT NULL,
    publication_id uuid NOT NULL REFERENCES publications (id) ON DELETE CASCADE,
    revision TEXT NOT NULL,
    chapter bigint NOT NULL,
    start_offset bigint NOT NULL,
    end_offset bigint NOT NULL,
    quote TEXT NOT NULL,
    colour TEXT NOT NULL,
    note TEXT NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (user_id, id)
);
CREATE INDEX annotations_book ON annotations (publication_id, user_id, chapter, start_offset);
