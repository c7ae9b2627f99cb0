package parallax.probe.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import java.util.Optional;

/** Addresses as the kernel has them: sockaddr_in (ip(7)) and sockaddr_in6 (ipv6(7)). */
public final class SocketStruct {
  public static final int INET = 2;
  public static final int INET6 = 10;

  /** Bytes of the longer one. */
  public static final int MAX_SIZE = 28;

  private static final int SIZE = 16;
  private static final ValueLayout.OfShort NETWORK_SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private SocketStruct() {}

  /**
   * An address and a port.
   *
   * @param port 0: none
   */
  public static MemorySegment of(Arena arena, InetAddress address, int port) {
    boolean six = address instanceof Inet6Address;
    byte[] octets = address.getAddress();
    MemorySegment struct = arena.allocate(six ? MAX_SIZE : SIZE, Long.BYTES);
    struct.set(ValueLayout.JAVA_SHORT, 0, (short) (six ? INET6 : INET));
    struct.set(NETWORK_SHORT, 2, (short) port);
    MemorySegment.copy(octets, 0, struct, ValueLayout.JAVA_BYTE, six ? 8 : 4, octets.length);
    if (address instanceof Inet6Address scoped) {
      struct.set(ValueLayout.JAVA_INT, 24, scoped.getScopeId());
    }
    return struct;
  }

  /** The address that stands at {@code at}; empty when there is none. */
  public static Optional<InetAddress> addressAt(MemorySegment struct, long at) {
    int family = struct.get(ValueLayout.JAVA_SHORT, at);
    if (family != INET && family != INET6) {
      return Optional.empty();
    }
    byte[] octets = new byte[family == INET ? 4 : 16];
    MemorySegment.copy(
        struct, ValueLayout.JAVA_BYTE, at + (family == INET ? 4 : 8), octets, 0, octets.length);
    try {
      return Optional.of(InetAddress.getByAddress(octets));
    } catch (UnknownHostException never) {
      throw new IllegalStateException("of a wrong length", never);
    }
  }
}
