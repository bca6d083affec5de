-- Plans that were given to readers, what was adjusted for one of them, and what they asked for.
CREATE TABLE user_plans (
    user_id BLOB PRIMARY KEY NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- Without one the default plan of the configuration counts.
    plan TEXT CHECK (plan IN ('free', 'premium', 'ultimate')),
    until TEXT,
    reason TEXT CHECK (reason IN ('gift', 'payment', 'trial')),
    -- In place of what the plan allows.
    books INTEGER,
    storage_bytes INTEGER,
    pictures_per_day INTEGER,
    pictures_per_month INTEGER,
    updated_at TEXT NOT NULL
) STRICT;

CREATE TABLE usage_days (
    user_id BLOB NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- A date by UTC, as 2026-11-28.
    day TEXT NOT NULL,
    pictures INTEGER NOT NULL,
    PRIMARY KEY (user_id, day)
) STRICT;
