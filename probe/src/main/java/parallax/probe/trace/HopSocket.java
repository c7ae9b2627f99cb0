package parallax.probe.trace;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import parallax.probe.icmp.EchoHeard;
import parallax.probe.kernel.Kernel;
import parallax.probe.kernel.SocketStruct;

/**
 * A connection that is begun with few hops to make, and what becomes of it: a router that takes the
 * last one off says so, and the kernel keeps that for whoever asks (ip(7), IP_RECVERR). Nobody
 * needs rights for it. Confined to one thread.
 */
final class HopSocket implements AutoCloseable {
  private static final int SOL_SOCKET = 1;
  private static final int SOL_IP = 0;
  private static final int SOL_IPV6 = 41;
  private static final int SO_ERROR = 4;
  private static final int SO_LINGER = 13;
  private static final int IP_TTL = 2;
  private static final int IP_RECVERR = 11;
  private static final int IPV6_UNICAST_HOPS = 16;
  private static final int IPV6_RECVERR = 25;

  /** SOCK_STREAM, SOCK_NONBLOCK and SOCK_CLOEXEC. */
  private static final int STREAM = 1 | 0x800 | 0x80000;

  private static final int TCP = 6;

  /** msghdr and cmsghdr (recvmsg(2)). */
  private static final int MESSAGE = 56;

  private static final int CONTROL = 256;
  private static final int CONTROL_HEADER = 16;
  private static final int CONTROL_AT = 32;
  private static final int CONTROL_LENGTH_AT = 40;

  /** sock_extended_err (recvmsg(2), IP_RECVERR). */
  private static final int ORIGIN_AT = 4;

  private static final int TYPE_AT = 5;
  private static final int CODE_AT = 6;
  private static final int OFFENDER_AT = 16;
  private static final int ORIGIN_ICMP = 2;
  private static final int ORIGIN_ICMP6 = 3;

  private final InetAddress to;
  private final int socket;

  private HopSocket(InetAddress to, int socket) {
    this.to = to;
    this.socket = socket;
  }

  /**
   * Begins to connect.
   *
   * @param from where the socket is bound; empty: the system chooses
   * @throws IOException when that cannot be done, as the kernel says it
   */
  static HopSocket open(InetSocketAddress to, Optional<InetSocketAddress> from, int hops)
      throws IOException {
    boolean six = to.getAddress() instanceof Inet6Address;
    int handle = Kernel.socket(six ? SocketStruct.INET6 : SocketStruct.INET, STREAM, TCP);
    HopSocket made = new HopSocket(to.getAddress(), handle);
    try (Arena arena = Arena.ofConfined()) {
      int level = six ? SOL_IPV6 : SOL_IP;
      made.set(arena, level, six ? IPV6_UNICAST_HOPS : IP_TTL, hops);
      made.set(arena, level, six ? IPV6_RECVERR : IP_RECVERR, 1);
      // A connection that comes about is broken off, and leaves nothing behind on either side.
      MemorySegment linger = arena.allocate(2L * Integer.BYTES, Integer.BYTES);
      linger.set(ValueLayout.JAVA_INT, 0, 1);
      Kernel.option(handle, SOL_SOCKET, SO_LINGER, linger);
      if (from.isPresent()) {
        Kernel.bind(handle, SocketStruct.of(arena, from.get().getAddress(), 0));
      }
      Kernel.connect(handle, SocketStruct.of(arena, to.getAddress(), to.getPort()));
      return made;
    } catch (IOException refused) {
      made.close();
      throw refused;
    }
  }

  private void set(Arena arena, int level, int name, int value) throws IOException {
    Kernel.option(socket, level, name, arena.allocateFrom(ValueLayout.JAVA_INT, value));
  }

  int handle() {
    return socket;
  }

  /**
   * What became of it, once poll(2) says that something did.
   *
   * @return empty: nothing that anybody else said
   */
  Optional<EchoHeard> heard(Duration after) throws IOException {
    Optional<EchoHeard> said = said(after);
    if (said.isPresent()) {
      return said;
    }
    int error = Kernel.number(socket, SO_ERROR);
    return error == 0 || error == Kernel.ECONNREFUSED
        ? Optional.of(new EchoHeard.Reply(after, Optional.empty()))
        : Optional.empty();
  }

  /** What a message of ICMP says of it. */
  private Optional<EchoHeard> said(Duration after) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment control = arena.allocate(CONTROL, Long.BYTES);
      MemorySegment message = arena.allocate(MESSAGE, Long.BYTES);
      message.set(ValueLayout.ADDRESS, CONTROL_AT, control);
      message.set(ValueLayout.JAVA_LONG, CONTROL_LENGTH_AT, control.byteSize());
      int _ =
          Kernel.receive(
              socket, message, Kernel.state(arena), Kernel.ERROR_QUEUE | Kernel.DONT_WAIT);
      long end = message.get(ValueLayout.JAVA_LONG, CONTROL_LENGTH_AT);
      for (long at = 0; at + CONTROL_HEADER <= end; ) {
        long size = control.get(ValueLayout.JAVA_LONG, at);
        if (size < CONTROL_HEADER) {
          break;
        }
        int level = control.get(ValueLayout.JAVA_INT, at + 8);
        int type = control.get(ValueLayout.JAVA_INT, at + 12);
        if ((level == SOL_IP && type == IP_RECVERR)
            || (level == SOL_IPV6 && type == IPV6_RECVERR)) {
          return message(control, at + CONTROL_HEADER, after);
        }
        at += (size + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
      }
      return Optional.empty();
    } catch (Kernel.Refused nothing) {
      return Optional.empty();
    }
  }

  private Optional<EchoHeard> message(MemorySegment control, long at, Duration after) {
    int origin = control.get(ValueLayout.JAVA_BYTE, at + ORIGIN_AT);
    if (origin != ORIGIN_ICMP && origin != ORIGIN_ICMP6) {
      return Optional.empty();
    }
    Optional<InetAddress> by = SocketStruct.addressAt(control, at + OFFENDER_AT);
    if (by.filter(to::equals).isPresent()) {
      // The host itself says that there is nobody at the port: the way ends there.
      return Optional.of(new EchoHeard.Reply(after, Optional.empty()));
    }
    return Optional.of(
        EchoHeard.undelivered(
            to instanceof Inet6Address,
            control.get(ValueLayout.JAVA_BYTE, at + TYPE_AT) & 0xff,
            control.get(ValueLayout.JAVA_BYTE, at + CODE_AT) & 0xff,
            by,
            after));
  }

  @Override
  public void close() {
    Kernel.close(socket);
  }
}
