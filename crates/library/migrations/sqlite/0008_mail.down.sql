DROP TABLE address_proofs;
DROP TABLE mails;
ALTER TABLE users DROP COLUMN language;
ALTER TABLE users DROP COLUMN email_verified_at;
