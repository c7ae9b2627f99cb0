package parallax.probe.blackbox.module;

import java.time.Duration;
import java.util.Optional;

/**
 * A way of probing that Prometheus names in its requests.
 *
 * @param timeout empty: what the request allows
 * @param shown as YAML, without secrets
 */
public record ProbeModule(String name, Kind kind, Optional<Duration> timeout, String shown) {
  /** What kind of probe, and what it is told. */
  public sealed interface Kind
      permits HttpModule, StreamModule, DnsModule, EchoModule, GrpcModule, SocketModule {
    /** The word that stands behind {@code prober}. */
    String prober();
  }

  /** The same, told something else. */
  public ProbeModule with(Kind other) {
    return new ProbeModule(name, other, timeout, shown);
  }
}
