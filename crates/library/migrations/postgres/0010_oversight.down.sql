DROP TABLE audit_head;
DROP TABLE audit_entries;
DROP FUNCTION audit_entries_refuse();
ALTER TABLE users DROP COLUMN suspension_reason;
ALTER TABLE users DROP COLUMN suspended_at;
UPDATE users SET role = 'reader' WHERE role = 'moderator';
ALTER TABLE users DROP CONSTRAINT users_role_check;
ALTER TABLE users ADD CONSTRAINT users_role_check CHECK (role IN ('reader', 'administrator'));
