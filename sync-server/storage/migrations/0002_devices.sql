-- Orders to tablets, the key that lies in a tablet's open vault, and forgotten passphrases (architecture, part 6).

ALTER TABLE device ADD COLUMN store_key BLOB;
ALTER TABLE device ADD COLUMN pending_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE device ADD COLUMN lock_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE device ADD COLUMN wipe_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE device ADD COLUMN wiped_ms INTEGER NOT NULL DEFAULT 0;

CREATE INDEX author_by_device ON author(device);

-- What a locked tablet asks for an officer who has forgotten the passphrase: one at a time.
CREATE TABLE release_request (
    device BLOB PRIMARY KEY REFERENCES device(id),
    code TEXT NOT NULL,
    officer BLOB NOT NULL,
    nonce BLOB NOT NULL,
    one_time_key BLOB NOT NULL,
    recovery BLOB NOT NULL,
    expires_ms INTEGER NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    answer BLOB                                  -- null until a supervisor typed the code
) STRICT, WITHOUT ROWID;
