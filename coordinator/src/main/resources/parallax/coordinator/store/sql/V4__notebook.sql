-- The same for every database. Times are microseconds since the epoch.

-- What happened in incidents. Only ever appended to, by one writer at a time: see notebook_turn.
CREATE TABLE notebook (
  sequence BIGINT NOT NULL PRIMARY KEY,
  incident TEXT   NOT NULL,
  happened BIGINT NOT NULL,
  who      TEXT   NOT NULL,
  kind     TEXT   NOT NULL,
  document TEXT   NOT NULL
);

CREATE INDEX notebook_incident ON notebook (incident, sequence);

-- Whoever writes holds this row until the end, so that entries are seen in the order of their numbers.
CREATE TABLE notebook_turn (
  id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1)
);

INSERT INTO notebook_turn (id) VALUES (1);

-- Ids are digits and the letters a to f, which every database orders alike.
CREATE TABLE silence (
  id       TEXT   NOT NULL PRIMARY KEY,
  matchers TEXT   NOT NULL,
  begins   BIGINT NOT NULL,
  until    BIGINT NOT NULL,
  who      TEXT   NOT NULL,
  reason   TEXT   NOT NULL,
  created  BIGINT NOT NULL,
  ended    BIGINT
);

CREATE INDEX silence_until ON silence (until);

-- Numbered in the order in which names were first heard, as names are ordered differently.
CREATE TABLE heartbeat (
  number BIGINT  NOT NULL PRIMARY KEY,
  name   TEXT    NOT NULL UNIQUE,
  last   BIGINT  NOT NULL,
  who    TEXT    NOT NULL,
  failed INTEGER NOT NULL,
  detail TEXT    NOT NULL
);

-- What a receiver calls the conversation about an incident.
ALTER TABLE notice ADD COLUMN thread TEXT;

-- Notices that somebody has claimed and not settled. Whoever takes over need not wait for their leases.
CREATE TABLE under_way (
  notice TEXT NOT NULL PRIMARY KEY
);
