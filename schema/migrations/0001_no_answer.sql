-- "It did not answer": how often, by service and day, so that somebody rings and checks. Nothing of who said so.
-- service: small integer from guide/content/codes.json. expires_at: Unix seconds, a whole day, 90 days after the day it counts.
CREATE TABLE no_answer (
  service    INTEGER NOT NULL,
  times      INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (service, expires_at)
) WITHOUT ROWID;

CREATE INDEX no_answer_expiry ON no_answer (expires_at);
