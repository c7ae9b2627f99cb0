-- The same for every database. Times are microseconds since the epoch.

-- Actions of runbooks that run or ran. Who inserts a row may run it, and nobody else.
CREATE TABLE runbook_run (
  number    BIGINT  NOT NULL PRIMARY KEY,
  id        TEXT    NOT NULL UNIQUE,
  incident  TEXT    NOT NULL,
  runbook   TEXT    NOT NULL,
  action    TEXT    NOT NULL,
  who       TEXT    NOT NULL,
  automatic INTEGER NOT NULL,
  began     BIGINT  NOT NULL,
  until     BIGINT  NOT NULL,
  ended     BIGINT,
  outcome   TEXT,
  said      TEXT
);

CREATE INDEX runbook_run_incident ON runbook_run (incident, number);
CREATE INDEX runbook_run_action ON runbook_run (runbook, action, began);
CREATE INDEX runbook_run_open ON runbook_run (until) WHERE ended IS NULL;
CREATE INDEX runbook_run_began ON runbook_run (began);

-- What users report, the newest of them.
CREATE TABLE user_report (
  number   BIGINT NOT NULL PRIMARY KEY,
  target   TEXT   NOT NULL,
  received BIGINT NOT NULL,
  region   TEXT,
  said     TEXT   NOT NULL
);

CREATE INDEX user_report_received ON user_report (received);
