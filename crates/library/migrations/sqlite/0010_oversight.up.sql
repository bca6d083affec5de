-- Moderators, suspended accounts, and the log of what was done to accounts.
-- A new column takes the old one's place, because the old one's check knows two roles only.
ALTER TABLE users ADD COLUMN rank TEXT NOT NULL DEFAULT 'reader' CHECK (rank IN ('reader', 'moderator', 'administrator'));
UPDATE users SET rank = role;
ALTER TABLE users DROP COLUMN role;
ALTER TABLE users RENAME COLUMN rank TO role;
ALTER TABLE users ADD COLUMN suspended_at TEXT;
ALTER TABLE users ADD COLUMN suspension_reason TEXT;

CREATE TABLE audit_entries (
    -- 1, 2, 3 without a gap.
    seq INTEGER PRIMARY KEY NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    -- JSON as it was hashed, to the byte.
    act TEXT NOT NULL,
    previous TEXT NOT NULL,
    -- SHA-256 of all that is above, so that an entry vouches for all before it.
    hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER audit_entries_unchanged BEFORE UPDATE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'the audit log is only appended to'); END;
CREATE TRIGGER audit_entries_kept BEFORE DELETE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'the audit log is only appended to'); END;

-- The last entry: who appends locks this row, and a log that was cut short does not match it.
CREATE TABLE audit_head (
    id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL
) STRICT;
INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, '');
