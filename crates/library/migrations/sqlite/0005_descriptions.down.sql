DROP TABLE characters;
DROP TABLE descriptions;
