package parallax.probe.blackbox.echo;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A socket that echoes go over: one that anybody may have where the kernel allows it
 * (net.ipv4.ping_group_range, icmp(7)), else a raw one, for which CAP_NET_RAW is needed. For one
 * thread.
 */
final class EchoSocket implements AutoCloseable {
  private static final int INET = 2;
  private static final int INET6 = 10;
  private static final int DATAGRAM = 2;
  private static final int RAW = 3;
  private static final int ICMP = 1;
  private static final int ICMP6 = 58;

  private static final int SOL_SOCKET = 1;
  private static final int SOL_IP = 0;
  private static final int SOL_IPV6 = 41;
  private static final int SO_RCVTIMEO = 20;
  private static final int SO_TIMESTAMPNS = 35;
  private static final int IP_TTL = 2;
  private static final int IP_MTU_DISCOVER = 10;
  private static final int IP_RECVTTL = 12;
  private static final int IP_PMTUDISC_DO = 2;
  private static final int IPV6_UNICAST_HOPS = 16;
  private static final int IPV6_RECVHOPLIMIT = 51;
  private static final int IPV6_HOPLIMIT = 52;

  /** A packet of 64 KiB, with headers. */
  private static final int MAX_PACKET = 66_000;

  private static final int CONTROL = 256;
  private static final int MESSAGE = 56;
  private static final int CONTROL_HEADER = 16;
  private static final int CONTROL_LENGTH_AT = 40;

  private static final ValueLayout.OfShort NETWORK_SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private final Arena arena = Arena.ofConfined();
  private final boolean six;
  private final boolean raw;
  private final int socket;
  private final MemorySegment packet;
  private final MemorySegment control;
  private final MemorySegment sender;
  private final MemorySegment message;
  private final MemorySegment state;
  private MemorySegment outgoing = MemorySegment.NULL;

  private EchoSocket(boolean six, boolean raw, int socket) {
    this.six = six;
    this.raw = raw;
    this.socket = socket;
    this.packet = arena.allocate(MAX_PACKET, Long.BYTES);
    this.control = arena.allocate(CONTROL, Long.BYTES);
    this.sender = arena.allocate(28, Long.BYTES);
    this.message = arena.allocate(MESSAGE, Long.BYTES);
    this.state = Kernel.state(arena);
  }

  /** A socket for that family, of whatever kind is allowed. */
  static EchoSocket open(boolean six) throws Kernel.Refused {
    int family = six ? INET6 : INET;
    int protocol = six ? ICMP6 : ICMP;
    try {
      return new EchoSocket(six, false, Kernel.socket(family, DATAGRAM, protocol));
    } catch (Kernel.Refused refused) {
      if (refused.errno() != Kernel.EACCES && refused.errno() != Kernel.EPERM) {
        throw refused;
      }
      return new EchoSocket(six, true, Kernel.socket(family, RAW, protocol));
    }
  }

  /** Whether packets for others are heard, too, and IPv4 headers come with them. */
  boolean isRaw() {
    return raw;
  }

  /**
   * Sets what replies shall tell, and how packets leave.
   *
   * @param hops 0: as the system has it
   */
  void prepare(Optional<InetAddress> from, int hops, boolean dontFragment) throws Kernel.Refused {
    number(SOL_SOCKET, SO_TIMESTAMPNS, 1);
    number(six ? SOL_IPV6 : SOL_IP, six ? IPV6_RECVHOPLIMIT : IP_RECVTTL, 1);
    if (hops > 0) {
      number(six ? SOL_IPV6 : SOL_IP, six ? IPV6_UNICAST_HOPS : IP_TTL, hops);
    }
    if (dontFragment && !six) {
      number(SOL_IP, IP_MTU_DISCOVER, IP_PMTUDISC_DO);
    }
    if (from.isPresent()) {
      Kernel.bind(socket, address(from.get()));
    }
  }

  private void number(int level, int name, int value) throws Kernel.Refused {
    Kernel.option(socket, level, name, arena.allocateFrom(ValueLayout.JAVA_INT, value));
  }

  /** Gets a packet ready; only what comes from there is heard afterwards. */
  void aim(byte[] bytes, InetAddress to) throws Kernel.Refused {
    Kernel.connect(socket, address(to));
    outgoing = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
  }

