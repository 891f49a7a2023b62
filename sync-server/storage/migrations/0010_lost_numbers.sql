-- After a restore: how far each chain was written in another history. What those headers say to have read is in that
-- history's numbers.
CREATE TABLE lost_numbers (
    author BLOB NOT NULL,
    incarnation INTEGER NOT NULL,
    through INTEGER NOT NULL,
    PRIMARY KEY (author, incarnation)
) STRICT, WITHOUT ROWID;
