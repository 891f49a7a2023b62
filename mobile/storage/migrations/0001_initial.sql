CREATE TABLE setting(
    key TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- An officer on this tablet. The key's secret half is in slots.cbor, under the officer's passphrase.
CREATE TABLE author(
    id BLOB PRIMARY KEY,
    officer BLOB NOT NULL,
    public_key BLOB NOT NULL,
    code TEXT NOT NULL,                          -- one-time; empty once registered
    registered INTEGER NOT NULL DEFAULT 0,
    refused TEXT NOT NULL DEFAULT '',            -- the server's reason; cleared by each hello
    incarnation INTEGER NOT NULL DEFAULT 1
) STRICT, WITHOUT ROWID;

-- How far each of an author's chains has come here, and how much of it the server has.
CREATE TABLE chain(
    author BLOB NOT NULL REFERENCES author(id),
    incarnation INTEGER NOT NULL,
    counter INTEGER NOT NULL,
    hash BLOB NOT NULL,
    durable INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY(author, incarnation)
) STRICT, WITHOUT ROWID;

CREATE TABLE claim(
    crn TEXT PRIMARY KEY,
    key BLOB,                                    -- erasure key; null until pulled
    server_knows INTEGER NOT NULL DEFAULT 0,     -- the server has the key and a part of the claim
    site TEXT NOT NULL DEFAULT '',
    base BLOB,                                   -- fold of the ledger as pulled
    news INTEGER NOT NULL DEFAULT 0,             -- an answer or a receipt is on its way
    last_change INTEGER NOT NULL DEFAULT 0,
    summary BLOB,
    summary_day INTEGER NOT NULL DEFAULT 0,
    folded TEXT NOT NULL DEFAULT ''
) STRICT;

-- The outbox and the record of all that was saved here, in the order of saving. state: OwnState.
CREATE TABLE own_change_set(
    saved INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    author BLOB NOT NULL REFERENCES author(id),
    incarnation INTEGER NOT NULL,
    counter INTEGER NOT NULL,
    hash BLOB NOT NULL,
    claim TEXT NOT NULL REFERENCES claim(crn),
    bytes BLOB NOT NULL,
    signature BLOB NOT NULL,
    intent TEXT NOT NULL DEFAULT '',
    state INTEGER NOT NULL DEFAULT 0,
    note TEXT NOT NULL DEFAULT '',
    UNIQUE(author, incarnation, counter)
) STRICT;
CREATE INDEX own_by_claim ON own_change_set(claim, state);
CREATE INDEX own_pending ON own_change_set(saved) WHERE state = 0;

-- staged = 1: a fresh download under way, beside what it will take the place of.
CREATE TABLE scope(
    staged INTEGER NOT NULL DEFAULT 0,
    name TEXT NOT NULL,
    cursor INTEGER NOT NULL DEFAULT 0,
    checksum INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY(staged, name)
) STRICT, WITHOUT ROWID;

-- The ledger as pulled, one row a change set. bytes is null for one of own_change_set.
CREATE TABLE ledger_change_set(
    staged INTEGER NOT NULL DEFAULT 0,
    scope TEXT NOT NULL,
    seq INTEGER NOT NULL,
    place INTEGER NOT NULL,
    claim TEXT NOT NULL,
    id BLOB NOT NULL,
    bytes BLOB,
    parked INTEGER NOT NULL DEFAULT 0,           -- names an edit that is not here yet
    PRIMARY KEY(staged, scope, seq, place)
) STRICT;
CREATE INDEX ledger_by_claim ON ledger_change_set(claim, staged, parked);
CREATE INDEX ledger_by_id ON ledger_change_set(id);

CREATE TABLE blob(
    sha256 BLOB PRIMARY KEY,
    claim TEXT NOT NULL,
    size INTEGER NOT NULL,
    saved INTEGER NOT NULL,                      -- 1: made here, to be sent
    sent INTEGER NOT NULL DEFAULT 0,
    url TEXT NOT NULL DEFAULT '',
    refused TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX blob_waiting ON blob(claim) WHERE saved = 1 AND sent = 0;

CREATE TABLE blob_chunk(
    sha256 BLOB NOT NULL REFERENCES blob(sha256) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY(sha256, place)
) STRICT;

-- A statement that a pulled seal names.
CREATE TABLE wanted_blob(
    sha256 BLOB PRIMARY KEY,
    claim TEXT NOT NULL,
    refused INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE pack(
    id TEXT PRIMARY KEY,
    version TEXT NOT NULL,
    digest BLOB NOT NULL,
    archive BLOB NOT NULL
) STRICT, WITHOUT ROWID;
