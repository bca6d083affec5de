DROP TABLE resources;
DROP TABLE chapters;
DROP TABLE publications;
DROP TABLE blobs;
