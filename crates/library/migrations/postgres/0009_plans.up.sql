-- Plans that were given to readers, what was adjusted for one of them, and what they asked for.
CREATE TABLE user_plans (
    user_id uuid PRIMARY KEY NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- Without one the default plan of the configuration counts.
    plan TEXT CHECK (plan IN ('free', 'premium', 'ultimate')),
    until timestamptz,
    reason TEXT CHECK (reason IN ('gift', 'payment', 'trial')),
    -- In place of what the plan allows.
    books bigint,
    storage_bytes bigint,
    pictures_per_day bigint,
    pictures_per_month bigint,
    updated_at timestamptz NOT NULL
);

CREATE TABLE usage_days (
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- A date by UTC, as 2026-11-28.
    day TEXT NOT NULL,
    pictures bigint NOT NULL,
    PRIMARY KEY (user_id, day)
);
