-- The same for every database. Times are microseconds since the epoch. Neither table is copied by
-- snapshots: whoever gets hold of one can make no session, and a restored record makes a new key.

-- By which sessions of people are signed. The newest one counts.
CREATE TABLE session_key (
  number  BIGINT NOT NULL PRIMARY KEY,
  secret  TEXT   NOT NULL,
  created BIGINT NOT NULL
);

-- Sessions that were ended before their time, until that has come.
CREATE TABLE session_end (
  number  BIGINT NOT NULL PRIMARY KEY,
  whose   TEXT   NOT NULL,
  ended   BIGINT NOT NULL,
  until   BIGINT NOT NULL
);

CREATE INDEX session_end_until ON session_end (until);
