package parallax.probe.bgp.mrt;

import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import parallax.probe.bgp.route.Communities;
import parallax.probe.bgp.route.PathAttributes;
import parallax.probe.bgp.route.PathAttributes.Preference;
import parallax.probe.bgp.route.Peer;
import parallax.probe.bgp.route.RouteEvent;
import parallax.probe.bgp.route.RouteEvent.Transition;
import parallax.probe.net.Cidr;

/**
 * Events as {@code bgpdump -m} prints them, in one form for all kinds of records: without the name
 * of the record, always with microseconds and a path identifier.
 */
final class BgpdumpLines {
  private static final int NAME = 0;
  private static final int TIME = 1;
  private static final int KIND = 2;
  private static final int PEER = 3;
  private static final int PREFIX = 5;
  private static final int MED = 10;

  private BgpdumpLines() {}

  /** A line of bgpdump in the common form. */
  static String common(String line) {
    List<String> fields = new ArrayList<>(List.of(line.split("\\|", -1)));
    String name = fields.get(NAME);
    if (!fields.get(TIME).contains(".")) {
      fields.set(TIME, fields.get(TIME) + ".000000");
    }
    if (!fields.get(KIND).equals("STATE") && !name.contains("_AP")) {
      fields.add(PREFIX + 1, "0");
    }
    return String.join("|", fields.subList(1, fields.size()));
  }

  /**
   * A line of ours as bgpdump prints the oldest kind of records, BGP of 1999: no separator before
   * the communities, and the peer's address in place of a withdrawn prefix's (it has one buffer for
   * both).
   */
  static String oldest(String line) {
    List<String> fields = new ArrayList<>(List.of(line.split("\\|", -1)));
    switch (fields.get(KIND - 1)) {
      case "A" -> fields.set(MED, fields.get(MED) + fields.remove(MED + 1));
      case "W" -> fields.set(PREFIX - 1, fields.get(PEER - 1) + mask(fields.get(PREFIX - 1)));
      default -> {}
    }
    return String.join("|", fields);
  }

  private static String mask(String prefix) {
    return prefix.substring(prefix.indexOf('/'));
  }

  /** Nothing for the end of a table, of which bgpdump says nothing. */
  static Optional<String> of(RouteEvent event) {
    return switch (event) {
      case RouteEvent.Announced(_, _, Cidr prefix, long pathId, PathAttributes attributes) ->
          Optional.of(start(event, "A") + route(prefix, pathId) + way(attributes));
      case RouteEvent.Listed(_, _, Cidr prefix, long pathId, PathAttributes attributes) ->
          Optional.of(start(event, "B") + route(prefix, pathId) + way(attributes));
      case RouteEvent.Withdrawn(_, _, Cidr prefix, long pathId) ->
          Optional.of(start(event, "W") + route(prefix, pathId));
      case RouteEvent.PeerUp up -> Optional.of(state(event, up.transition()));
      case RouteEvent.PeerDown down -> Optional.of(state(event, down.transition()));
      case RouteEvent.EndOfTable _ -> Optional.empty();
    };
  }

  private static String start(RouteEvent event, String kind) {
    Peer peer = event.peer();
    String time =
        String.format(
            Locale.ROOT,
            "%d.%06d",
            event.at().getEpochSecond(),
            event.at().get(ChronoField.MICRO_OF_SECOND));
    return String.join("|", time, kind, peer.address(), Long.toString(peer.asn()));
  }

  private static String state(RouteEvent event, Transition transition) {
    return start(event, "STATE") + "|" + transition.before() + "|" + transition.after();
  }

  private static String route(Cidr prefix, long pathId) {
    return "|" + prefix + "|" + pathId;
  }

  private static String way(PathAttributes attributes) {
    Preference preference = attributes.preference();
    return String.join(
        "|",
        "",
        attributes.path().toString(),
        attributes.origin().name(),
        attributes.nextHop().map(Object::toString).orElse("255.255.255.255"),
        preference.local().orElse(0L).toString(),
        preference.discriminator().orElse(0L).toString(),
        communities(attributes.communities()),
        preference.atomicAggregate() ? "AG" : "NAG",
        preference
            .aggregator()
            .map(aggregator -> aggregator.asn() + " " + aggregator.address())
            .orElse(""),
        "");
  }

  /** The plain ones, which is all that bgpdump prints, the well-known ones by name. */
  private static String communities(List<String> communities) {
    int plain = communities instanceof Communities own ? own.plainOnes() : 0;
    List<String> names = new ArrayList<>();
    for (String community : communities.subList(0, plain)) {
      names.add(
          switch (community) {
            case "65535:65281" -> "no-export";
            case "65535:65282" -> "no-advertise";
            case "65535:65283" -> "local-AS";
            default -> community;
          });
    }
    return String.join(" ", names);
  }
}
