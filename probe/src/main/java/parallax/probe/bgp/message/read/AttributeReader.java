package parallax.probe.bgp.message.read;

import java.util.Optional;
import parallax.probe.bgp.message.MessageContext;
import parallax.probe.bgp.route.PathAttributes.Origin;
import parallax.probe.net.IpAddress;

/**
 * The path attributes of one update or table entry, each judged by its own rule (RFC 7606 section
 * 7).
 */
final class AttributeReader {
  private static final int SHORT_HEADER = 3;
  private static final int EXTENDED_HEADER = 4;

  private static final int OPTIONAL = 0x80;
  private static final int TRANSITIVE = 0x40;
  private static final int EXTENDED = 0x10;

  private static final int AGGREGATOR_TWO_BYTES = 6;
  private static final int AGGREGATOR_FOUR_BYTES = 8;

  private final Report report;
  private final boolean fourByteAs;
  private final Reachability reachability;
  private final Collected collected = new Collected();

  /** Kinds of attributes that came already, a bit each. */
  private final long[] seen = new long[4];

  AttributeReader(MessageContext context, boolean tableEntry, Report report) {
    this.report = report;
    this.fourByteAs = context.fourByteAs();
    this.reachability = new Reachability(context, tableEntry, report);
  }

  /** Reads the whole field; what is wrong is in the report. */
  void read(Cursor field) {
    while (field.left() > 0) {
      int start = field.offset();
      if (!field.has(SHORT_HEADER)) {
        report.withdraw("the header of an attribute is cut off", start);
        break;
      }
      int flags = field.u8();
      int type = field.u8();
      boolean extended = (flags & EXTENDED) != 0;
      if (extended && !field.has(EXTENDED_HEADER - 2)) {
        report.withdraw("the header of an attribute is cut off", start);
        break;
      }
      int length = extended ? field.u16() : field.u8();
      if (!field.has(length)) {
        report.withdraw("attribute " + type + " is longer than all of them", start);
        break;
      }
      one(flags, type, field.part(length), start);
    }
  }

  Collected collected() {
    return collected;
  }

  Reachability reachability() {
    return reachability;
  }

  private void one(int flags, int type, Cursor value, int start) {
    if (again(type)) {
      // RFC 7606 section 3 (g).
      if (type == Attribute.MP_REACH || type == Attribute.MP_UNREACH) {
        report.reset(Report.MALFORMED_LIST, "attribute " + type + " comes twice", start);
      } else {
        report.discard("attribute " + type + " comes twice", start);
      }
      return;
    }
    collected.others |= type != Attribute.MP_UNREACH;
    int expected = expectedFlags(type);
    if (expected >= 0 && (flags & (OPTIONAL | TRANSITIVE)) != expected) {
      report.withdraw("attribute " + type + " with wrong flags", start);
    }
    switch (type) {
      case Attribute.ORIGIN -> origin(value, start);
      case Attribute.AS_PATH -> path(value, start);
      case Attribute.NEXT_HOP -> nextHop(value, start);
      case Attribute.DISCRIMINATOR -> discriminator(value, start);
      case Attribute.LOCAL_PREFERENCE -> localPreference(value, start);
      case Attribute.ATOMIC_AGGREGATE -> atomicAggregate(value, start);
      case Attribute.AGGREGATOR -> aggregator(value, start);
      case Attribute.COMMUNITIES -> collected.plain = whole(value, 4, start);
      case Attribute.MP_REACH -> reachability.reach(value, start);
      case Attribute.MP_UNREACH -> reachability.unreach(value, start);
      case Attribute.EXTENDED_COMMUNITIES -> collected.extended = whole(value, 8, start);
      case Attribute.AS4_PATH -> as4Path(value, start);
      case Attribute.AS4_AGGREGATOR -> as4Aggregator(value, start);
      case Attribute.IPV6_COMMUNITIES -> collected.extendedIpv6 = whole(value, 20, start);
      case Attribute.LARGE_COMMUNITIES -> collected.large = whole(value, 12, start);
      case Attribute.ONLY_TO_CUSTOMER -> onlyToCustomer(value, start);
      default -> {
        // Well-known to somebody, not to us: what it changes is unknown (RFC 4271 section 6.3).
        if ((flags & OPTIONAL) == 0) {
          report.withdraw("attribute " + type + " is unknown and not optional", start);
        }
      }
    }
  }

  private boolean again(int type) {
    long bit = 1L << type;
    boolean again = (seen[type / Long.SIZE] & bit) != 0;
    seen[type / Long.SIZE] |= bit;
    return again;
  }

