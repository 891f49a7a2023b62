-- What a supervisor decided about the other branch of a fork. disposition: as in change_set; 2 waits for a person.
ALTER TABLE fork ADD COLUMN disposition INTEGER NOT NULL DEFAULT 2;
ALTER TABLE fork ADD COLUMN seq INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fork ADD COLUMN reason TEXT NOT NULL DEFAULT 'This tablet was restored or copied.';

CREATE INDEX set_aside_by_kind ON set_aside(kind, at_ms);

-- Claims whose gate to the targets is to be asked again by a server that has form packs: a decision was taken by the
-- command line, which has none.
CREATE TABLE look_again (
    claim TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
