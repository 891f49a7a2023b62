-- Scopes of the fresh download that come as snapshots, and how far each has come.
CREATE TABLE snapshot(
    scope TEXT PRIMARY KEY,
    etag TEXT NOT NULL DEFAULT '',               -- empty: not begun
    received INTEGER NOT NULL DEFAULT 0,         -- bytes
    tail BLOB NOT NULL DEFAULT x''               -- of a page that has not wholly come
) STRICT, WITHOUT ROWID;
