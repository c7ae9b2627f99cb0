package parallax.probe.net;

import io.netty.util.NetUtil;
import java.net.InetAddress;

/** Addresses as people write them. */
public final class AddressText {
  private AddressText() {}

  /** In the shortest form (RFC 5952 section 4), without a scope. */
  public static String of(InetAddress address) {
    return NetUtil.toAddressString(address);
  }
}
