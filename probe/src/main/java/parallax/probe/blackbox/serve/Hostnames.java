package parallax.probe.blackbox.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parallax.probe.blackbox.module.HttpClientSettings.Header;
import parallax.probe.blackbox.module.HttpModule;
import parallax.probe.blackbox.module.ProbeModule;
import parallax.probe.blackbox.module.StreamModule;
import parallax.probe.blackbox.module.Value;

/** The parameter {@code hostname}: for whom a server is asked that is named by its address. */
final class Hostnames {
  private Hostnames() {}

  /** The module for that name: as header Host and for TLS. */
  static ProbeModule with(ProbeModule module, String hostname) {
    return switch (module.kind()) {
      case HttpModule http -> {
        List<Header> headers = new ArrayList<>(http.headers());
        headers.removeIf(header -> header.name().equalsIgnoreCase("Host"));
        headers.add(new Header("Host", Value.of(hostname)));
        yield module.with(http.withHeaders(headers));
      }
      case StreamModule stream when !stream.unix() -> module.with(stream.orName(hostname));
      default -> module;
    };
  }

  /** Why the module cannot be for that name. */
  static Optional<String> conflict(HttpModule module, String hostname) {
    return module.headers().stream()
        .filter(header -> header.name().equalsIgnoreCase("Host"))
        .filter(header -> !header.value().equals(Value.of(hostname)))
        .findFirst()
        .map(
            _ ->
                "host header defined both in module configuration and with URL-parameter"
                    + " 'hostname' ("
                    + parallax.config.observation.Printable.bounded(hostname, 200)
                    + ")");
  }
}
