-- How many of a tablet's change sets were here when it said how many it still had; -1: not known. What came since is no
-- longer missing.
ALTER TABLE device ADD COLUMN pending_received INTEGER NOT NULL DEFAULT -1;
