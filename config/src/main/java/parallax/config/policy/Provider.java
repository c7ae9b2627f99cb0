package parallax.config.policy;

import java.util.List;

/**
 * A shared dependency of many targets.
 *
 * @param cnames patterns of canonical names, "*" standing for any labels: {@code *.fastly.net}
 * @param asns autonomous systems (RFC 6793)
 */
public record Provider(String name, List<String> cnames, List<Long> asns) {
  public Provider {
    cnames = List.copyOf(cnames);
    asns = List.copyOf(asns);
  }
}
