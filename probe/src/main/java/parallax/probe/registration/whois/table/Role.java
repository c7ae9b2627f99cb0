package parallax.probe.registration.whois.table;

/** What the value beside a key tells. */
public enum Role {
  DOMAIN,
  NAME_SERVER,
  STATUS,
  LOCK,
  CREATED,
  UPDATED,
  EXPIRES,
  REGISTRAR_EXPIRES,
  REGISTRAR,
  /** What could be taken for something else. */
  NOTHING
}
