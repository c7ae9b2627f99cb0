package parallax.probe.registration.whois.table;

/** Whose data the lines after a heading, or of one object, are. */
public enum Section {
  /** The domain's own. */
  DOMAIN,
  /** A person's or organisation's: its dates and states are not the domain's. */
  CONTACT,
  REGISTRAR,
  NAME_SERVERS,
  /** Of something else altogether. */
  OTHER;

  /** Whether states and dates that stand here are the domain's. */
  public boolean isAboutDomain() {
    return this == DOMAIN;
  }
}
