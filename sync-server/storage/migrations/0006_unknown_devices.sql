-- After a restore without a journal: tablets that asked for a session and are not known. A person looks at them.
CREATE TABLE unknown_device (
    id BLOB PRIMARY KEY,
    first_ms INTEGER NOT NULL,
    last_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
