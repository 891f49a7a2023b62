-- Every version of a form pack that the server was started with. What was signed with one is judged by it for as long as
-- the claim is here, whatever folders the server is given later.
CREATE TABLE pack (
    name TEXT PRIMARY KEY,  -- working-age/2006.12.20-1
    archive BLOB NOT NULL   -- encodeArchive of its files
) STRICT;
