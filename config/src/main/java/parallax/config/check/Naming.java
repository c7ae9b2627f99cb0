package parallax.config.check;

import java.util.List;

/**
 * How a check turns its host name into addresses.
 *
 * @param resolvers asked in order, the next one when one does not answer; empty means the probe
 *     machine's own
 * @param family which addresses may be used
 * @param choice which of these are looked at
 */
public record Naming(List<ServerAddress> resolvers, AddressFamily family, Choice choice) {
  public static final Naming SYSTEM = new Naming(List.of(), AddressFamily.ANY);

  public Naming {
    resolvers = List.copyOf(resolvers);
  }

  /** The first address that accepts is looked at. */
  public Naming(List<ServerAddress> resolvers, AddressFamily family) {
    this(resolvers, family, new Choice.First());
  }

  /**
   * The same, with one address for a host.
   *
   * @param address literal, IPv6 without brackets
   */
  public Naming only(String host, String address) {
    return new Naming(resolvers, family, new Choice.Only(host, address));
  }

  /** Which addresses of a name a check may connect to. */
  public enum AddressFamily {
    /** IPv4 first, IPv6 where there is no IPv4 address. */
    ANY,
    IPV4,
    IPV6
  }

  /** Which of the addresses that may be used are looked at. */
  public sealed interface Choice {
    /** One: they are tried in order until one accepts, as browsers do. */
    record First() implements Choice {}

    /** Each by itself, of both families where both may be used. */
    record Each() implements Choice {}

    /**
     * This one for this host; of other hosts, which a redirect may lead to, the first.
     *
     * @param address literal, IPv6 without brackets
     */
    record Only(String host, String address) implements Choice {}
  }
}
