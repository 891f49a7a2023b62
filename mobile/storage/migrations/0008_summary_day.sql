-- Summaries of another day are found without reading any claim: those of a new morning are made again a few at a time.
CREATE INDEX claim_summary_day ON claim(summary_day) WHERE summary IS NOT NULL;
