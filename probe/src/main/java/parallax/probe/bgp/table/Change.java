package parallax.probe.bgp.table;

/** What an event made of the table. */
public enum Change {
  /** The peer has the prefix now and had not. */
  NEW,
  /** One more way to a prefix that the peer has (RFC 7911). */
  ADDED,
  /** Another path in place of the one before: that one is withdrawn by this (RFC 4271, 3.1). */
  REPLACED,
  /** Nothing: the route was there already. */
  SAME,
  /** One way less to a prefix that the peer still has. */
  ONE_LESS,
  /** The peer has the prefix no more. */
  GONE,
  /** Withdrawn what the peer did not have. */
  NEVER_HAD,
  /** The session, or how much of its table is known. */
  SESSION,
  /** There is no room for it; see {@link TableLimits}. */
  REFUSED
}
