-- Letters on their way out, and the proofs that they carry.
ALTER TABLE users ADD COLUMN email_verified_at TEXT;
ALTER TABLE users ADD COLUMN language TEXT NOT NULL DEFAULT 'ru' CHECK (language IN ('ru', 'en'));

CREATE TABLE mails (
    id BLOB PRIMARY KEY NOT NULL,
    -- Nobody yet when a stranger asked: the account is looked for when the letter is written.
    user_id BLOB REFERENCES users (id) ON DELETE CASCADE,
    recipient TEXT NOT NULL,
    recipient_folded TEXT NOT NULL,
    language TEXT NOT NULL,
    kind TEXT NOT NULL,
    -- What the letter tells, never a secret: proofs are made when it leaves.
    letter TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'dropped', 'bounced')),
    created_at TEXT NOT NULL,
    settled_at TEXT
) STRICT;
CREATE INDEX mails_user ON mails (user_id);
CREATE INDEX mails_recipient ON mails (recipient_folded, created_at);
CREATE INDEX mails_created ON mails (created_at);

-- Who shows the token of a row can read the mail of its address.
CREATE TABLE address_proofs (
    -- SHA-256 of the token: the table does not open doors.
    token_hash TEXT PRIMARY KEY NOT NULL,
    user_id BLOB NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    purpose TEXT NOT NULL CHECK (purpose IN ('address', 'password')),
    email TEXT NOT NULL,
    expires_at TEXT NOT NULL
) STRICT;
CREATE INDEX address_proofs_user ON address_proofs (user_id);
CREATE INDEX address_proofs_expiry ON address_proofs (expires_at);
