package parallax.probe.audit.facts;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is known of a zone.
 *
 * @param zone in lower case without last dot
 * @param servers that the zone above names; empty when that could not be told
 * @param firstEnd when the first of its signatures ends
 */
public record ZoneFacts(String zone, List<Server> servers, Optional<SignatureEnd> firstEnd) {
  public ZoneFacts {
    servers = List.copyOf(servers);
  }

  /** Of a zone that nothing is known of. */
  public static ZoneFacts unknown(String zone) {
    return new ZoneFacts(zone, List.of(), Optional.empty());
  }

  /**
   * A name server.
   *
   * @param name in lower case without last dot
   * @param provider who runs it, as its name says: a known provider, else the registrable name
   * @param stands every address of it that is known
   * @param complete whether that is all of them, of both protocol families
   */
  public record Server(String name, String provider, List<Stand> stands, boolean complete) {
    public Server {
      stands = List.copyOf(stands);
    }

    /** The last label of its name. */
    public String topLevel() {
      return name.substring(name.lastIndexOf('.') + 1);
    }
  }

  /**
   * An address of a name server.
   *
   * @param answers whether it answered; empty when it was not asked, for lack of a route from here
   *     or of time
   */
  public record Stand(Place place, Optional<Boolean> answers) {}

  /**
   * When a signature ends.
   *
   * @param what that is signed: {@code example.com. SOA}
   * @param soon whether that is sooner than who signs in time lets it come
   */
  public record SignatureEnd(String what, Instant at, boolean soon) {}

  /** Whether every address of every server is known: only then is nothing elsewhere. */
  public boolean isComplete() {
    return !servers.isEmpty() && servers.stream().allMatch(Server::complete);
  }

  /** The same, with what {@code origins} says of each address. */
  public ZoneFacts located(Function<InetAddress, Origin> origins) {
    return new ZoneFacts(
        zone,
        servers.stream()
            .map(
                server ->
                    new Server(
                        server.name(),
                        server.provider(),
                        server.stands().stream()
                            .map(
                                stand -> new Stand(stand.place().located(origins), stand.answers()))
                            .toList(),
                        server.complete()))
            .toList(),
        firstEnd);
  }

  /** All addresses of all servers. */
  public List<Place> places() {
    return servers.stream().flatMap(server -> server.stands().stream()).map(Stand::place).toList();
  }
}
