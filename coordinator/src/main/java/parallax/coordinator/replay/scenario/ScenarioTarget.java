package parallax.coordinator.replay.scenario;

import java.util.List;
import java.util.Optional;

/**
 * A target and what it stands on.
 *
 * @param accept the HTTP statuses that count as fine, at least one; the first is the healthy answer
 */
public record ScenarioTarget(
    String id,
    String domain,
    String tld,
    String registry,
    String registrar,
    String operator,
    NameServers dns,
    Servers web,
    String ca,
    List<Integer> accept) {

  public ScenarioTarget {
    accept = List.copyOf(accept);
  }

  /** Who runs the name servers, and the routes to them. */
  public record NameServers(String provider, long asn, List<String> prefixes) {
    public NameServers {
      prefixes = List.copyOf(prefixes);
    }
  }

  /** Where the service runs, and the routes to it. */
  public record Servers(
      long asn,
      List<String> prefixes,
      Optional<String> cdn,
      Optional<String> cloud,
      Optional<String> region) {
    public Servers {
      prefixes = List.copyOf(prefixes);
    }
  }
}
