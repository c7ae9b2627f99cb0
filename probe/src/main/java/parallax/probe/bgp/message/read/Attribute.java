package parallax.probe.bgp.message.read;

/** Kinds of path attributes by their number. */
final class Attribute {
  static final int ORIGIN = 1;
  static final int AS_PATH = 2;
  static final int NEXT_HOP = 3;
  static final int DISCRIMINATOR = 4;
  static final int LOCAL_PREFERENCE = 5;
  static final int ATOMIC_AGGREGATE = 6;
  static final int AGGREGATOR = 7;
  static final int COMMUNITIES = 8;
  static final int MP_REACH = 14;
  static final int MP_UNREACH = 15;
  static final int EXTENDED_COMMUNITIES = 16;
  static final int AS4_PATH = 17;
  static final int AS4_AGGREGATOR = 18;
  static final int IPV6_COMMUNITIES = 25;
  static final int LARGE_COMMUNITIES = 32;
  static final int ONLY_TO_CUSTOMER = 35;

  private Attribute() {}
}
