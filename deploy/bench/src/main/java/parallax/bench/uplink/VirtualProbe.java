package parallax.bench.uplink;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import parallax.config.observation.Vantage;
import parallax.config.wire.Batch;
import parallax.config.wire.CoordinatorFrame;
import parallax.config.wire.CoordinatorFrame.Limits;
import parallax.config.wire.CoordinatorFrames;
import parallax.config.wire.Decoded;
import parallax.config.wire.ProbeFrame;
import parallax.config.wire.ProbeFrames;
import parallax.config.wire.Versions;

/**
 * A probe that looks at nothing: it comes back with a backlog of an earlier run, and says of each
 * target what it is told to say. New observations go before old ones. Belongs to one event loop.
 */
final class VirtualProbe {
  private static final long TICK_MILLIS = 50;
  private static final int TICKS_A_SECOND = (int) (1_000 / TICK_MILLIS);
  private static final long LOOK_MILLIS = 5;
  private static final int MAX_WAIT_MILLIS = 30_000;
  private static final int MAX_DOUBLINGS = 6;
  private static final int FIRST_WAIT_MILLIS = 500;

  /** On a disk, about. */
  private static final long BYTES_OF_ONE = 150;

  /** From the first look of the earlier run to this one. */
  private static final Duration SPOOLED_OVER = Duration.ofHours(1);

  private final Vertx vertx;
  private final WebSocketClient client;
  private final Supplier<WebSocketConnectOptions> where;
  private final Vantage vantage;
  private final byte[] head;
  private final Backlog backlog;
  private final boolean[] up;
  private final long boot;
  private final Random random;
  private Optional<WebSocket> socket = Optional.empty();
  private Optional<Limits> limits = Optional.empty();
  private long liveSent;
  private long liveSafe;
  private boolean waits = true;
  private int tries;
  private int refusals;

  /** What waits from the run before: numbers from 0, sent up to some, safe here and there. */
  private static final class Backlog {
    private final long boot;
    private final long size;
    private final BitSet safe = new BitSet();
    private long sent;
    private int acknowledged;

    Backlog(long boot, long size) {
      this.boot = boot;
      this.size = size;
    }
  }

  /** What a probe is made of. */
  record Parts(Vertx vertx, WebSocketClient client, Supplier<WebSocketConnectOptions> where) {}

  VirtualProbe(Parts parts, int number, long waiting, int targets, Instant start) {
    this.vertx = parts.vertx();
    this.client = parts.client();
    this.where = parts.where();
    this.vantage = Looks.vantage(number);
    this.head = Batch.encode(vantage);
    this.boot = start.toEpochMilli();
    this.backlog = new Backlog(boot - SPOOLED_OVER.toMillis(), waiting);
    this.up = new boolean[targets];
    Arrays.fill(up, true);
    this.random = new Random(number);
  }

  /** Loses its stream and comes back; only then it has what waited on its disk. */
  void comeBack() {
    waits = true;
    Optional<WebSocket> lost = socket;
    socket = Optional.empty();
    limits = Optional.empty();
    lost.ifPresent(WebSocket::close);
  }

  /** Before it has lost its stream nothing waits. */
  void begin() {
    waits = false;
    connect();
  }

  /** Connects, and again whenever the stream ends. */
  void connect() {
    client
        .connect(where.get())
        .onSuccess(this::opened)
        .onFailure(
            _ -> {
              refusals++;
              again();
            });
  }

  /** Full jitter, growing. */
  private void again() {
    tries++;
    int most = Math.min(MAX_WAIT_MILLIS, FIRST_WAIT_MILLIS << Math.min(tries, MAX_DOUBLINGS));
    vertx.setTimer(1 + random.nextInt(most), _ -> connect());
  }

  private void opened(WebSocket stream) {
    socket = Optional.of(stream);
    stream.binaryMessageHandler(bytes -> heard(stream, bytes.getBytes()));
    stream.closeHandler(
        _ -> {
          socket = Optional.empty();
          limits = Optional.empty();
          // What is not safe is sent again.
          backlog.sent = backlog.safe.nextClearBit(0);
          backlog.acknowledged = (int) backlog.sent;
          again();
        });
    send(
        stream,
        new ProbeFrame.Hello(
            Versions.OWN, vantage, "bench/1", boot, Instant.now(), Optional.empty()));
  }

  private static void send(WebSocket stream, ProbeFrame frame) {
    stream.writeBinaryMessage(Buffer.buffer(ProbeFrames.encode(frame)));
  }

