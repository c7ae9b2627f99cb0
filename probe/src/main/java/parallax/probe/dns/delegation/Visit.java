package parallax.probe.dns.delegation;

import java.time.Duration;
import java.util.Optional;
import parallax.probe.dns.wire.Heard;

/**
 * One server asked once.
 *
 * @param took the round trip of an answer, else how long was waited; zero when not asked
 * @param nsid which of the machines behind the address answered (RFC 5001)
 */
public record Visit(
    NameServer server, Said said, Duration took, Optional<String> nsid, Heard.Path path) {
  private static final Heard.Path NONE = new Heard.Path(false, false, false);

  public static Visit notAsked(NameServer server, Said.NotAsked why) {
    return new Visit(server, why, Duration.ZERO, Optional.empty(), NONE);
  }

  /** Of what was heard from {@code server}, as {@code said} sums it up. */
  public static Visit of(NameServer server, Said said, Heard heard) {
    return switch (heard) {
      case Heard.Reply reply -> new Visit(server, said, reply.rtt(), reply.nsid(), reply.path());
      case Heard.Silence silence ->
          new Visit(server, said, silence.took(), Optional.empty(), silence.path());
    };
  }

  @Override
  public String toString() {
    return server + ": " + said.words();
  }
}
