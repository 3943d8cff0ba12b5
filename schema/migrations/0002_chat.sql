-- Which updates of the bot were already taken, so that none is answered twice. tag: keyed hash of the update's number.
CREATE TABLE seen_update (
  tag        BLOB    NOT NULL PRIMARY KEY,
  expires_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX seen_update_expiry ON seen_update (expires_at);

-- One row a chat with the bot, for 20 minutes after its last touch. tag: keyed hash of the chat under the day's key.
-- session, leftover: sealed (crypto/seal.ts). expires_at: Unix seconds, whole minutes.
CREATE TABLE chat (
  tag        BLOB    NOT NULL PRIMARY KEY,
  session    BLOB    NOT NULL,
  leftover   BLOB,
  expires_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX chat_expiry ON chat (expires_at);
