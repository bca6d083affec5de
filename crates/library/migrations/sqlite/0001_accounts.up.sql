-- People, and the refresh tokens that keep them signed in.
CREATE TABLE users (
    id BLOB PRIMARY KEY NOT NULL,
    email TEXT NOT NULL,
    -- Lower case: an address is taken whatever its letters' case.
    email_folded TEXT NOT NULL UNIQUE,
    full_name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('reader', 'administrator')),
    synthetic INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX users_synthetic ON users (created_at) WHERE synthetic;

-- One sign-in on one device; ended as a whole when one of its tokens is used twice.
CREATE TABLE session_families (
    id BLOB PRIMARY KEY NOT NULL,
    user_id BLOB NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    device TEXT NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    ended_at TEXT
) STRICT;
CREATE INDEX session_families_user ON session_families (user_id);
CREATE INDEX session_families_expiry ON session_families (expires_at);

CREATE TABLE refresh_tokens (
    -- SHA-256 of the token: the table does not open doors.
    token_hash TEXT PRIMARY KEY NOT NULL,
    family_id BLOB NOT NULL REFERENCES session_families (id) ON DELETE CASCADE,
    issued_at TEXT NOT NULL,
    used_at TEXT
) STRICT;
CREATE INDEX refresh_tokens_family ON refresh_tokens (family_id);
