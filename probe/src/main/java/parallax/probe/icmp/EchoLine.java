package parallax.probe.icmp;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import parallax.probe.check.NanoSource;
import parallax.probe.kernel.Kernel;

/** The requests that are under way over one socket. */
final class EchoLine {
  private static final int SEQUENCES = 1 << Short.SIZE;

  /** What is quoted of a packet that did not arrive holds its header at least (RFC 792). */
  private static final int QUOTED = EchoPacket.HEADER;

  private final EchoSocket socket;
  private final InstantSource clock;
  private final NanoSource nanos;
  private final SecureRandom random = new SecureRandom();
  private final int id = random.nextInt(SEQUENCES);
  private final AtomicInteger sequence = new AtomicInteger(random.nextInt(SEQUENCES));
  private final ConcurrentMap<Integer, Pending> underWay = new ConcurrentHashMap<>();
  private volatile int dropped;

  EchoLine(EchoSocket socket, InstantSource clock, NanoSource nanos) {
    this.socket = socket;
    this.clock = clock;
    this.nanos = nanos;
  }

  EchoSocket socket() {
    return socket;
  }

  boolean isIdle() {
    return underWay.isEmpty();
  }

  /** One request. */
  final class Pending implements EchoLines.Asked {
    private final EchoRequest request;
    private final int number;
    private final byte[] payload;
    private final Consumer<EchoHeard> ear;
    private volatile Instant sentAt = Instant.EPOCH;
    private volatile long sentNanos;

    private Pending(EchoRequest request, int number, byte[] payload, Consumer<EchoHeard> ear) {
      this.request = request;
      this.number = number;
      this.payload = payload;
      this.ear = ear;
    }

    private void leaving() {
      sentNanos = nanos.nanos();
      sentAt = clock.instant();
    }

    /**
     * Until the packet came, as the kernel says it; until we saw it where that cannot be: somebody
     * may have set the machine's clock meanwhile.
     */
    private Duration after(Optional<Instant> came, long seen) {
      Duration whole = Duration.ofNanos(seen - sentNanos);
      return came.map(at -> Duration.between(sentAt, at))
          .filter(time -> !time.isNegative() && time.compareTo(whole) <= 0)
          .orElse(whole);
    }

    @Override
    public void forget() {
      underWay.remove(number, this);
    }

    @Override
    public int dropped() {
      return dropped;
    }
  }

  Pending register(EchoRequest request, Consumer<EchoHeard> ear) throws EchoLines.TooMany {
    byte[] payload = new byte[request.size()];
    random.nextBytes(payload);
    for (int tries = 0; tries < SEQUENCES && underWay.size() < EchoLines.MAX_UNDER_WAY; tries++) {
      int number = sequence.incrementAndGet() & (SEQUENCES - 1);
      Pending pending = new Pending(request, number, payload, ear);
      if (underWay.putIfAbsent(number, pending) == null) {
        return pending;
      }
    }
    throw new EchoLines.TooMany();
  }

  /** So that the first requests are measured like those after them. */
  void warmUp() {
    EchoRequest nowhere =
        new EchoRequest(
            InetAddress.ofLiteral(socket.isSix() ? "::1" : "127.0.0.1"),
            Optional.empty(),
            0,
            Optional.empty(),
            false);
    Pending pending = new Pending(nowhere, 0, new byte[0], _ -> {});
    socket.warmUp(nowhere, new byte[0], pending::leaving);
  }

  void send(Pending pending) throws Kernel.Refused {
    byte[] packet = EchoPacket.request(socket.isSix(), id, pending.number, pending.payload);
    try {
      socket.send(pending.request, packet, pending::leaving);
    } catch (Kernel.Refused refused) {
      pending.forget();
      throw refused;
    }
  }

  /** Something came over the socket. */
  void came(EchoInbox.Came came) {
    long seen = nanos.nanos();
    came.dropped().ifPresent(count -> dropped = count);
    ByteBuffer icmp = came.icmp();
    if (came.error().isPresent()) {
      undelivered(came, came.error().get(), seen);
      return;
    }
    if (!EchoPacket.isReply(socket.isSix(), icmp) || !isOurs(icmp)) {
      return;
    }
    Pending pending = underWay.get(EchoPacket.sequence(icmp));
    if (pending != null
        && came.from().filter(from -> isFrom(from, pending)).isPresent()
        && EchoPacket.payload(icmp).equals(ByteBuffer.wrap(pending.payload))) {
      pending.forget();
      pending.ear.accept(new EchoHeard.Reply(pending.after(came.at(), seen), came.hops()));
    }
  }

  /**
   * Of what an address of many answers the sender may differ (a broadcast), and is not believed.
   */
  private static boolean isFrom(InetAddress from, Pending pending) {
    return Arrays.equals(from.getAddress(), pending.request.to().getAddress());
  }

  /** The kernel gives unprivileged sockets an id of its own, and looks after it. */
  private boolean isOurs(ByteBuffer icmp) {
    return !socket.isRaw() || EchoPacket.id(icmp) == id;
  }

  private void undelivered(EchoInbox.Came came, EchoInbox.Said said, long seen) {
    ByteBuffer quoted = came.icmp();
    if (!EchoPacket.isRequest(socket.isSix(), quoted) || !isOurs(quoted)) {
      return;
    }
    Pending pending = underWay.get(EchoPacket.sequence(quoted));
    if (pending == null || !quotes(quoted, pending)) {
      return;
    }
    pending.forget();
    pending.ear.accept(
        EchoHeard.undelivered(
            socket.isSix(), said.type(), said.code(), said.by(), pending.after(came.at(), seen)));
  }

  /** As far as the payload is quoted, which it need not be. */
  private static boolean quotes(ByteBuffer quoted, Pending pending) {
    int length = Math.min(quoted.remaining() - QUOTED, pending.payload.length);
    return quoted.slice(QUOTED, length).equals(ByteBuffer.wrap(pending.payload, 0, length));
  }
}
