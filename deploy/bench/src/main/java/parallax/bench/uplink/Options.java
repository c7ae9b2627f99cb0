package parallax.bench.uplink;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is asked of the measurement.
 *
 * @param uplinks where probes may connect, {@code wss://HOST:PORT}
 * @param pages where coordinators serve their pages, {@code http://HOST:PORT}
 * @param keys for each probe NAME.pem and NAME.key, and ca.pem; empty: without TLS
 * @param tokens a file for each probe; empty: certificates say who speaks
 * @param from addresses of this machine that probes have, one after the other
 * @param spooled observations that wait, over all probes
 * @param targets that the configuration has: live-1 to live-N
 * @param interval at which each probe looks at each target
 * @param before for so long all probes are connected and look before they lose their streams; zero:
 *     they come to coordinators that were started just now
 * @param turn how often one of the targets fails, or works again
 */
record Options(
    List<URI> uplinks,
    List<URI> pages,
    Optional<Path> keys,
    Optional<Path> tokens,
    List<String> from,
    int probes,
    long spooled,
    int targets,
    Duration interval,
    Duration before,
    Duration turn) {
  private static final int MAX_PROBES = 10_000;

  /** Pairs of a name and a value. */
  static Options parse(String... arguments) {
    Map<String, String> given = new LinkedHashMap<>();
    for (int index = 0; index + 1 < arguments.length; index += 2) {
      given.put(arguments[index], arguments[index + 1]);
    }
    int probes = Integer.parseInt(given.getOrDefault("--probes", "500"));
    if (probes < 1 || probes > MAX_PROBES || arguments.length % 2 != 0) {
      throw new IllegalArgumentException("--probes N and other pairs of a name and a value");
    }
    return new Options(
        urls(given.getOrDefault("--uplink", "ws://127.0.0.1:8443")),
        urls(given.getOrDefault("--page", "http://127.0.0.1:8080")),
        Optional.ofNullable(given.get("--keys")).map(Path::of),
        Optional.ofNullable(given.get("--tokens")).map(Path::of),
        List.of(given.getOrDefault("--from", "127.0.0.1").split(",")),
        probes,
        Long.parseLong(given.getOrDefault("--spooled", "1000000")),
        Integer.parseInt(given.getOrDefault("--targets", "20")),
        Duration.ofSeconds(Long.parseLong(given.getOrDefault("--interval", "30"))),
        Duration.ofSeconds(Long.parseLong(given.getOrDefault("--before", "60"))),
        Duration.ofSeconds(Long.parseLong(given.getOrDefault("--turn", "4"))));
  }

  private static List<URI> urls(String written) {
    return Stream.of(written.split(",")).map(URI::create).toList();
  }
}