  private static int expectedFlags(int type) {
    return switch (type) {
      case Attribute.ORIGIN,
          Attribute.AS_PATH,
          Attribute.NEXT_HOP,
          Attribute.LOCAL_PREFERENCE,
          Attribute.ATOMIC_AGGREGATE ->
          TRANSITIVE;
      case Attribute.DISCRIMINATOR, Attribute.MP_REACH, Attribute.MP_UNREACH -> OPTIONAL;
      case Attribute.AGGREGATOR,
          Attribute.COMMUNITIES,
          Attribute.EXTENDED_COMMUNITIES,
          Attribute.AS4_PATH,
          Attribute.AS4_AGGREGATOR,
          Attribute.IPV6_COMMUNITIES,
          Attribute.LARGE_COMMUNITIES,
          Attribute.ONLY_TO_CUSTOMER ->
          OPTIONAL | TRANSITIVE;
      default -> -1;
    };
  }

  private void origin(Cursor value, int start) {
    int number = value.left() == 1 ? value.u8() : -1;
    switch (number) {
      case 0 -> collected.origin = Optional.of(Origin.IGP);
      case 1 -> collected.origin = Optional.of(Origin.EGP);
      case 2 -> collected.origin = Optional.of(Origin.INCOMPLETE);
      default -> report.withdraw("not an ORIGIN", start);
    }
  }

  private void path(Cursor value, int start) {
    int asBytes = fourByteAs ? Integer.BYTES : Short.BYTES;
    String wrong = AsPathReader.wrong(value, asBytes);
    if (wrong.isEmpty()) {
      collected.path = Optional.of(AsPathReader.words(value, asBytes));
    } else {
      report.withdraw(wrong, start);
    }
  }

  private void nextHop(Cursor value, int start) {
    if (value.left() == Integer.BYTES) {
      collected.nextHop = Optional.of(IpAddress.ipv4(value.i32()));
    } else {
      report.withdraw("NEXT_HOP of " + value.left() + " bytes", start);
    }
  }

  private void discriminator(Cursor value, int start) {
    if (value.left() == Integer.BYTES) {
      collected.discriminator = Optional.of(value.u32());
    } else {
      report.withdraw("MULTI_EXIT_DISC of " + value.left() + " bytes", start);
    }
  }

  /** Means nothing between systems, where a broken one is left out (RFC 7606 section 7.5). */
  private void localPreference(Cursor value, int start) {
    if (value.left() == Integer.BYTES) {
      collected.localPreference = Optional.of(value.u32());
    } else {
      report.discard("LOCAL_PREF of " + value.left() + " bytes", start);
    }
  }

  private void atomicAggregate(Cursor value, int start) {
    collected.atomicAggregate = value.left() == 0;
    if (value.left() > 0) {
      report.discard("ATOMIC_AGGREGATE of " + value.left() + " bytes", start);
    }
  }

  private void aggregator(Cursor value, int start) {
    if (value.left() == (fourByteAs ? AGGREGATOR_FOUR_BYTES : AGGREGATOR_TWO_BYTES)) {
      long asn = fourByteAs ? value.u32() : value.u16();
      collected.aggregator(asn, IpAddress.ipv4(value.i32()));
    } else {
      report.discard("AGGREGATOR of " + value.left() + " bytes", start);
    }
  }

  /** Of a speaker of four bytes it is to be ignored (RFC 6793 section 4.1). */
  private void as4Path(Cursor value, int start) {
    String wrong = AsPathReader.wrong(value, Integer.BYTES);
    if (!wrong.isEmpty()) {
      report.discard("AS4_PATH: " + wrong, start);
    } else if (!fourByteAs) {
      collected.as4Path = Optional.of(AsPathReader.words(value, Integer.BYTES));
    }
  }

  private void as4Aggregator(Cursor value, int start) {
    if (value.left() != AGGREGATOR_FOUR_BYTES) {
      report.discard("AS4_AGGREGATOR of " + value.left() + " bytes", start);
    } else if (!fourByteAs) {
      collected.as4Aggregator(value.u32(), IpAddress.ipv4(value.i32()));
    }
  }

  private void onlyToCustomer(Cursor value, int start) {
    if (value.left() == Integer.BYTES) {
      collected.onlyToCustomer = Optional.of(value.u32());
    } else {
      report.withdraw("OTC of " + value.left() + " bytes", start);
    }
  }

  /** Communities: at least one, and whole (RFC 7606 section 7.8, RFC 8092 section 6). */
  private byte[] whole(Cursor value, int size, int start) {
    if (value.left() > 0 && value.left() % size == 0) {
      return value.rest();
    }
    report.withdraw("communities of " + value.left() + " bytes", start);
    return Collected.NO_BYTES;
  }
}