  /** Sends the packet that is ready. */
  void send() throws Kernel.Refused {
    Kernel.send(socket, outgoing, state);
  }

  /** sockaddr_in or sockaddr_in6, with port 0. */
  private MemorySegment address(InetAddress address) {
    byte[] octets = address.getAddress();
    MemorySegment struct = arena.allocate(six ? 28 : 16, Long.BYTES);
    struct.set(ValueLayout.JAVA_SHORT, 0, (short) (six ? INET6 : INET));
    struct.set(NETWORK_SHORT, 2, (short) 0);
    MemorySegment.copy(octets, 0, struct, ValueLayout.JAVA_BYTE, six ? 8 : 4, octets.length);
    return struct;
  }

  /**
   * A packet that came.
   *
   * @param icmp without the header of IP
   * @param hops what was left of them, if the kernel says so
   * @param at when it came, by the machine's clock, if the kernel says so
   */
  record Came(ByteBuffer icmp, Optional<Integer> hops, Optional<Instant> at) {}

  /** The next packet; empty when none comes in time. */
  Optional<Came> receive(Duration patience) throws Kernel.Refused {
    MemorySegment time = arena.allocate(2L * Long.BYTES, Long.BYTES);
    time.set(ValueLayout.JAVA_LONG, 0, patience.toSeconds());
    // A time of nothing would mean for ever.
    time.set(ValueLayout.JAVA_LONG, Long.BYTES, Math.max(1, patience.toNanosPart() / 1_000));
    Kernel.option(socket, SOL_SOCKET, SO_RCVTIMEO, time);
    MemorySegment vector = arena.allocate(2L * Long.BYTES, Long.BYTES);
    vector.set(ValueLayout.ADDRESS, 0, packet);
    vector.set(ValueLayout.JAVA_LONG, Long.BYTES, packet.byteSize());
    message.fill((byte) 0);
    message.set(ValueLayout.ADDRESS, 0, sender);
    message.set(ValueLayout.JAVA_INT, 8, (int) sender.byteSize());
    message.set(ValueLayout.ADDRESS, 16, vector);
    message.set(ValueLayout.JAVA_LONG, 24, 1);
    message.set(ValueLayout.ADDRESS, 32, control);
    message.set(ValueLayout.JAVA_LONG, CONTROL_LENGTH_AT, control.byteSize());
    try {
      return Optional.of(read(Kernel.receive(socket, message)));
    } catch (Kernel.Refused refused) {
      if (refused.errno() == Kernel.EAGAIN || refused.errno() == Kernel.EINTR) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  private Came read(int length) {
    int skip = raw && !six && length > 0 ? (packet.get(ValueLayout.JAVA_BYTE, 0) & 0x0f) * 4 : 0;
    byte[] icmp = new byte[Math.max(0, length - skip)];
    MemorySegment.copy(packet, ValueLayout.JAVA_BYTE, skip, icmp, 0, icmp.length);
    Optional<Integer> hops = Optional.empty();
    Optional<Instant> at = Optional.empty();
    long end = message.get(ValueLayout.JAVA_LONG, CONTROL_LENGTH_AT);
    long offset = 0;
    while (offset + CONTROL_HEADER <= end) {
      long size = control.get(ValueLayout.JAVA_LONG, offset);
      int level = control.get(ValueLayout.JAVA_INT, offset + 8);
      int type = control.get(ValueLayout.JAVA_INT, offset + 12);
      if (size < CONTROL_HEADER) {
        break;
      }
      boolean hopLimit =
          (level == SOL_IP && type == IP_TTL) || (level == SOL_IPV6 && type == IPV6_HOPLIMIT);
      if (hopLimit) {
        hops = Optional.of(control.get(ValueLayout.JAVA_INT, offset + CONTROL_HEADER));
      } else if (level == SOL_SOCKET && type == SO_TIMESTAMPNS) {
        at =
            Optional.of(
                Instant.ofEpochSecond(
                    control.get(ValueLayout.JAVA_LONG, offset + CONTROL_HEADER),
                    control.get(ValueLayout.JAVA_LONG, offset + CONTROL_HEADER + Long.BYTES)));
      }
      offset += (size + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
    }
    return new Came(ByteBuffer.wrap(icmp).asReadOnlyBuffer(), hops, at);
  }

  @Override
  public void close() {
    Kernel.close(socket);
    arena.close();
  }
}
