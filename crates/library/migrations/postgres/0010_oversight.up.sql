-- Moderators, suspended accounts, and the log of what was done to accounts.
ALTER TABLE users DROP CONSTRAINT users_role_check;
ALTER TABLE users ADD CONSTRAINT users_role_check CHECK (role IN ('reader', 'moderator', 'administrator'));
ALTER TABLE users ADD COLUMN suspended_at timestamptz;
ALTER TABLE users ADD COLUMN suspension_reason TEXT;

CREATE TABLE audit_entries (
    -- 1, 2, 3 without a gap.
    seq bigint PRIMARY KEY NOT NULL,
    at timestamptz NOT NULL,
    actor TEXT NOT NULL,
    -- JSON as it was hashed, to the byte.
    act TEXT NOT NULL,
    previous TEXT NOT NULL,
    -- SHA-256 of all that is above, so that an entry vouches for all before it.
    hash TEXT NOT NULL
);
CREATE FUNCTION audit_entries_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the audit log is only appended to'; END $$;
CREATE TRIGGER audit_entries_unchanged BEFORE UPDATE OR DELETE ON audit_entries
FOR EACH ROW EXECUTE FUNCTION audit_entries_refuse();
CREATE TRIGGER audit_entries_not_emptied BEFORE TRUNCATE ON audit_entries
FOR EACH STATEMENT EXECUTE FUNCTION audit_entries_refuse();

-- The last entry: who appends locks this row, and a log that was cut short does not match it.
CREATE TABLE audit_head (
    id bigint PRIMARY KEY NOT NULL CHECK (id = 1),
    seq bigint NOT NULL,
    hash TEXT NOT NULL
);
INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, '');
