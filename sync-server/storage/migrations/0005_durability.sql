-- What keeps the ledger from being lost with its disk: the journal, what is in a verified backup, and what a restore
-- left to be settled.

-- `number` counts the journal's records whether a file is kept or not; it moves in the transaction of what a record
-- tells of, so that a file that misses one is found out. `path` is empty while no journal is kept.
CREATE TABLE journal (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    number INTEGER NOT NULL,
    path TEXT NOT NULL
) STRICT;
INSERT INTO journal VALUES (1, 0, '');

-- durable_through: per chain, the highest counter whose change sets and blobs are in a verified backup.
CREATE TABLE durable_head (
    author BLOB NOT NULL,
    incarnation INTEGER NOT NULL,
    counter INTEGER NOT NULL,
    PRIMARY KEY (author, incarnation)
) STRICT, WITHOUT ROWID;

CREATE TABLE verified_backup (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    taken_ms INTEGER NOT NULL,
    verified_ms INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    journal_number INTEGER NOT NULL
) STRICT;

-- This ledger was restored. `settled`: transfers that were under way are `unknown` since.
CREATE TABLE restored (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    at_ms INTEGER NOT NULL,
    backup_ms INTEGER NOT NULL,
    with_journal INTEGER NOT NULL,
    settled INTEGER NOT NULL
) STRICT;

-- After a restore without a journal nothing leaves for a target until a person has compared its list.
CREATE TABLE target_compared (
    target TEXT PRIMARY KEY,
    at_ms INTEGER NOT NULL,
    who TEXT NOT NULL
) STRICT, WITHOUT ROWID;
