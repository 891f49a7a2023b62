-- Lists and search read this index alone: a claim's row holds its fold, and pages of it would be read for each.
CREATE INDEX claim_list ON claim(last_change DESC, crn, site, server_knows, summary_day, folded, summary)
    WHERE key IS NOT NULL;
