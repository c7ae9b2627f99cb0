package parallax.probe.bgp.watch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import parallax.probe.bgp.route.AsPath;
import parallax.probe.bgp.route.PathAttributes;
import parallax.probe.bgp.route.Peer;
import parallax.probe.bgp.route.RouteEvent;
import parallax.probe.net.Cidr;

/** Twenty-four peers at two collectors, and what they say. */
public final class Peers {
  /** How many there are. */
  public static final int COUNT = 24;

  private Peers() {}

  /** One of them. */
  public static Peer peer(int number) {
    return new Peer("rrc0" + number % 2, "192.0.2." + number, 64_600 + number);
  }

  /** All of them announce it. */
  public static List<RouteEvent> announce(Instant at, String prefix, long origin) {
    return announce(at, prefix, origin, 0, COUNT);
  }

  /** Some of them do. */
  public static List<RouteEvent> announce(
      Instant at, String prefix, long origin, int from, int to) {
    List<RouteEvent> events = new ArrayList<>();
    for (int number = from; number < to; number++) {
      Peer peer = peer(number);
      events.add(
          new RouteEvent.Announced(
              at, peer, Cidr.parse(prefix), 0, by(peer.asn() + " 64599 " + origin)));
    }
    return events;
  }

  /** Some of them withdraw it. */
  public static List<RouteEvent> withdraw(Instant at, String prefix, int from, int to) {
    List<RouteEvent> events = new ArrayList<>();
    for (int number = from; number < to; number++) {
      events.add(new RouteEvent.Withdrawn(at, peer(number), Cidr.parse(prefix), 0));
    }
    return events;
  }

  private static PathAttributes by(String path) {
    int[] numbers = Stream.of(path.split(" ")).mapToInt(Integer::parseUnsignedInt).toArray();
    int[] words = new int[numbers.length + 2];
    words[0] = AsPath.SEQUENCE;
    words[1] = numbers.length;
    System.arraycopy(numbers, 0, words, 2, numbers.length);
    return new PathAttributes(
        PathAttributes.Origin.IGP, AsPath.of(words), Optional.empty(), List.of(), Optional.empty());
  }
}
