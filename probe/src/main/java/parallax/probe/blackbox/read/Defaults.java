package parallax.probe.blackbox.read;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The modules that are there without a file. */
public final class Defaults {
  private static final String YAML =
      """
      modules:
        http_2xx:
          prober: http
        tcp_connect:
          prober: tcp
        icmp:
          prober: icmp
        dns:
          prober: dns
          dns:
            query_name: .
            query_type: NS
      """;

  private Defaults() {}

  /** http_2xx, tcp_connect, icmp and dns, which asks for the servers of the root. */
  public static ModulesReader.Outcome.Good modules() {
    return switch (ModulesReader.read(Path.of("built-in"), YAML.getBytes(StandardCharsets.UTF_8))) {
      case ModulesReader.Outcome.Good good -> good;
      case ModulesReader.Outcome.Bad bad ->
          throw new IllegalStateException("built-in modules: " + bad.problems());
    };
  }
}
