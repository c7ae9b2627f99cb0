package parallax.coordinator.api.access;

import java.net.InetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.access.Access;

/** Says so where everybody may read everything. */
public final class OpenDoor {
  private static final Logger LOG = LoggerFactory.getLogger(OpenDoor.class);

  private OpenDoor() {}

  /** Warns of a listener that others reach and at which nobody is told apart. */
  public static void warn(Access access, String host, int port) {
    if (isOpen(access, host)) {
      LOG.warn(
          "access=open everybody who reaches {}:{} may read all; tell people apart by tokens or"
              + " oidc under 'api' in the configuration",
          host,
          port);
    }
  }

  static boolean isOpen(Access access, String host) {
    return !access.tellsApart() && !isHere(host);
  }

  private static boolean isHere(String host) {
    if (host.equals("localhost")) {
      return true;
    }
    try {
      return InetAddress.ofLiteral(host).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
