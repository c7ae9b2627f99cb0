-- Times are microseconds since the epoch; durations are microseconds.

CREATE TABLE verdict_interval (
  target   TEXT    NOT NULL,
  began    INTEGER NOT NULL,
  ended    INTEGER,
  state    TEXT    NOT NULL,
  scope    TEXT,
  layer    TEXT,
  reason   TEXT,
  detail   TEXT,
  culprit  TEXT,
  PRIMARY KEY (target, began)
) WITHOUT ROWID;

CREATE INDEX verdict_interval_open ON verdict_interval (target) WHERE ended IS NULL;

CREATE TABLE incident (
  id       TEXT    NOT NULL PRIMARY KEY,
  opened   INTEGER NOT NULL,
  resolved INTEGER,
  document TEXT    NOT NULL
) WITHOUT ROWID;

CREATE INDEX incident_opened ON incident (opened, id);
CREATE INDEX incident_open ON incident (opened, id) WHERE resolved IS NULL;

-- Around these the raw evidence is kept for good.
CREATE TABLE incident_target (
  target   TEXT    NOT NULL,
  incident TEXT    NOT NULL,
  onset    INTEGER NOT NULL,
  resolved INTEGER,
  PRIMARY KEY (target, incident)
) WITHOUT ROWID;

-- The outbox: one row for each notice and receiver, written in the transaction that made it necessary.
CREATE TABLE notice (
  sequence   INTEGER PRIMARY KEY AUTOINCREMENT,
  id         TEXT    NOT NULL UNIQUE,
  incident   TEXT    NOT NULL,
  kind       TEXT    NOT NULL,
  receiver   TEXT    NOT NULL,
  document   TEXT    NOT NULL,
  planned    INTEGER NOT NULL,
  not_before INTEGER NOT NULL,
  attempts   INTEGER NOT NULL DEFAULT 0,
  delivered  INTEGER,
  given_up   INTEGER NOT NULL DEFAULT 0,
  last_error TEXT
);

CREATE INDEX notice_waiting ON notice (not_before) WHERE delivered IS NULL AND given_up = 0;
CREATE INDEX notice_incident ON notice (incident, receiver);

CREATE TABLE name (
  id   INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
);

CREATE TABLE vantage (
  id     INTEGER PRIMARY KEY,
  probe  TEXT NOT NULL,
  region TEXT NOT NULL,
  asn    INTEGER NOT NULL,
  UNIQUE (probe, region, asn)
);

CREATE TABLE evidence (
  target    INTEGER NOT NULL,
  received  INTEGER NOT NULL,
  vantage   INTEGER NOT NULL,
  boot      INTEGER NOT NULL,
  sequence  INTEGER NOT NULL,
  kind      TEXT    NOT NULL,
  layer     TEXT    NOT NULL,
  scheduled INTEGER NOT NULL,
  started   INTEGER NOT NULL,
  duration  INTEGER NOT NULL,
  outcome   TEXT    NOT NULL,
  reason    TEXT,
  detail    TEXT,
  extra     TEXT,
  PRIMARY KEY (target, received, vantage, boot, sequence)
) WITHOUT ROWID;

CREATE UNIQUE INDEX evidence_identity ON evidence (vantage, boot, sequence);
CREATE INDEX evidence_age ON evidence (received);
