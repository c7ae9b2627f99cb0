package parallax.probe.blackbox.module;

import java.net.InetAddress;
import java.util.Optional;

/**
 * A connection, by TCP or to a socket of this machine, and a talk over it.
 *
 * @param unix whether the target is the path of a socket
 * @param from leaves from there
 */
public record StreamModule(
    boolean unix,
    IpChoice ip,
    Optional<InetAddress> from,
    Talk talk,
    boolean tls,
    TlsSettings settings)
    implements ProbeModule.Kind {

  @Override
  public String prober() {
    return unix ? "unix" : "tcp";
  }

  /** The same for a server of that name, unless one is configured. */
  public StreamModule orName(String name) {
    return new StreamModule(unix, ip, from, talk, tls, settings.orName(name));
  }
}
