-- A tablet tells again what it did not hear to be noted: one view is one row.
CREATE UNIQUE INDEX audit_view_once ON audit(claim, who, detail) WHERE what = 'claim-viewed-on-tablet';
