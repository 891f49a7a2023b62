-- A snapshot reads the claims of one scope, and so does the question whether a tablet needs one.
CREATE INDEX claim_by_scope ON claim(scope);
CREATE INDEX scope_event_by_seq ON scope_event(scope, seq);
