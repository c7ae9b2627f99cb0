-- The same for every database. One row: who holds an older epoch is no longer listened to.

CREATE TABLE epoch (
  id     INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  number BIGINT  NOT NULL
);

INSERT INTO epoch (id, number) VALUES (1, 0);
