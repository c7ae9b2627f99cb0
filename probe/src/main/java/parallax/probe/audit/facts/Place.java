package parallax.probe.audit.facts;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.function.Function;
import parallax.probe.net.AddressText;
import parallax.probe.net.Cidr;

/** An address and the route to it. */
public record Place(InetAddress address, Origin origin) {
  /** Routes that are longer than this travel nowhere (RFC 7454 section 6.1.3). */
  static final int LONGEST_ROUTE_4 = 24;

  /** The same of IPv6. */
  static final int LONGEST_ROUTE_6 = 48;

  public boolean ipv6() {
    return address instanceof Inet6Address;
  }

  /** The same, with what {@code origins} says of the address. */
  public Place located(Function<InetAddress, Origin> origins) {
    return new Place(address, origins.apply(address));
  }

  /** The smallest block that can be routed on its own: it goes as a whole. */
  public Cidr block() {
    return Cidr.around(address, ipv6() ? LONGEST_ROUTE_6 : LONGEST_ROUTE_4);
  }

  /** {@code 192.0.2.1, AS64500}. */
  @Override
  public String toString() {
    String text = AddressText.of(address);
    return switch (origin) {
      case Origin.Announced(var _, var systems) ->
          text + ", " + String.join(" and ", systems.stream().map(Object::toString).toList());
      case Origin.Unknown _ -> text;
    };
  }
}
