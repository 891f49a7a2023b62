-- The server's ledger (architecture, part 5). Ids are 16 bytes, hashes 32; times are milliseconds since 1970, UTC.

CREATE TABLE identity (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    epoch BLOB NOT NULL,
    salt BLOB NOT NULL,
    author BLOB NOT NULL,
    incarnation INTEGER NOT NULL
) STRICT;

-- Who there is ---------------------------------------------------------------------------------------------------------

CREATE TABLE site (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE officer (
    id BLOB PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    site TEXT NOT NULL REFERENCES site(id),
    code_hash BLOB,
    code_tries INTEGER NOT NULL DEFAULT 0,
    code_expires_ms INTEGER NOT NULL DEFAULT 0,
    login TEXT UNIQUE,
    password_hash TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

CREATE TABLE device (
    id BLOB PRIMARY KEY,
    name TEXT NOT NULL,
    device_key BLOB NOT NULL,
    site TEXT NOT NULL REFERENCES site(id),
    enrolled_ms INTEGER NOT NULL,
    last_seen_ms INTEGER NOT NULL DEFAULT 0,
    revoked_ms INTEGER NOT NULL DEFAULT 0,
    pending INTEGER NOT NULL DEFAULT 0,
    app TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

CREATE TABLE enrolment_code (
    lookup INTEGER PRIMARY KEY,
    secret_hash BLOB NOT NULL,
    site TEXT NOT NULL REFERENCES site(id),
    expires_ms INTEGER NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    used_ms INTEGER NOT NULL DEFAULT 0,
    device BLOB
) STRICT;

CREATE TABLE author (
    id BLOB PRIMARY KEY,
    officer BLOB NOT NULL REFERENCES officer(id),
    device BLOB NOT NULL REFERENCES device(id),
    author_key BLOB NOT NULL,
    registered_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What was received: chains, and what became of each change set ----------------------------------------------------------

CREATE TABLE author_head (
    author BLOB NOT NULL,
    incarnation INTEGER NOT NULL,
    counter INTEGER NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (author, incarnation)
) STRICT, WITHOUT ROWID;

CREATE TABLE change_set (
    author BLOB NOT NULL,
    incarnation INTEGER NOT NULL,
    counter INTEGER NOT NULL,
    hash BLOB NOT NULL,
    claim TEXT NOT NULL,
    disposition INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (author, incarnation, counter)
) STRICT, WITHOUT ROWID;
CREATE INDEX change_set_by_claim ON change_set(claim);

-- Both branches of a fork are kept: this is the one that came second.
CREATE TABLE fork (
    hash BLOB PRIMARY KEY,
    author BLOB NOT NULL,
    incarnation INTEGER NOT NULL,
    counter INTEGER NOT NULL,
    device BLOB NOT NULL,
    at_ms INTEGER NOT NULL,
    bytes BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Received and not applied: parked (an edit that it names is not here yet) or in quarantine (with the reason).
CREATE TABLE set_aside (
    hash BLOB PRIMARY KEY,
    kind INTEGER NOT NULL,
    claim TEXT NOT NULL,
    author BLOB NOT NULL,
    incarnation INTEGER NOT NULL,
    counter INTEGER NOT NULL,
    device BLOB NOT NULL,
    at_ms INTEGER NOT NULL,
    reason TEXT NOT NULL,
    bytes BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX set_aside_by_claim ON set_aside(claim, kind, at_ms, author, incarnation, counter);

-- The ledger ------------------------------------------------------------------------------------------------------------

-- One row; advanced in the transaction that uses the number, so that seq order is commit order (hazard H03).
CREATE TABLE sequencer (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    seq INTEGER NOT NULL
) STRICT;
INSERT INTO sequencer VALUES (1, 0);

CREATE TABLE ledger (
    seq INTEGER PRIMARY KEY,
    scope TEXT NOT NULL,
    claim TEXT NOT NULL,
    author BLOB NOT NULL,
    incarnation INTEGER NOT NULL,
    device BLOB NOT NULL,
    received_ms INTEGER NOT NULL,
    ids BLOB NOT NULL,
    change_sets BLOB NOT NULL
) STRICT;
CREATE INDEX ledger_by_scope ON ledger(scope, seq);
CREATE INDEX ledger_by_claim ON ledger(claim, seq);

CREATE TABLE claim_key (
    claim TEXT PRIMARY KEY,
    key BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Folded from the ledger: `fieldclaim-server rebuild` makes these three again, byte for byte.
CREATE TABLE scope_head (
    scope TEXT PRIMARY KEY,
    seq INTEGER NOT NULL,
    checksum INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE claim (
    crn TEXT PRIMARY KEY,
    scope TEXT NOT NULL,
    first_seq INTEGER NOT NULL,
    last_seq INTEGER NOT NULL,
    change_sets INTEGER NOT NULL,
    begun_ms INTEGER NOT NULL,
    updated_ms INTEGER NOT NULL,
    state BLOB NOT NULL
) STRICT;

CREATE TABLE claim_view (
    crn TEXT PRIMARY KEY,
    scope TEXT NOT NULL,
    name TEXT NOT NULL,
    name_folded TEXT NOT NULL,
    nino TEXT NOT NULL,
    benefits TEXT NOT NULL,
    stage TEXT NOT NULL,
    urgent INTEGER NOT NULL,
    conflicts INTEGER NOT NULL,
    begun_ms INTEGER NOT NULL,
    updated_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_view_by_name ON claim_view(name_folded);
CREATE INDEX claim_view_by_nino ON claim_view(nino);
CREATE INDEX claim_view_by_stage ON claim_view(scope, stage, updated_ms);

-- Intents that wait for a statement's blob.
CREATE TABLE waiting_intent (
    hash BLOB PRIMARY KEY,
    claim TEXT NOT NULL,
    bytes BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX waiting_intent_by_claim ON waiting_intent(claim);

-- Blobs -----------------------------------------------------------------------------------------------------------------

CREATE TABLE blob (
    sha256 BLOB PRIMARY KEY,
    size INTEGER NOT NULL,
    verified_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE blob_claim (
    claim TEXT NOT NULL,
    sha256 BLOB NOT NULL REFERENCES blob(sha256),
    PRIMARY KEY (claim, sha256)
) STRICT, WITHOUT ROWID;
CREATE INDEX blob_claim_by_blob ON blob_claim(sha256);

CREATE TABLE upload (
    id BLOB PRIMARY KEY,
    device BLOB NOT NULL,
    sha256 BLOB NOT NULL,
    claim TEXT NOT NULL,
    size INTEGER NOT NULL,
    created_ms INTEGER NOT NULL,
    finished INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX upload_by_blob ON upload(device, sha256, claim);

-- Transfers: the outbox, written in the transaction that sees a claim ready -------------------------------------------------

CREATE TABLE transfer (
    id TEXT PRIMARY KEY,
    claim TEXT NOT NULL,
    target TEXT NOT NULL,
    kind INTEGER NOT NULL,
    place INTEGER NOT NULL,
    urgent INTEGER NOT NULL,
    state TEXT NOT NULL,
    final INTEGER NOT NULL,
    running INTEGER NOT NULL,
    next_at_ms INTEGER NOT NULL,
    idempotency_key TEXT NOT NULL UNIQUE,
    receipt_id TEXT NOT NULL,
    statement BLOB NOT NULL,
    content_type TEXT NOT NULL,
    payload BLOB NOT NULL,
    record TEXT NOT NULL,
    revision INTEGER NOT NULL,
    created_ms INTEGER NOT NULL,
    updated_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX transfer_by_claim ON transfer(claim, target, place);
CREATE INDEX transfer_due ON transfer(target, next_at_ms) WHERE running = 1;
CREATE INDEX transfer_open ON transfer(target, claim, place) WHERE final = 0;
CREATE INDEX transfer_by_receipt ON transfer(target, receipt_id) WHERE receipt_id <> '';

-- Who saw and did what ----------------------------------------------------------------------------------------------------

CREATE TABLE audit (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at_ms INTEGER NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL,
    claim TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;
CREATE INDEX audit_by_claim ON audit(claim, number);
