DROP TABLE job_pauses;
DROP TABLE job_turns;
DROP TABLE jobs;
