package parallax.probe.bgp.rislive.message;

import java.time.Instant;
import java.util.List;
import parallax.probe.bgp.route.Peer;
import parallax.probe.bgp.route.RouteEvent;
import parallax.probe.net.Cidr;

/**
 * One frame of RIS Live, or one line of its stream: {@code {"type": T, "data": D}} (see
 * ris-live.ripe.net/manual).
 */
public sealed interface RisLiveMessage {
  /**
   * A collector heard something of a peer.
   *
   * @param at by the collector's clock
   * @param events none for a KEEPALIVE and its like: then it only shows that the collector is alive
   * @param passedOver how many parts could not be read, or were told as broken
   */
  record Heard(Peer peer, Instant at, List<RouteEvent> events, int passedOver)
      implements RisLiveMessage {
    public Heard {
      events = List.copyOf(events);
    }
  }

  /**
   * A subscription is in force.
   *
   * @param prefixes of it; none of one that is not for prefixes
   */
  record Subscribed(List<Cidr> prefixes) implements RisLiveMessage {
    public Subscribed {
      prefixes = List.copyOf(prefixes);
    }
  }

  /** Whom the service has, by the names that {@link Peer#source} uses. */
  record Collectors(List<String> names) implements RisLiveMessage {
    public Collectors {
      names = List.copyOf(names);
    }
  }

  /** The answer to a ping. */
  record Pong() implements RisLiveMessage {}

  /**
   * The service is not content with its client: a reader too slow, a command not understood.
   *
   * @param reason its words, shortened and without control characters
   */
  record Refused(String reason) implements RisLiveMessage {}

  /** Of a kind that this client knows nothing of. */
  record Ignored() implements RisLiveMessage {}

  /**
   * Nothing of it is to be believed.
   *
   * @param reason one line of ours, without the sender's words
   */
  record Malformed(String reason) implements RisLiveMessage {}
}
