-- What is asked for at every step of a sync is answered from small indexes: reading rows for it made the time of a sync
-- grow with the square of what the tablet holds.

DROP INDEX own_pending;
CREATE INDEX own_by_state ON own_change_set(state);  -- with the rowid behind it: the outbox in its order, too
CREATE INDEX own_unreceived ON own_change_set(author, incarnation, counter, state) WHERE state = 0;
CREATE INDEX own_noted ON own_change_set(claim, saved) WHERE note <> '';
CREATE INDEX claim_news ON claim(crn) WHERE news = 1;
CREATE INDEX claim_unknown ON claim(crn) WHERE server_knows = 0;
CREATE INDEX upload_unsent ON upload(saved) WHERE sent = 0;
CREATE INDEX upload_by_claim ON upload(claim);
CREATE INDEX blob_by_claim ON blob(claim);

-- A claim's rows in their order: without it the rows of all claims were walked to avoid sorting those of one.
DROP INDEX ledger_by_claim;
CREATE INDEX ledger_by_claim ON ledger_change_set(claim, staged, seq, place, parked);
