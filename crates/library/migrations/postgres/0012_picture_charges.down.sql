DROP INDEX pictures_user;
-- Of pictures that the older schema cannot tell apart the first is kept.
DELETE FROM pictures AS one USING pictures AS other
WHERE one.description_id = other.description_id AND one.style = other.style AND one.seed = other.seed
    AND one.id > other.id;
ALTER TABLE pictures DROP CONSTRAINT pictures_manner_key;
ALTER TABLE pictures ADD CONSTRAINT pictures_description_id_style_seed_key UNIQUE (description_id, style, seed);
ALTER TABLE pictures DROP COLUMN user_id;
ALTER TABLE pictures DROP COLUMN alt_folded;
ALTER TABLE pictures DROP COLUMN online;
ALTER TABLE pictures DROP COLUMN words;
ALTER TABLE picture_settings DROP COLUMN words;
DROP TABLE picture_spending;
DROP TABLE picture_charges;
