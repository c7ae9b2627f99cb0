package parallax.config.routes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parallax.config.check.ServerAddress;

/**
 * How routes are watched.
 *
 * @param sources who is listened to; with none, no routes are watched and nobody is connected to
 * @param tables MRT files (RFC 6396) that are read at the start: what collectors had before
 * @param limits when what is seen becomes a verdict
 * @param canaries prefixes, in CIDR notation, that have nothing to do with the targets: when many
 *     of them move at once it is the sources' trouble
 */
public record RouteWatching(
    List<SourceSpec> sources,
    List<Document> tables,
    Rpki rpki,
    RouteLimits limits,
    List<String> canaries) {
  public static final RouteWatching NONE =
      new RouteWatching(List.of(), List.of(), Rpki.NONE, RouteLimits.USUAL, List.of());

  public RouteWatching {
    sources = List.copyOf(sources);
    tables = List.copyOf(tables);
    canaries = List.copyOf(canaries);
  }

  /**
   * Who tells what the RPKI allows (RFC 6811); where nobody does, validity is not judged.
   *
   * @param payloads validated ones as JSON, as validators write them
   * @param cache that speaks RTR (RFC 8210); the payloads are of one of both
   * @param exceptions a SLURM file (RFC 8416)
   */
  public record Rpki(
      Optional<Document> payloads, Optional<ServerAddress> cache, Optional<Path> exceptions) {
    public static final Rpki NONE = new Rpki(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** The same, with these listened to as well, before the others. */
  public RouteWatching and(List<SourceSpec> more) {
    List<SourceSpec> all = new ArrayList<>(more);
    all.addAll(sources);
    return new RouteWatching(all, tables, rpki, limits, canaries);
  }

  /** Whether anybody is listened to. */
  public boolean on() {
    return !sources.isEmpty();
  }
}
