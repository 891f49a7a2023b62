-- Which scope each claim is in, with the checksum of its rows. staged as in scope.
CREATE TABLE claim_scope(
    staged INTEGER NOT NULL DEFAULT 0,
    claim TEXT NOT NULL,
    scope TEXT NOT NULL,
    checksum INTEGER NOT NULL,
    PRIMARY KEY(staged, claim)
) STRICT, WITHOUT ROWID;

-- Claims that this tablet may hold no more, as the last reply listed them. kind: PurgeKind. dropped: told to the server.
CREATE TABLE purge(
    claim TEXT PRIMARY KEY,
    kind INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    dropped INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- 0: the claim was dropped or erased here, and the header alone is left, so that the chain can still be offered.
ALTER TABLE own_change_set ADD COLUMN content INTEGER NOT NULL DEFAULT 1;

-- A row has one number, whatever its scope is by now.
CREATE UNIQUE INDEX ledger_by_seq ON ledger_change_set(staged, seq, place);

-- The checksums of what is here already are not known: it is fetched afresh, beside the old copy.
DELETE FROM ledger_change_set WHERE staged = 1;
DELETE FROM scope WHERE staged = 1;
INSERT INTO setting(key, value) SELECT 'fresh', x'31' WHERE EXISTS(SELECT 1 FROM scope) ON CONFLICT DO NOTHING;
INSERT INTO scope(staged, name) SELECT 1, name FROM scope WHERE staged = 0;
ALTER TABLE scope DROP COLUMN checksum;
