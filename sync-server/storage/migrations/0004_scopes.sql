-- Where claims belong, and what tablets hold (architecture, part 5, "Scopes").

-- Further sites of a tablet, beside the one that it was enrolled for.
CREATE TABLE device_site (
    device BLOB NOT NULL REFERENCES device(id),
    site TEXT NOT NULL REFERENCES site(id),
    PRIMARY KEY (device, site)
) STRICT, WITHOUT ROWID;

-- Folded from the ledger, with claim, claim_view and scope_head.
CREATE TABLE scope_event (
    scope TEXT NOT NULL,
    claim TEXT NOT NULL,
    seq INTEGER NOT NULL,
    enters INTEGER NOT NULL,
    PRIMARY KEY (scope, claim, seq)
) STRICT, WITHOUT ROWID;
ALTER TABLE claim ADD COLUMN entered_seq INTEGER NOT NULL DEFAULT 0;
ALTER TABLE claim ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE claim ADD COLUMN erased_ms INTEGER NOT NULL DEFAULT 0;

-- How the folded tables were made; another version than the program's: it makes them again when it opens.
CREATE TABLE fold (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    version INTEGER NOT NULL
) STRICT;
INSERT INTO fold VALUES (1, 0);

-- How far each tablet was told of each scope: what it says to have seen counts no further.
CREATE TABLE served_cursor (
    device BLOB NOT NULL,
    scope TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (device, scope)
) STRICT, WITHOUT ROWID;

-- What a tablet may still hold and is to drop. kind: 0 the claim left, 1 it was erased. A left claim's row goes when the
-- tablet confirms; an erased one's stays, with the time.
CREATE TABLE device_purge (
    device BLOB NOT NULL,
    claim TEXT NOT NULL,
    kind INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    now INTEGER NOT NULL DEFAULT 0,              -- leave now: whatever is in a verified backup
    confirmed_ms INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (device, claim)
) STRICT, WITHOUT ROWID;
CREATE INDEX device_purge_by_claim ON device_purge(claim);

-- Files of erased claims that are still to go from the disk.
CREATE TABLE blob_to_delete (
    sha256 BLOB PRIMARY KEY
) STRICT, WITHOUT ROWID;
