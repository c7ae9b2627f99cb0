-- The same for every database. One row: who holds an older epoch is no longer listened to.

CREATE TABLE epoch (
  id     INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  number BIGINT  NOT NULL
);

INSERT INTO epoch (id, number) VALUES (1, 0);

-- Only ever appended to. Each row's hash covers the row and the hash before it.
CREATE TABLE audit (
  sequence BIGINT NOT NULL PRIMARY KEY,
  happened BIGINT NOT NULL,
  who      TEXT   NOT NULL,
  action   TEXT   NOT NULL,
  detail   TEXT   NOT NULL,
  previous TEXT   NOT NULL,
  hash     TEXT   NOT NULL
);
