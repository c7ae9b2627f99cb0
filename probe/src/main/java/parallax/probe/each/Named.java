package parallax.probe.each;

import java.util.Optional;
import parallax.config.check.BgpSpec;
import parallax.config.check.CheckSpec;
import parallax.config.check.CheckSpec.PacketSpec;
import parallax.config.check.CheckSpec.ServiceSpec;
import parallax.config.check.DnsSpec;
import parallax.config.check.HttpSpec;
import parallax.config.check.Naming;
import parallax.config.check.RegistrationSpec;
import parallax.config.check.TcpSpec;
import parallax.config.check.TlsSpec;
import parallax.config.check.ZoneSpec;

/**
 * A check that connects to a host, and how it finds the host's addresses.
 *
 * @param host name or address literal, IPv6 without brackets
 */
record Named(CheckSpec spec, String host, Naming naming) {

  /** The check, if it is to look at each address. */
  static Optional<Named> of(CheckSpec spec) {
    Optional<Named> named =
        switch (spec) {
          case TcpSpec it -> Optional.of(new Named(it, it.server().host(), it.naming()));
          case TlsSpec it -> Optional.of(new Named(it, it.server().host(), it.naming()));
          case ServiceSpec it -> Optional.of(new Named(it, it.server().host(), it.naming()));
          case PacketSpec it -> Optional.of(new Named(it, it.host(), it.naming()));
          case HttpSpec it when it.proxy().isEmpty() ->
              Optional.of(new Named(it, host(it), it.naming()));
          case HttpSpec _, HttpSpec.Journey _, HttpSpec.Openid _, HttpSpec.Page _ ->
              Optional.empty();
          case RegistrationSpec _, ZoneSpec _, BgpSpec _, DnsSpec _ -> Optional.empty();
        };
    return named.filter(it -> it.naming().choice() instanceof Naming.Choice.Each);
  }

  private static String host(HttpSpec spec) {
    String host = spec.url().getHost();
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    return (bracketed ? host.substring(1, host.length() - 1) : host)
        .toLowerCase(java.util.Locale.ROOT);
  }

  /**
   * The same, looking at one address.
   *
   * @param address literal, IPv6 without brackets
   */
  CheckSpec at(String address) {
    Naming only = naming.only(host, address);
    return switch (spec) {
      case TcpSpec it -> new TcpSpec(it.server(), only, it.timeout());
      case TlsSpec it -> new TlsSpec(it.server(), it.policy(), only, it.timeout());
      case ServiceSpec it ->
          new ServiceSpec(
              it.server(),
              it.protocol(),
              it.security(),
              it.tls(),
              it.latency(),
              only,
              it.timeout());
      case PacketSpec.Echo it ->
          new PacketSpec.Echo(it.host(), it.echoes(), it.limits(), only, it.timeout());
      case PacketSpec.Datagram it ->
          new PacketSpec.Datagram(it.server(), it.send(), it.expect(), only, it.timeout());
      case PacketSpec.Ntp it -> new PacketSpec.Ntp(it.server(), it.limits(), only, it.timeout());
      case HttpSpec it ->
          new HttpSpec(
              it.url(),
              it.method(),
              it.headers(),
              it.body(),
              it.expect(),
              it.credentials(),
              it.version(),
              it.redirects(),
              it.tls(),
              it.proxy(),
              only,
              it.timeout());
      case HttpSpec.Journey _,
          HttpSpec.Openid _,
          HttpSpec.Page _,
          RegistrationSpec _,
          ZoneSpec _,
          BgpSpec _,
          DnsSpec _ ->
          spec;
    };
  }
}
