-- What tells whose claim it is, folded: two claims of one person are found without reading any claim. Made with the
-- summary, and again whenever that is made.
CREATE TABLE claim_mark(
    mark TEXT NOT NULL,
    claim TEXT NOT NULL,
    PRIMARY KEY(mark, claim)
) STRICT, WITHOUT ROWID;
CREATE INDEX mark_by_claim ON claim_mark(claim);
-- Claims whose marks may be old.
CREATE INDEX claim_unread ON claim(crn) WHERE summary IS NULL;
UPDATE claim SET summary = NULL;