  private void heard(WebSocket stream, byte[] bytes) {
    if (!(CoordinatorFrames.decode(bytes) instanceof Decoded.Good<CoordinatorFrame>(var frame))) {
      return;
    }
    switch (frame) {
      case CoordinatorFrame.Welcome(_, Limits given) -> {
        limits = Optional.of(given);
        tries = 0;
        tick(stream);
      }
      case Limits given -> limits = Optional.of(given);
      case CoordinatorFrame.Assignment part -> {
        if (part.part() == part.parts() - 1) {
          send(stream, new ProbeFrame.AssignmentAccepted(part.revision(), part.notSupported()));
        }
      }
      case CoordinatorFrame.Ack ack -> safe(ack);
      case CoordinatorFrame.Ping ping -> {
        Instant now = Instant.now();
        long waiting = waits ? backlog.size - backlog.safe.cardinality() : 0;
        Optional<ProbeFrame.Spooled> spooled =
            Optional.of(new ProbeFrame.Spooled(waiting, waiting * BYTES_OF_ONE));
        send(stream, new ProbeFrame.Pong(ping.id(), now, now, spooled));
      }
      case CoordinatorFrame.LookAgain again ->
          vertx.setTimer(
              Math.max(1, again.after().toMillis()), _ -> look(number(again.target().value())));
      case CoordinatorFrame.Refused _ -> refusals++;
    }
  }

  private static int number(String target) {
    return Integer.parseInt(target.substring(target.lastIndexOf('-') + 1)) - 1;
  }

  private void safe(CoordinatorFrame.Ack ack) {
    if (ack.boot() == boot) {
      liveSafe = Math.max(liveSafe, ack.sequence() + 1);
    } else if (ack.boot() == backlog.boot && ack.sequence() < backlog.size) {
      int first = (int) ack.first();
      int end = (int) ack.sequence() + 1;
      backlog.acknowledged += end - first;
      backlog.safe.set(first, end);
    }
  }

  /** Sends old observations while the stream takes them. */
  private void tick(WebSocket stream) {
    if (stream.isClosed()) {
      return;
    }
    limits.filter(_ -> waits).ifPresent(given -> drain(stream, given));
    vertx.setTimer(TICK_MILLIS, _ -> tick(stream));
  }

  private void drain(WebSocket stream, Limits given) {
    int room =
        (int)
            Math.min(
                backlog.size - backlog.sent,
                given.unacknowledged() / 2 - (backlog.sent - backlog.acknowledged));
    int share = Math.max(1, given.perSecond() / 2 / TICKS_A_SECOND);
    int most = Math.min(Math.min(room, share), given.batchObservations());
    if (most < 1 || stream.writeQueueFull()) {
      return;
    }
    Batch batch = new Batch(backlog.boot, head, given.batchBytes(), given.batchObservations());
    Instant began = Instant.ofEpochMilli(backlog.boot);
    long spread = SPOOLED_OVER.toMillis() / Math.max(1, backlog.size);
    for (int index = 0; index < most; index++) {
      long sequence = backlog.sent;
      int target = (int) (sequence % up.length);
      Instant at = began.plusMillis(sequence * spread);
      if (!batch.add(sequence, Looks.encoded(vantage, target, true, at))) {
        break;
      }
      backlog.sent++;
    }
    stream.writeBinaryMessage(Buffer.buffer(batch.frame()));
  }

  /** What it says of a target from now on; said at once. */
  void see(int target, boolean now) {
    up[target] = now;
    look(target);
  }

  /** Looks at a target, which takes a moment; nothing is kept while there is no stream. */
  void look(int target) {
    Instant started = Instant.now();
    // Never sent before it has ended: the coordinator would take our clock to be ahead.
    vertx.setTimer(LOOK_MILLIS, _ -> looked(target, started));
  }

  private void looked(int target, Instant started) {
    socket
        .filter(_ -> limits.isPresent())
        .ifPresent(
            stream -> {
              Limits given = limits.orElseThrow();
              Batch batch = new Batch(boot, head, given.batchBytes(), given.batchObservations());
              batch.add(liveSent++, Looks.encoded(vantage, target, up[target], started));
              stream.writeBinaryMessage(Buffer.buffer(batch.frame()));
            });
  }

  boolean isConnected() {
    return limits.isPresent();
  }

  long drained() {
    return backlog.safe.cardinality();
  }

  long live() {
    return liveSafe;
  }

  int refusals() {
    return refusals;
  }
}
