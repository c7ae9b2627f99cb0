package parallax.probe.icmp;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import parallax.probe.kernel.Kernel;
import parallax.probe.kernel.SocketStruct;

/**
 * A socket that echoes go over: one that anybody may have where the kernel allows it
 * (net.ipv4.ping_group_range, icmp(7)), else a raw one, for which CAP_NET_RAW is needed. Any thread
 * may send; what comes is taken by {@link EchoInbox}.
 */
final class EchoSocket {
  static final int SOL_SOCKET = 1;
  static final int SOL_IP = 0;
  static final int SOL_IPV6 = 41;
  static final int SO_TIMESTAMPNS = 35;
  static final int SO_RXQ_OVFL = 40;
  static final int IP_TTL = 2;
  static final int IP_RECVERR = 11;
  static final int IPV6_RECVERR = 25;
  static final int IPV6_HOPLIMIT = 52;

  private static final int DATAGRAM = 2;
  private static final int RAW = 3;
  private static final int ICMP = 1;
  private static final int ICMP6 = 58;
  private static final int SOL_RAW = 255;
  private static final int SO_RCVBUF = 8;
  private static final int SO_RCVTIMEO = 20;
  private static final int SO_RCVBUFFORCE = 33;
  private static final int IP_PKTINFO = 8;
  private static final int IP_MTU_DISCOVER = 10;
  private static final int IP_RECVTTL = 12;
  private static final int IP_PMTUDISC_DO = 2;
  private static final int IPV6_PKTINFO = 50;
  private static final int IPV6_RECVHOPLIMIT = 51;
  private static final int ICMP_FILTER = 1;
  private static final int ECHO_REPLY_6 = 129;

  /** Room for some thousands of replies that come at once. */
  private static final int BUFFER = 4 * 1024 * 1024;

  private static final int CONTROL_HEADER = 16;
  private static final int MESSAGE = 56;

  /** A send may be told of what happened to an earlier packet; it is not sent then. */
  private static final int MAX_SENDS = 4;

  private final boolean six;
  private final boolean raw;
  private final int socket;
  private volatile boolean told;

  private EchoSocket(boolean six, boolean raw, int socket) {
    this.six = six;
    this.raw = raw;
    this.socket = socket;
  }

  /**
   * A socket for that family, of whatever kind is allowed.
   *
   * @param patience how long one receiving waits
   */
  static EchoSocket open(boolean six, boolean dontFragment, Duration patience)
      throws Kernel.Refused {
    EchoSocket made = open(six);
    try {
      made.prepare(dontFragment, patience);
      return made;
    } catch (Kernel.Refused refused) {
      made.close();
      throw refused;
    }
  }

  private static EchoSocket open(boolean six) throws Kernel.Refused {
    int family = six ? SocketStruct.INET6 : SocketStruct.INET;
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

  boolean isSix() {
    return six;
  }

  int handle() {
    return socket;
  }

  private void prepare(boolean dontFragment, Duration patience) throws Kernel.Refused {
    try (Arena arena = Arena.ofConfined()) {
      number(arena, SOL_SOCKET, SO_TIMESTAMPNS, 1);
      number(arena, SOL_SOCKET, SO_RXQ_OVFL, 1);
      number(arena, six ? SOL_IPV6 : SOL_IP, six ? IPV6_RECVHOPLIMIT : IP_RECVTTL, 1);
      number(arena, six ? SOL_IPV6 : SOL_IP, six ? IPV6_RECVERR : IP_RECVERR, 1);
      if (dontFragment && !six) {
        number(arena, SOL_IP, IP_MTU_DISCOVER, IP_PMTUDISC_DO);
      }
      try {
        number(arena, SOL_SOCKET, SO_RCVBUFFORCE, BUFFER);
      } catch (Kernel.Refused notAllowed) {
        number(arena, SOL_SOCKET, SO_RCVBUF, BUFFER);
      }
      MemorySegment time = arena.allocate(2L * Long.BYTES, Long.BYTES);
      time.set(ValueLayout.JAVA_LONG, 0, patience.toSeconds());
      time.set(ValueLayout.JAVA_LONG, Long.BYTES, Math.max(1, patience.toNanosPart() / 1_000));
      Kernel.option(socket, SOL_SOCKET, SO_RCVTIMEO, time);
      if (raw) {
        repliesOnly(arena);
      }
    }
  }

  /** Messages about packets that did not arrive come by the queue of errors all the same. */
  private void repliesOnly(Arena arena) throws Kernel.Refused {
    if (six) {
      MemorySegment blocked = arena.allocate(4L * Long.BYTES, Long.BYTES);
      blocked.fill((byte) 0xff);
      long word = (ECHO_REPLY_6 >> 5) * (long) Integer.BYTES;
      blocked.set(ValueLayout.JAVA_INT, word, ~(1 << (ECHO_REPLY_6 & 31)));
      Kernel.option(socket, ICMP6, ICMP_FILTER, blocked);
    } else {
      number(arena, SOL_RAW, ICMP_FILTER, ~1);
    }
  }

  private void number(Arena arena, int level, int name, int value) throws Kernel.Refused {
    Kernel.option(socket, level, name, arena.allocateFrom(ValueLayout.JAVA_INT, value));
  }

  /**
   * Sends a packet.
   *
   * @param leaving called just before
   */
  void send(EchoRequest request, byte[] packet, Runnable leaving) throws Kernel.Refused {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = Kernel.state(arena);
      MemorySegment message = message(arena, request, packet);
      for (int sends = 1; ; sends++) {
        try {
          Kernel.send(socket, message, state, leaving);
          return;
        } catch (Kernel.Refused refused) {
          // Whoever receives is not told any more of what this told the sender.
          told = true;
          if (sends == MAX_SENDS || refused.errno() == Kernel.EMSGSIZE) {
            throw refused;
          }
        }
      }
    }
  }

