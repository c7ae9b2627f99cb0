package parallax.coordinator.api.exchange;

import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Of whom a connection comes from: as much of the address as one household has. */
public final class Network {
  /** Bytes of an IPv6 address that one subscriber has (RFC 6177). */
  private static final int OWN_BYTES = 8;

  private static final int IPV4_BYTES = 4;
  private static final String UNKNOWN = "unknown";

  private Network() {}

  public static String of(@Nullable SocketAddress address) {
    if (address == null || address.hostAddress() == null) {
      return UNKNOWN;
    }
    try {
      byte[] bytes = InetAddress.ofLiteral(address.hostAddress()).getAddress();
      int own = bytes.length == IPV4_BYTES ? IPV4_BYTES : OWN_BYTES;
      return HexFormat.of().formatHex(Arrays.copyOf(bytes, own));
    } catch (IllegalArgumentException e) {
      return UNKNOWN;
    }
  }
}
