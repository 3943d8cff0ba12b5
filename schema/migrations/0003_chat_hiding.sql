-- When the live message hides itself, if she chose: small integer from worker/store/hiding.ts, 0 while she chose nothing. Of the row, and gone
-- with it; after an hour instead of a quarter of one the row lives 65 minutes, not 20.
ALTER TABLE chat ADD COLUMN hiding INTEGER NOT NULL DEFAULT 0;
