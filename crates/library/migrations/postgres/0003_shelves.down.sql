DROP TABLE position_history;
DROP TABLE positions;
DROP TABLE books;
