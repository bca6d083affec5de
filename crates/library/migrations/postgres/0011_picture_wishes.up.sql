-- What readers decide about pictures.
ALTER TABLE pictures ADD COLUMN withdrawn_at timestamptz;

-- Why a picture was withdrawn.
CREATE TABLE picture_reports (
    id uuid PRIMARY KEY NOT NULL,
    picture_id uuid NOT NULL REFERENCES pictures (id) ON DELETE CASCADE,
    user_id uuid REFERENCES users (id) ON DELETE SET NULL,
    reason TEXT NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX picture_reports_picture ON picture_reports (picture_id);
CREATE INDEX picture_reports_user ON picture_reports (user_id);

-- Which of several pictures of a passage a reader wants to see, and which never again.
CREATE TABLE picture_choices (
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    picture_id uuid NOT NULL REFERENCES pictures (id) ON DELETE CASCADE,
    verdict TEXT NOT NULL CHECK (verdict IN ('chosen', 'discarded')),
    PRIMARY KEY (user_id, picture_id)
);
CREATE INDEX picture_choices_picture ON picture_choices (picture_id);

-- Addresses under which a reader shows a picture to people without an account.
CREATE TABLE picture_shares (
    -- SHA-256 of the token: the table does not open doors.
    token_hash TEXT PRIMARY KEY NOT NULL,
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    picture_id uuid NOT NULL REFERENCES pictures (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL,
    UNIQUE (user_id, picture_id)
);
CREATE INDEX picture_shares_picture ON picture_shares (picture_id);

-- How a reader wants a book illustrated; without a row, offline and in the configured style.
CREATE TABLE picture_settings (
    book_id uuid PRIMARY KEY NOT NULL REFERENCES books (id) ON DELETE CASCADE,
    -- Whether its words may be sent to the services of the configuration.
    online boolean NOT NULL,
    style TEXT
);