  /**
   * Whether something is to be found in the queue of errors that receiving does not point to; says
   * so once.
   */
  boolean owesErrors() {
    boolean owes = told;
    if (owes) {
      told = false;
    }
    return owes;
  }

  /** Makes sending as fast as it will be; takes some milliseconds. */
  void warmUp(EchoRequest request, byte[] packet, Runnable leaving) {
    try (Arena arena = Arena.ofConfined()) {
      Kernel.warmUp(message(arena, request, packet), Kernel.state(arena), leaving);
    }
  }

  private MemorySegment message(Arena arena, EchoRequest request, byte[] packet) {
    MemorySegment address = SocketStruct.of(arena, request.to(), 0);
    MemorySegment vector = arena.allocate(2L * Long.BYTES, Long.BYTES);
    vector.set(ValueLayout.ADDRESS, 0, arena.allocateFrom(ValueLayout.JAVA_BYTE, packet));
    vector.set(ValueLayout.JAVA_LONG, Long.BYTES, packet.length);
    MemorySegment message = arena.allocate(MESSAGE, Long.BYTES);
    message.set(ValueLayout.ADDRESS, 0, address);
    message.set(ValueLayout.JAVA_INT, 8, (int) address.byteSize());
    message.set(ValueLayout.ADDRESS, 16, vector);
    message.set(ValueLayout.JAVA_LONG, 24, 1);
    MemorySegment control = arena.allocate(128, Long.BYTES);
    long length = 0;
    if (request.hops().isPresent()) {
      MemorySegment hops = arena.allocateFrom(ValueLayout.JAVA_INT, request.hops().get());
      length += put(control, length, six ? IPV6_HOPLIMIT : IP_TTL, hops);
    }
    if (request.from().isPresent()) {
      MemorySegment own = arena.allocate(six ? 20 : 12, Integer.BYTES);
      byte[] octets = request.from().get().getAddress();
      MemorySegment.copy(octets, 0, own, ValueLayout.JAVA_BYTE, six ? 0 : 4, octets.length);
      length += put(control, length, six ? IPV6_PKTINFO : IP_PKTINFO, own);
    }
    if (length > 0) {
      message.set(ValueLayout.ADDRESS, 32, control);
      message.set(ValueLayout.JAVA_LONG, 40, length);
    }
    return message;
  }

  private long put(MemorySegment control, long at, int type, MemorySegment value) {
    long size = CONTROL_HEADER + value.byteSize();
    control.set(ValueLayout.JAVA_LONG, at, size);
    control.set(ValueLayout.JAVA_INT, at + 8, six ? SOL_IPV6 : SOL_IP);
    control.set(ValueLayout.JAVA_INT, at + 12, type);
    MemorySegment.copy(value, 0, control, at + CONTROL_HEADER, value.byteSize());
    return (size + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
  }

  void close() {
    Kernel.close(socket);
  }
}
