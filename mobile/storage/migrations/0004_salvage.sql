-- After a salvage: change sets of this chain that the server has and this store has not. -1: not known until the
-- server says how far it has received the chain.
ALTER TABLE chain ADD COLUMN missing INTEGER NOT NULL DEFAULT 0;
