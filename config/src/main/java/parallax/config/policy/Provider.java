package parallax.config.policy;

import java.util.List;

/**
 * A shared dependency of many targets.
 *
 * @param cnames patterns of canonical names in lower case: {@code *} at the start stands for any
 *     labels; {@code {number}} for digits, as in {@code *.awsdns-{number}.com}; {@code {region}}
 *     for one label, which then stands behind the name: {@code aws/us-east-1}
 * @param asns autonomous systems (RFC 6793)
 */
public record Provider(String name, Kind kind, List<String> cnames, List<Long> asns) {
  public Provider {
    cnames = List.copyOf(cnames);
    asns = List.copyOf(asns);
  }

  /** What it provides. */
  public enum Kind {
    /** What stands in front of a service and answers for it. */
    CDN,
    /** What a service runs on. */
    CLOUD,
    /** The name servers of a domain. */
    DNS
  }
}
