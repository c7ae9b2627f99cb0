package parallax.probe.bgp.message.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parallax.probe.bgp.message.Announcement;
import parallax.probe.bgp.message.BgpMessage.Update;
import parallax.probe.bgp.message.Decoded;
import parallax.probe.bgp.message.Family;
import parallax.probe.bgp.message.MessageContext;
import parallax.probe.bgp.message.Route;
import parallax.probe.bgp.message.TableEntry;

/** The body of an UPDATE (RFC 4271 section 4.3), judged as RFC 7606 says. */
final class UpdateReader {
  private final MessageContext context;
  private final Report report = new Report();

  UpdateReader(MessageContext context) {
    this.context = context;
  }

  Decoded read(Cursor body) {
    Optional<Cursor> withdrawnField = field(body, "withdrawn routes are cut off");
    if (withdrawnField.isEmpty()) {
      return broken();
    }
    Optional<Cursor> attributeField = field(body, "attributes are cut off");
    if (attributeField.isEmpty()) {
      return broken();
    }
    boolean empty = withdrawnField.get().left() + attributeField.get().left() + body.left() == 0;
    boolean paths = context.paths(Family.IPV4);
    List<Route> withdrawn = PrefixReader.read(withdrawnField.get(), Family.IPV4, paths, report);
    AttributeReader attributes = new AttributeReader(context, false, report);
    attributes.read(attributeField.get());
    List<Route> announced = PrefixReader.read(body, Family.IPV4, paths, report);
    Reachability reached = attributes.reachability();
    judge(attributes.collected(), announced, reached);
    if (report.reset().isPresent()) {
      return broken();
    }
    Update update =
        new Update(
            joined(withdrawn, reached.withdrawn()),
            announcements(attributes.collected(), announced, reached),
            endOfTable(empty, attributes, withdrawn.isEmpty() && announced.isEmpty()),
            reached.skipped());
    return new Decoded.Understood(
        report.withdrawal().isPresent() ? withdrawing(update) : update, report.faults());
  }

  private Decoded broken() {
    return new Decoded.Broken(report.reset().orElseThrow());
  }

  private Optional<Cursor> field(Cursor body, String reason) {
    int start = body.offset();
    int length = body.has(Short.BYTES) ? body.u16() : Integer.MAX_VALUE;
    if (!body.has(length)) {
      report.reset(Report.MALFORMED_LIST, reason, start);
      return Optional.empty();
    }
    return Optional.of(body.part(length));
  }

  /** What no attribute shows alone (RFC 7606 sections 3 (d) and 5.2). */
  private void judge(Collected collected, List<Route> announced, Reachability reached) {
    boolean reachable = !announced.isEmpty() || !reached.announced().isEmpty();
    if (reachable && collected.origin.isEmpty()) {
      report.withdraw("no ORIGIN", 0);
    }
    if (reachable && collected.path.isEmpty()) {
      report.withdraw("no AS_PATH", 0);
    }
    if (!announced.isEmpty() && collected.nextHop.isEmpty()) {
      report.withdraw("no NEXT_HOP", 0);
    }
    boolean doubtful = !reachable && collected.others && reached.skipped() == 0;
    if (doubtful) {
      // Without routes it is unknown which ones were meant.
      report
          .withdrawal()
          .ifPresent(fault -> report.reset(Report.MALFORMED_LIST, fault.reason(), fault.offset()));
    }
  }

  private static List<Announcement> announcements(
      Collected collected, List<Route> announced, Reachability reached) {
    List<Announcement> announcements = new ArrayList<>(2);
    if (!announced.isEmpty()) {
      announcements.add(new Announcement(collected.attributes(collected.nextHop), announced));
    }
    if (!reached.announced().isEmpty()) {
      announcements.add(
          new Announcement(collected.attributes(reached.nextHop()), reached.announced()));
    }
    return announcements;
  }

  private static Optional<Family> endOfTable(
      boolean empty, AttributeReader attributes, boolean noIpv4) {
    if (empty) {
      return Optional.of(Family.IPV4);
    }
    Reachability reached = attributes.reachability();
    boolean nothing = noIpv4 && !attributes.collected().others && reached.withdrawn().isEmpty();
    return nothing ? reached.unreachable() : Optional.empty();
  }

  private static Update withdrawing(Update update) {
    List<Route> withdrawn = new ArrayList<>(update.withdrawn());
    update.announced().forEach(announcement -> withdrawn.addAll(announcement.routes()));
    return new Update(withdrawn, List.of(), Optional.empty(), update.skippedFamilies());
  }

  private static List<Route> joined(List<Route> one, List<Route> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.isEmpty() ? other : one;
    }
    List<Route> joined = new ArrayList<>(one);
    joined.addAll(other);
    return joined;
  }

  /** The attributes of one entry of a stored table. */
  TableEntry tableEntry(Cursor field) {
    AttributeReader attributes = new AttributeReader(context, true, report);
    attributes.read(field);
    Collected collected = attributes.collected();
    if (report.withdrawal().isPresent() || report.reset().isPresent()) {
      report.reset().ifPresent(fault -> report.withdraw(fault.reason(), fault.offset()));
      return new TableEntry(Optional.empty(), report.faults());
    }
    return new TableEntry(
        Optional.of(
            collected.attributes(attributes.reachability().nextHop().or(() -> collected.nextHop))),
        report.faults());
  }
}
