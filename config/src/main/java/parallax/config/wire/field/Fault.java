package parallax.config.wire.field;

/** What can be wrong with bytes that a peer sent. */
public enum Fault {
  /** Longer than any frame may be. */
  FRAME_TOO_LARGE,
  /** Not a message of Protobuf, or cut short, or nested too deeply. */
  NOT_PROTOBUF,
  /** A text beyond its bound. */
  TEXT_TOO_LONG,
  /** A list beyond its bound. */
  TOO_MANY,
  /** A part that this version needs is not there. */
  MISSING,
  /** A word that this version does not know, where it must not guess. */
  UNKNOWN_WORD,
  /** A value that cannot be. */
  INVALID
}
