-- Bookmarks, highlights and notes. The reader's device makes the id, so a write sent twice is one annotation.
CREATE TABLE annotations (
    user_id BLOB NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    id BLOB NOT NULL,
    publication_id BLOB NOT NULL REFERENCES publications (id) ON DELETE CASCADE,
    revision TEXT NOT NULL,
    chapter INTEGER NOT NULL,
    start_offset INTEGER NOT NULL,
    end_offset INTEGER NOT NULL,
    quote TEXT NOT NULL,
    colour TEXT NOT NULL,
    note TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (user_id, id)
) STRICT;
CREATE INDEX annotations_book ON annotations (publication_id, user_id, chapter, start_offset);
