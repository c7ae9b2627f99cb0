package parallax.probe.bgp.mrt;

/**
 * What stands before each record (RFC 6396 section 2).
 *
 * @param seconds since 1970, unsigned 32 bits
 * @param length bytes that follow, unsigned 32 bits
 */
record RecordHeader(long seconds, int type, int subtype, long length) {
  static final int BYTES = 12;

  /** Longer records are damage: a full table of a thousand peers needs a tenth for one prefix. */
  static final int MAX_LENGTH = 1 << 24;

  /** Records of one file are of about one time; a file that is put together may span more. */
  private static final long MAX_DISTANCE_SECONDS = 366L * 24 * 60 * 60;

  static final int BGP = 5;
  static final int TABLE_DUMP = 12;
  static final int TABLE_DUMP_V2 = 13;
  static final int BGP4MP = 16;
  static final int BGP4MP_ET = 17;

  private static final int MAX_SUBTYPE = 16;

  boolean hasMicroseconds() {
    return type == BGP4MP_ET || type == 33 || type == 49;
  }

  /** Whether it may be a header: a registered type, and a length that a record can have. */
  boolean isPossible() {
    boolean registered =
        switch (type) {
          // RFC 6396 sections 4 and 5, and the registry: OSPF, IS-IS and what nobody writes any
          // more.
          case 1, 2, 3, 4, BGP, 6, 7, 8, 9, 10, 11, TABLE_DUMP, TABLE_DUMP_V2 -> true;
          case BGP4MP, BGP4MP_ET, 32, 33, 48, 49 -> true;
          default -> false;
        };
    return registered && length <= MAX_LENGTH;
  }

  /** Whether it is a header for sure enough to go on with after damage. */
  boolean isLikely(long around) {
    boolean common =
        type == BGP
            || type == TABLE_DUMP
            || type == TABLE_DUMP_V2
            || type == BGP4MP
            || type == BGP4MP_ET;
    return common
        && subtype < MAX_SUBTYPE
        && length > 0
        && length <= MAX_LENGTH
        && Math.abs(seconds - around) <= MAX_DISTANCE_SECONDS;
  }
}
