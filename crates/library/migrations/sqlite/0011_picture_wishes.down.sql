DROP TABLE picture_settings;
DROP TABLE picture_shares;
DROP TABLE picture_choices;
DROP TABLE picture_reports;
ALTER TABLE pictures DROP COLUMN withdrawn_at;
