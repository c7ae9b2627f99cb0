package parallax.probe.spool;

import parallax.config.wire.DropCause;

/** What became of an observation that was given to a spool. */
public sealed interface Appended {
  /** It is on the disk, and survives the end of this process. */
  record Kept() implements Appended {}

  /** It is gone, and counted. */
  record Refused(DropCause cause) implements Appended {}
}
