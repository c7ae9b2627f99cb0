package parallax.probe.net;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * The addresses of this machine that checks leave from; of a family without one the system chooses.
 */
public record Departure(Optional<Inet4Address> four, Optional<Inet6Address> six) {
  /** The system chooses. */
  public static final Departure ANY = new Departure(Optional.empty(), Optional.empty());

  /**
   * From these.
   *
   * @throws IllegalArgumentException when there are two of one family
   */
  public static Departure from(List<InetAddress> addresses) {
    Optional<Inet4Address> four = Optional.empty();
    Optional<Inet6Address> six = Optional.empty();
    for (InetAddress address : addresses) {
      boolean second = address instanceof Inet4Address ? four.isPresent() : six.isPresent();
      if (address instanceof Inet4Address one) {
        four = Optional.of(one);
      } else if (address instanceof Inet6Address one) {
        six = Optional.of(one);
      }
      if (second) {
        throw new IllegalArgumentException(
            "more than one address of one family: " + AddressText.of(address));
      }
    }
    return new Departure(four, six);
  }

  /** Where a socket that is to reach {@code destination} is bound, on any port. */
  public Optional<InetSocketAddress> towards(InetAddress destination) {
    Optional<? extends InetAddress> own = destination instanceof Inet4Address ? four : six;
    return own.map(address -> new InetSocketAddress(address, 0));
  }
}
