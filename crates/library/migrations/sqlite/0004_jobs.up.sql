-- The lease queue. A row is enqueued in the transaction of what it serves.
CREATE TABLE jobs (
    id BLOB PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    -- At most one live job per key.
    dedup_key TEXT NOT NULL,
    payload TEXT NOT NULL,
    user_id BLOB REFERENCES users (id) ON DELETE SET NULL,
    publication_id BLOB REFERENCES publications (id) ON DELETE CASCADE,
    state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
    priority INTEGER NOT NULL,
    run_at TEXT NOT NULL,
    -- Errors and abandoned leases are counted apart: a killed worker is not the job's fault.
    failures INTEGER NOT NULL,
    abandonments INTEGER NOT NULL,
    lease_owner BLOB,
    -- Grows with every claim: a worker that lost its lease cannot commit.
    lease_number INTEGER NOT NULL,
    lease_until TEXT,
    cancel_asked INTEGER NOT NULL,
    progress REAL NOT NULL,
    stage TEXT,
    error_code TEXT,
    error_detail TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    finished_at TEXT
) STRICT;
CREATE UNIQUE INDEX jobs_live_key ON jobs (dedup_key) WHERE state IN ('queued', 'running');
CREATE INDEX jobs_due ON jobs (priority, run_at) WHERE state = 'queued';
CREATE INDEX jobs_leased ON jobs (lease_until) WHERE state = 'running';
CREATE INDEX jobs_changed ON jobs (updated_at);
CREATE INDEX jobs_publication ON jobs (publication_id, created_at);
CREATE INDEX jobs_user ON jobs (user_id, kind, created_at);

-- When a user was last served, so that a long queue of one does not starve the others.
-- No foreign key: work of nobody is served under the nil id.
CREATE TABLE job_turns (
    user_id BLOB PRIMARY KEY NOT NULL,
    served_at TEXT NOT NULL
) STRICT;

-- Kinds that an operator has paused.
CREATE TABLE job_pauses (
    kind TEXT PRIMARY KEY NOT NULL,
    paused_at TEXT NOT NULL
) STRICT;
