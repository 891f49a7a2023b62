-- The same bytes may belong to several claims: they are kept once, and sent for each (hazard H42).

CREATE TABLE upload(
    saved INTEGER PRIMARY KEY,                   -- the order of saving
    sha256 BLOB NOT NULL REFERENCES blob(sha256) ON DELETE CASCADE,
    claim TEXT NOT NULL,
    blocking INTEGER NOT NULL DEFAULT 0,         -- a statement: a submit waits for it
    sent INTEGER NOT NULL DEFAULT 0,
    url TEXT NOT NULL DEFAULT '',                -- where an attempt began
    refused TEXT NOT NULL DEFAULT '',
    UNIQUE(sha256, claim)
) STRICT;
CREATE INDEX upload_waiting ON upload(claim) WHERE sent = 0;
INSERT INTO upload(sha256, claim, sent, url, refused)
    SELECT sha256, claim, sent, url, refused FROM blob WHERE saved = 1 ORDER BY rowid;

DROP INDEX blob_waiting;
ALTER TABLE blob DROP COLUMN saved;
ALTER TABLE blob DROP COLUMN sent;
ALTER TABLE blob DROP COLUMN url;
ALTER TABLE blob DROP COLUMN refused;
