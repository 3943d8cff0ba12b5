-- A sealed talk (docs/talk.md). Every cell is a keyed hash, a sealed blob (crypto/seal.ts), a small integer or an expiry in Unix seconds,
-- whole five minutes. What each holds: schema/storage.md.

CREATE TABLE talk (
  tag        BLOB    NOT NULL PRIMARY KEY,
  state      INTEGER NOT NULL,
  version    INTEGER NOT NULL,
  holder     BLOB,
  sealed     BLOB    NOT NULL,
  expires_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX talk_expiry ON talk (expires_at);
CREATE INDEX talk_state ON talk (state, expires_at);
CREATE INDEX talk_holder ON talk (holder, expires_at);

CREATE TABLE mail (
  talk       BLOB    NOT NULL,
  direction  INTEGER NOT NULL,
  epoch      INTEGER NOT NULL,
  n          INTEGER NOT NULL,
  sealed     BLOB    NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (talk, direction, epoch, n)
) WITHOUT ROWID;

CREATE INDEX mail_expiry ON mail (expires_at);

CREATE TABLE shift (
  tag        BLOB    NOT NULL PRIMARY KEY,
  state      INTEGER NOT NULL,
  sealed     BLOB    NOT NULL,
  expires_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX shift_expiry ON shift (expires_at);

CREATE TABLE peek (
  shift      BLOB    NOT NULL,
  talk       BLOB    NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (shift, talk)
) WITHOUT ROWID;

CREATE INDEX peek_expiry ON peek (expires_at);

CREATE TABLE used (
  tag        BLOB    NOT NULL PRIMARY KEY,
  expires_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX used_expiry ON used (expires_at);

CREATE TABLE tries (
  tag        BLOB    NOT NULL PRIMARY KEY,
  times      INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX tries_expiry ON tries (expires_at);

CREATE TABLE capsule (
  tag        BLOB    NOT NULL PRIMARY KEY,
  auth       BLOB    NOT NULL,
  reader     BLOB,
  sealed     BLOB    NOT NULL,
  expires_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX capsule_expiry ON capsule (expires_at);

CREATE TABLE reply (
  box        BLOB    NOT NULL,
  tag        BLOB    NOT NULL,
  sealed     BLOB    NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (box, tag)
) WITHOUT ROWID;

CREATE INDEX reply_expiry ON reply (expires_at);

CREATE TABLE roster (
  seq        INTEGER NOT NULL PRIMARY KEY,
  sealed     BLOB    NOT NULL,
  expires_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE enrolment (
  tag        BLOB    NOT NULL PRIMARY KEY,
  sealed     BLOB    NOT NULL,
  expires_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX enrolment_expiry ON enrolment (expires_at);
