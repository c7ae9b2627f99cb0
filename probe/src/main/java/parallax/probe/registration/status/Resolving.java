package parallax.probe.registration.status;

/** What a state does to the delegation in the TLD's zone. */
public enum Resolving {
  /** The name servers of the registration are in the zone. */
  YES,
  /** They have been taken out, though caches may go on answering for a while. */
  NO,
  /** They are not in yet, or not again. */
  NOT_YET,
  /** The state says nothing of it. */
  NOT_TOLD
}
