-- Who opened which claim here, until a server has noted it.
CREATE TABLE claim_view(
    number INTEGER PRIMARY KEY,
    officer BLOB NOT NULL,
    claim TEXT NOT NULL,
    at_ms INTEGER NOT NULL
) STRICT;
