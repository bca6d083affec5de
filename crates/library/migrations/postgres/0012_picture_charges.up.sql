-- What a picture was counted as when it was ordered, so that it can be given back once when it fails.
CREATE TABLE picture_charges (
    job_id uuid PRIMARY KEY NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    -- Whose day it counts in; nobody's for a picture that the house ordered.
    user_id uuid REFERENCES users (id) ON DELETE SET NULL,
    -- A date by UTC, as 2026-11-28.
    day TEXT NOT NULL,
    -- Counted in the month's budget: the dearest service's price until the picture is there, then what it did cost.
    cost_micros bigint NOT NULL,
    refunded boolean NOT NULL
);
CREATE INDEX picture_charges_user ON picture_charges (user_id);

CREATE TABLE picture_spending (
    -- As 2026-11, by UTC.
    month TEXT PRIMARY KEY NOT NULL,
    micros bigint NOT NULL
);

-- The reader's own words for the style of a book.
ALTER TABLE picture_settings ADD COLUMN words TEXT;

-- A picture is told apart by those words and by who was let draw it too.
ALTER TABLE pictures ADD COLUMN words TEXT NOT NULL DEFAULT '';
-- Whether the services of the configuration were let draw it.
ALTER TABLE pictures ADD COLUMN online boolean NOT NULL DEFAULT FALSE;
UPDATE pictures SET online = provider <> 'offline';
-- Its alt text for search; empty for pictures older than it.
ALTER TABLE pictures ADD COLUMN alt_folded TEXT NOT NULL DEFAULT '';
-- Who asked for it.
ALTER TABLE pictures ADD COLUMN user_id uuid REFERENCES users (id) ON DELETE SET NULL;
ALTER TABLE pictures DROP CONSTRAINT pictures_description_id_style_seed_key;
ALTER TABLE pictures ADD CONSTRAINT pictures_manner_key UNIQUE (description_id, style, words, online, seed);
CREATE INDEX pictures_user ON pictures (user_id);
