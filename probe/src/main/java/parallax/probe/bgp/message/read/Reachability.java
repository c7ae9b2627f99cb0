package parallax.probe.bgp.message.read;

import java.util.List;
import java.util.Optional;
import parallax.probe.bgp.message.Family;
import parallax.probe.bgp.message.MessageContext;
import parallax.probe.bgp.message.Route;
import parallax.probe.net.IpAddress;

/** MP_REACH_NLRI and MP_UNREACH_NLRI (RFC 4760 sections 3 and 4). */
final class Reachability {
  private static final int IPV4_BYTES = 4;
  private static final int IPV6_BYTES = 16;

  /** A global address and one of the link (RFC 2545 section 3). */
  private static final int TWO_IPV6_BYTES = 32;

  private static final int FAMILY_BYTES = 3;

  private final MessageContext context;
  private final boolean tableEntry;
  private final Report report;

  private List<Route> announced = List.of();
  private List<Route> withdrawn = List.of();
  private Optional<IpAddress> nextHop = Optional.empty();
  private Optional<Family> unreachable = Optional.empty();
  private int skipped;

  Reachability(MessageContext context, boolean tableEntry, Report report) {
    this.context = context;
    this.tableEntry = tableEntry;
    this.report = report;
  }

  void reach(Cursor value, int start) {
    if (tableEntry && value.left() > 0 && value.again().u8() != 0) {
      // Only the next hop, for the rest stands in the entry (RFC 6396 section 4.3.4). A complete
      // attribute, as Quagga writes it, starts with the high byte of the family, which is 0.
      if (!nextHop(value)) {
        report.withdraw("the next hop of an entry is cut off", start);
      }
      return;
    }
    if (!value.has(FAMILY_BYTES + 2)) {
      report.reset(Report.OPTIONAL_ATTRIBUTE, "MP_REACH_NLRI is cut off", start);
      return;
    }
    Optional<Family> family = Family.of(value.u16(), value.u8());
    if (family.isEmpty()) {
      skipped++;
    } else if (!nextHop(value) || !value.has(1)) {
      report.reset(Report.OPTIONAL_ATTRIBUTE, "MP_REACH_NLRI with a wrong next hop", start);
    } else {
      value.skip(1);
      announced =
          tableEntry
              ? List.of()
              : PrefixReader.read(value, family.get(), context.paths(family.get()), report);
    }
  }

  /** Takes the next hop with its length; false when it is none. */
  private boolean nextHop(Cursor value) {
    int length = value.u8();
    boolean known = length == IPV4_BYTES || length == IPV6_BYTES || length == TWO_IPV6_BYTES;
    if (!known || !value.has(length)) {
      return false;
    }
    if (length == IPV4_BYTES) {
      nextHop = Optional.of(IpAddress.ipv4(value.i32()));
    } else {
      nextHop = Optional.of(new IpAddress(true, value.i64(), value.i64()));
      value.skip(length - IPV6_BYTES);
    }
    return true;
  }

  void unreach(Cursor value, int start) {
    if (!value.has(FAMILY_BYTES)) {
      report.reset(Report.OPTIONAL_ATTRIBUTE, "MP_UNREACH_NLRI is cut off", start);
      return;
    }
    Optional<Family> family = Family.of(value.u16(), value.u8());
    if (family.isEmpty()) {
      skipped++;
    } else {
      unreachable = family;
      withdrawn = PrefixReader.read(value, family.get(), context.paths(family.get()), report);
    }
  }

  List<Route> announced() {
    return announced;
  }

  List<Route> withdrawn() {
    return withdrawn;
  }

  Optional<IpAddress> nextHop() {
    return nextHop;
  }

  /** The family of MP_UNREACH_NLRI, where there was one that is read. */
  Optional<Family> unreachable() {
    return unreachable;
  }

  /** How many of the two spoke of other families. */
  int skipped() {
    return skipped;
  }
}
