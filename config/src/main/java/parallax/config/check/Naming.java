package parallax.config.check;

import java.util.List;

/**
 * How a check turns its host name into addresses.
 *
 * @param resolvers asked in order, the next one when one does not answer; empty means the probe
 *     machine's own
 * @param family which addresses may be used
 */
public record Naming(List<ServerAddress> resolvers, AddressFamily family) {
  public static final Naming SYSTEM = new Naming(List.of(), AddressFamily.ANY);

  public Naming {
    resolvers = List.copyOf(resolvers);
  }

  /** Which addresses of a name a check may connect to. */
  public enum AddressFamily {
    /** IPv4 first, IPv6 where there is no IPv4 address. */
    ANY,
    IPV4,
    IPV6
  }
}
