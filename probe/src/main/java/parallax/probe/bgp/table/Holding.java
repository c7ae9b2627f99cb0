package parallax.probe.bgp.table;

/** Whether a peer has a prefix. */
public enum Holding {
  HAS,
  HAS_NOT,
  /** The session is down, or up again and its table still on the way. */
  UNKNOWN
}
