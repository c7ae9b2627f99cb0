package parallax.probe.icmp;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import parallax.probe.kernel.Kernel;
import parallax.probe.kernel.SocketStruct;

/** Takes what comes to a socket, one after the other. Confined to one thread. */
final class EchoInbox implements AutoCloseable {
  /** A packet of 64 KiB, with headers. */
  private static final int MAX_PACKET = 66_000;

  private static final int CONTROL = 512;
  private static final int MESSAGE = 56;
  private static final int CONTROL_HEADER = 16;
  private static final int CONTROL_LENGTH_AT = 40;

  /** sock_extended_err (recvmsg(2), IP_RECVERR). */
  private static final int ORIGIN_AT = 4;

  private static final int TYPE_AT = 5;
  private static final int CODE_AT = 6;
  private static final int OFFENDER_AT = 16;
  private static final int ORIGIN_ICMP = 2;
  private static final int ORIGIN_ICMP6 = 3;

  private final Arena arena = Arena.ofConfined();
  private final EchoSocket socket;
  private final MemorySegment packet;
  private final MemorySegment control;
  private final MemorySegment sender;
  private final MemorySegment vector;
  private final MemorySegment message;
  private final MemorySegment state;

  EchoInbox(EchoSocket socket) {
    this.socket = socket;
    this.packet = arena.allocate(MAX_PACKET, Long.BYTES);
    this.control = arena.allocate(CONTROL, Long.BYTES);
    this.sender = arena.allocate(28, Long.BYTES);
    this.vector = arena.allocate(2L * Long.BYTES, Long.BYTES);
    this.message = arena.allocate(MESSAGE, Long.BYTES);
    this.state = Kernel.state(arena);
  }

  /**
   * A packet that came.
   *
   * @param icmp without the header of IP; of a message about a request the request itself, as far
   *     as it is quoted. Valid until the next one is taken
   * @param from who sent it
   * @param hops what was left of them, if the kernel says so
   * @param at when it came, by the machine's clock, if the kernel says so
   * @param dropped packets of this socket that there was no room for so far, if the kernel says so
   * @param error what is said of the request
   */
  record Came(
      ByteBuffer icmp,
      Optional<InetAddress> from,
      Optional<Integer> hops,
      Optional<Instant> at,
      Optional<Integer> dropped,
      Optional<Said> error) {}

  /** A message of ICMP about a packet. */
  record Said(int type, int code, Optional<InetAddress> by) {}

  /** The next packet, or message about one; empty when none comes in time. */
  Optional<Came> next() throws Kernel.Refused {
    if (socket.owesErrors()) {
      // Taking one of several makes the kernel tell of the next.
      Optional<Came> said = error();
      if (said.isPresent()) {
        return said;
      }
    }
    try {
      return Optional.of(take(0));
    } catch (Kernel.Refused refused) {
      if (refused.errno() == Kernel.EAGAIN || refused.errno() == Kernel.EINTR) {
        return Optional.empty();
      }
      // Something became of an earlier packet: the queue of errors says what.
      Optional<Came> said = error();
      if (said.isEmpty()) {
        throw refused;
      }
      return said;
    }
  }

  /** The next message about a packet that was sent; empty when there is none. */
  Optional<Came> error() {
    try {
      return Optional.of(take(Kernel.ERROR_QUEUE | Kernel.DONT_WAIT));
    } catch (Kernel.Refused none) {
      return Optional.empty();
    }
  }

  private Came take(int flags) throws Kernel.Refused {
    vector.set(ValueLayout.ADDRESS, 0, packet);
    vector.set(ValueLayout.JAVA_LONG, Long.BYTES, packet.byteSize());
    message.fill((byte) 0);
    message.set(ValueLayout.ADDRESS, 0, sender);
    message.set(ValueLayout.JAVA_INT, 8, (int) sender.byteSize());
    message.set(ValueLayout.ADDRESS, 16, vector);
    message.set(ValueLayout.JAVA_LONG, 24, 1);
    message.set(ValueLayout.ADDRESS, 32, control);
    message.set(ValueLayout.JAVA_LONG, CONTROL_LENGTH_AT, control.byteSize());
    return read(Kernel.receive(socket.handle(), message, state, flags), flags == 0);
  }

  private Came read(int length, boolean whole) {
    boolean header = whole && socket.isRaw() && !socket.isSix() && length > 0;
    int skip = header ? (packet.get(ValueLayout.JAVA_BYTE, 0) & 0x0f) * 4 : 0;
    ByteBuffer icmp =
        packet.asSlice(Math.min(skip, length), Math.max(0, length - skip)).asByteBuffer();
    Optional<Integer> hops = Optional.empty();
    Optional<Instant> at = Optional.empty();
    Optional<Integer> dropped = Optional.empty();
    Optional<Said> error = Optional.empty();
    long end = message.get(ValueLayout.JAVA_LONG, CONTROL_LENGTH_AT);
    long offset = 0;
    while (offset + CONTROL_HEADER <= end) {
      long size = control.get(ValueLayout.JAVA_LONG, offset);
      if (size < CONTROL_HEADER) {
        break;
      }
      int level = control.get(ValueLayout.JAVA_INT, offset + 8);
      int type = control.get(ValueLayout.JAVA_INT, offset + 12);
      long value = offset + CONTROL_HEADER;
      if (level == EchoSocket.SOL_SOCKET && type == EchoSocket.SO_TIMESTAMPNS) {
        at = Optional.of(time(value));
      } else if (level == EchoSocket.SOL_SOCKET && type == EchoSocket.SO_RXQ_OVFL) {
        dropped = Optional.of(control.get(ValueLayout.JAVA_INT, value));
      } else if (isHops(level, type)) {
        hops = Optional.of(control.get(ValueLayout.JAVA_INT, value));
      } else if (isError(level, type)) {
        error = said(value);
      }
      offset += (size + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
    }
    return new Came(icmp, SocketStruct.addressAt(sender, 0), hops, at, dropped, error);
  }

  private static boolean isHops(int level, int type) {
    return (level == EchoSocket.SOL_IP && type == EchoSocket.IP_TTL)
        || (level == EchoSocket.SOL_IPV6 && type == EchoSocket.IPV6_HOPLIMIT);
  }

  private static boolean isError(int level, int type) {
    return (level == EchoSocket.SOL_IP && type == EchoSocket.IP_RECVERR)
        || (level == EchoSocket.SOL_IPV6 && type == EchoSocket.IPV6_RECVERR);
  }

  private Instant time(long value) {
    return Instant.ofEpochSecond(
        control.get(ValueLayout.JAVA_LONG, value),
        control.get(ValueLayout.JAVA_LONG, value + Long.BYTES));
  }

  /** Of what this machine finds out by itself the sending call has told already. */
  private Optional<Said> said(long value) {
    int origin = control.get(ValueLayout.JAVA_BYTE, value + ORIGIN_AT);
    return origin == ORIGIN_ICMP || origin == ORIGIN_ICMP6
        ? Optional.of(
            new Said(
                control.get(ValueLayout.JAVA_BYTE, value + TYPE_AT) & 0xff,
                control.get(ValueLayout.JAVA_BYTE, value + CODE_AT) & 0xff,
                SocketStruct.addressAt(control, value + OFFENDER_AT)))
        : Optional.empty();
  }

  @Override
  public void close() {
    arena.close();
  }
}
