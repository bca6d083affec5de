DROP TABLE audit_head;
DROP TABLE audit_entries;
ALTER TABLE users DROP COLUMN suspension_reason;
ALTER TABLE users DROP COLUMN suspended_at;
ALTER TABLE users ADD COLUMN rank TEXT NOT NULL DEFAULT 'reader' CHECK (rank IN ('reader', 'administrator'));
UPDATE users SET rank = role WHERE role = 'administrator';
ALTER TABLE users DROP COLUMN role;
ALTER TABLE users RENAME COLUMN rank TO role;
