package parallax.deploy.check.resolver;

import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import parallax.config.check.DnsSpec;
import parallax.probe.LocalChecks;
import parallax.probe.check.Deadline;
import parallax.probe.check.NanoSource;
import parallax.probe.dns.vantage.Beside;
import parallax.probe.dns.vantage.SideBySide;
import parallax.probe.dns.vantage.Source;
import parallax.probe.dns.vantage.Vantage;
import parallax.probe.dns.zone.NameServersLook;

/**
 * What each of several resolvers says of a name.
 *
 * @param source what they were asked, and what is right
 */
public record ResolversBeside(Source source, List<Beside> resolvers) {
  /** However slow a resolver is, the rest of the look waits no longer for it. */
  public static final Duration AT_MOST = Duration.ofSeconds(5);

  public ResolversBeside {
    resolvers = List.copyOf(resolvers);
  }

  /**
   * Who is asked.
   *
   * @param own whether this machine's resolvers are
   * @param authorities CAs beside this machine's for those that speak TLS
   */
  public record Asked(ResolverOptions options, boolean own, Optional<Path> authorities) {}

  /**
   * Asks them, where there is anything to ask and somebody to compare it with.
   *
   * @param look at the zone that the name lies in, where there was one
   */
  public static Future<Optional<ResolversBeside>> look(
      LocalChecks local, DnsSpec spec, Optional<NameServersLook> look, Asked asked, Clocks clocks) {
    List<SideBySide.Written> written = asked.options().all();
    Optional<Source> source =
        SourceAnswer.of(spec, look).filter(_ -> look.isPresent() || !written.isEmpty());
    if (source.isEmpty()) {
      return Future.succeededFuture(Optional.empty());
    }
    SideBySide side = local.resolvers().apply(asked.options().authorities(asked.authorities()));
    List<Vantage> system = asked.own() ? side.system() : List.of();
    if (system.isEmpty() && written.isEmpty()) {
      return Future.succeededFuture(Optional.empty());
    }
    Duration patience = spec.timeout().compareTo(AT_MOST) < 0 ? spec.timeout() : AT_MOST;
    Deadline deadline = Deadline.startingNow(clocks.nanos(), patience);
    return side.ask(system, written, source.get(), clocks.wall().instant(), deadline)
        .map(rows -> Optional.of(new ResolversBeside(source.get(), rows)));
  }

  /** What time it is, and how long something took. */
  public record Clocks(InstantSource wall, NanoSource nanos) {}
}
