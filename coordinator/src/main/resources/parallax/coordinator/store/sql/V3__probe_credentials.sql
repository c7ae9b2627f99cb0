-- The same for every database. Hashes only: nobody who reads this learns a token. Ids are digits and
-- the letters a to f, which every database orders alike.
CREATE TABLE probe_credential (
  id        TEXT   NOT NULL PRIMARY KEY,
  probe     TEXT   NOT NULL,
  hash      TEXT   NOT NULL UNIQUE,
  created   BIGINT NOT NULL,
  expires   BIGINT,
  last_used BIGINT,
  revoked   BIGINT
);

CREATE INDEX probe_credential_probe ON probe_credential (probe);
