package parallax.probe.registration.judge;

/** What the servers of the parent zone say of a domain, as far as this probe knows. */
public enum Delegated {
  /** They name its servers. */
  THERE,
  /** They say that there is no such name, or no delegation of it. */
  GONE,
  /**
   * They name its servers again: that it was gone was seen, and that it came back after the
   * registry told what is known of it.
   */
  BACK,
  /** Nobody has asked them of late. */
  NOT_TOLD
}
