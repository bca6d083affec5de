DROP TABLE exports;
DROP TABLE picture_files;
DROP TABLE pictures;
