package parallax.coordinator.uplink;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.observation.ProbeName;
import parallax.config.wire.CoordinatorFrame;
import parallax.config.wire.CoordinatorFrame.Refused;
import parallax.config.wire.CoordinatorFrames;
import parallax.config.wire.Decoded;
import parallax.config.wire.ProbeFrame;
import parallax.config.wire.ProbeFrames;
import parallax.config.wire.field.Fault;
import parallax.coordinator.identity.Identity;
import parallax.coordinator.intake.Receipt;
import parallax.coordinator.uplink.session.Now;
import parallax.coordinator.uplink.session.ProbeClock;
import parallax.coordinator.uplink.session.Rules;
import parallax.coordinator.uplink.session.Session;
import parallax.coordinator.uplink.session.SessionEffect;
import parallax.coordinator.uplink.session.SessionInput;
import parallax.coordinator.uplink.socket.Outgoing;
import parallax.coordinator.view.ProbeConnection;

/**
 * One stream of a probe: hands what happens to the session, and does what comes of it. All on the
 * event loop of its connection, unless said otherwise.
 */
final class Stream {
  private static final Logger LOG = LoggerFactory.getLogger(Stream.class);

  /** How long the end of a stream may take until its connection is cut. */
  private static final long CLOSE_MILLIS = 2_000;

  private static final short GOING_AWAY = 1001;

  private final Shared shared;
  private final ServerWebSocket socket;
  private final HttpConnection connection;
  private final Identity identity;
  private final Context context;
  private final Runnable left;
  private final String address;
  private final Now opened;
  private final Outgoing outgoing;
  private final List<CompletableFuture<Boolean>> challenges = new ArrayList<>();
  private volatile Session session;
  private boolean wanted = true;
  private boolean reading = true;
  private boolean closing;
  private boolean closed;

  /** What all streams of a server share. */
  record Shared(
      UplinkPorts ports, UplinkSettings.Bounds bounds, UplinkCounters counters, Streams streams) {
    Now now() {
      return new Now(ports.clock().instant(), ports.nanos().getAsLong());
    }
  }

  /**
   * An accepted socket of somebody known.
   *
   * @param left to be run when the socket was closed; may be run more than once
   */
  record Accepted(
      ServerWebSocket socket,
      HttpConnection connection,
      Identity identity,
      Context context,
      Runnable left) {}

  Stream(Shared shared, Rules rules, Accepted accepted) {
    this.shared = shared;
    this.socket = accepted.socket();
    this.connection = accepted.connection();
    this.identity = accepted.identity();
    this.context = accepted.context();
    this.left = accepted.left();
    this.address = connection.remoteAddress().hostAddress();
    this.opened = shared.now();
    this.outgoing = new Outgoing(socket, shared.ports().nanos());
    this.session = Session.opened(identity.probe(), rules, opened);
  }

  /** Begins to listen. */
  void begin() {
    socket.binaryMessageHandler(this::received);
    socket.textMessageHandler(_ -> refuse(Refused.Why.MALFORMED, "frames are binary"));
    socket.exceptionHandler(this::broken);
    socket.closeHandler(_ -> closed());
    if (socket.isClosed()) {
      closed();
    }
  }

  private void closed() {
    left.run();
    ended();
  }

  HttpConnection connection() {
    return connection;
  }

  ProbeName probe() {
    return identity.probe();
  }

  /** From any thread; empty before the first frame. */
  Optional<Claim> claim() {
    return session.hello().map(hello -> new Claim(probe(), hello.boot(), opened.wall()));
  }

  /** From any thread. */
  Session session() {
    return session;
  }

  /** From any thread. */
  void on(SessionInput input) {
    context.runOnContext(_ -> step(input));
  }

  private void received(Buffer message) {
    shared.counters().received(message.length());
    switch (ProbeFrames.decode(message.getBytes())) {
      case Decoded.Good<ProbeFrame>(ProbeFrame frame) -> {
        if (frame instanceof ProbeFrame.Observations) {
          shared.ports().steps().passed("coordinator.received");
        }
        step(new SessionInput.Came(frame, message.length()));
      }
      case Decoded.Newer<ProbeFrame> _ -> step(new SessionInput.CameNewer());
      case Decoded.Bad<ProbeFrame>(Fault fault, String words) ->
          refuse(
              fault == Fault.FRAME_TOO_LARGE ? Refused.Why.TOO_LARGE : Refused.Why.MALFORMED,
              words);
    }
  }

  private void refuse(Refused.Why why, String text) {
    step(new SessionInput.Refuse(new Refused(why, text)));
  }

  private void broken(Throwable cause) {
    // The most likely one: a message larger than the decoder puts up with.
    LOG.info("uplink=broken probe={} address={} error=\"{}\"", probe(), address, words(cause));
    shared.counters().cut("broken");
    connection.close();
  }

  private static String words(Throwable cause) {
    return String.valueOf(cause.getMessage()).replaceAll("[\\p{Cc}\"]", " ");
  }

  private void step(SessionInput input) {
    if (closed || closing) {
      return;
    }
    Session.Step step = session.on(input, shared.now());
    session = step.session();
    step.effects().forEach(this::perform);
    read();
  }

  private void perform(SessionEffect effect) {
    switch (effect) {
      case SessionEffect.Send(CoordinatorFrame frame) -> send(frame);
      case SessionEffect.SendAssignment send -> outgoing.assignment(send.share().frames());
      case SessionEffect.Introduce _ -> shared.streams().introduce(this);
      case SessionEffect.Take take -> take(take);
      case SessionEffect.Alive alive -> shared.ports().intake().alive(alive.beat());
      case SessionEffect.ProvedAlive _ -> answerChallenges(true);
      case SessionEffect.Read(boolean on) -> wanted = on;
      case SessionEffect.Count(SessionEffect.What what, long amount) ->
          shared.counters().count(what, amount);
      case SessionEffect.ClockTurned turned -> clock(turned);
      case SessionEffect.Close(String why) -> close(why);
    }
  }

  private void send(CoordinatorFrame frame) {
    if (frame instanceof Refused refused) {
      shared.counters().refused(refused.why());
    }
    outgoing.send(
        CoordinatorFrames.encode(frame),
        result -> {
          if (frame instanceof CoordinatorFrame.Ack && result.succeeded()) {
            shared.ports().steps().passed("coordinator.acked");
          }
        });
  }

  private void take(SessionEffect.Take take) {
    int size = take.evidence().size();
    // Whoever leaves lets others in: on their own event loops, however many they are.
    Runnable enter = () -> context.runOnContext(_ -> entered(take));
    if (take.late()) {
      shared.streams().gate().enterLate(size, enter);
    } else {
      shared.streams().gate().enter(size, enter);
    }
  }

  private void left(SessionEffect.Take take) {
    int size = take.evidence().size();
    if (take.late()) {
      shared.streams().gate().leaveLate(size);
    } else {
      shared.streams().gate().leave(size);
    }
  }

  private void entered(SessionEffect.Take take) {
    if (closed) {
      // The probe keeps what was not acknowledged, and has perhaps handed it over again by now.
      left(take);
      return;
    }
    shared
        .ports()
        .intake()
        .take(take.evidence())
        .whenComplete(
            (receipt, failure) -> {
              if (receipt instanceof Receipt.Safe(int behind)) {
                shared.streams().gate().heard(behind);
              }
              left(take);
              context.runOnContext(
                  _ ->
                      answered(
                          take.ticket(),
                          failure == null
                              ? receipt
                              : new Receipt.KeepThem(Receipt.Why.INDETERMINATE)));
            });
  }

  private void answered(long ticket, Receipt receipt) {
    if (receipt instanceof Receipt.Safe) {
      shared.ports().steps().passed("coordinator.stored");
    }
    step(new SessionInput.Answered(ticket, receipt));
  }

  private void clock(SessionEffect.ClockTurned turned) {
    ProbeClock.Sample sample = turned.sample();
    String line = "uplink=clock probe={} state={} ahead_ms={} round_trip_ms={}";
    Object[] values = {
      probe(), turned.state(), sample.ahead().toMillis(), sample.roundTrip().toMillis()
    };
    if (turned.state() == SessionEffect.ClockState.FAR_OFF) {
      LOG.warn(line, values);
    } else {
      LOG.info(line, values);
    }
  }

  /** Reads on, unless the session or the whole member has enough for now. */
  private void read() {
    boolean now = wanted && !shared.streams().gate().isCrowded();
    if (now != reading && !closing) {
      reading = now;
      if (now) {
        socket.resume();
      } else {
        socket.pause();
      }
    }
  }

  /** Some time has passed; from any thread. */
  void tick() {
    context.runOnContext(_ -> lookAround());
  }

  private void lookAround() {
    if (closed || closing) {
      return;
    }
    if (outgoing.isStuck(shared.bounds().slow().toNanos())) {
      LOG.warn("uplink=slow_reader probe={} address={}", probe(), address);
      shared.counters().cut("slow_reader");
      closing = true;
      connection.close();
      // What waits to be written keeps the socket open for a while; the stream is over.
      ended();
    } else if (!shared.ports().authority().isValid(identity, shared.now().wall())) {
      refuse(Refused.Why.REVOKED, "these credentials were taken back or are too old");
    } else {
      step(
          new SessionInput.Tick(
              shared.ports().outdated().getAsBoolean(), shared.streams().sharers(), reading));
    }
  }

  private void close(String why) {
    LOG.info("uplink=closing probe={} address={} why=\"{}\"", probe(), address, why);
    closing = true;
    outgoing.whenSent(() -> socket.close(GOING_AWAY));
    shared.ports().vertx().setTimer(CLOSE_MILLIS, _ -> connection.close());
  }

  private void ended() {
    if (!closed) {
      closed = true;
      answerChallenges(false);
      shared.streams().ended(this);
    }
  }

  /** Does {@code then} on the event loop, unless the stream has ended meanwhile; any thread. */
  void admit(Runnable then) {
    context.runOnContext(
        _ -> {
          if (!closed && !closing) {
            then.run();
          }
        });
  }

  /** Whether it shows within the time of a contest that it is alive; from any thread. */
  CompletableFuture<Boolean> challenge() {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    context.runOnContext(
        _ -> {
          if (closed || closing || !reading) {
            // What is not read cannot answer, and has answered all the time.
            answer.complete(!closed && !closing);
            return;
          }
          challenges.add(answer);
          step(new SessionInput.Challenged());
          shared
              .ports()
              .vertx()
              .setTimer(UplinkServer.CONTEST.toMillis(), _ -> answer.complete(false));
        });
    return answer;
  }

  private void answerChallenges(boolean alive) {
    challenges.forEach(each -> each.complete(alive));
    challenges.clear();
  }

  /** As it is shown; from any thread. */
  Optional<ProbeConnection> shown() {
    Session now = session;
    return now.hello()
        .map(
            hello ->
                new ProbeConnection(
                    hello.vantage(),
                    hello.boot(),
                    Optional.of(address),
                    identity.credential(),
                    shared.ports().name(),
                    opened.wall(),
                    hello.software(),
                    now.accepted().map(ProbeFrame.AssignmentAccepted::revision),
                    now.accepted()
                        .map(ProbeFrame.AssignmentAccepted::notSupported)
                        .orElse(List.of()),
                    now.clock()
                        .best()
                        .map(best -> new ProbeConnection.Clock(best.ahead(), best.roundTrip())),
                    now.spooled(),
                    now.drops(),
                    now.heard(),
                    state(now)));
  }

  private static ProbeConnection.State state(Session session) {
    return session.phase() != Session.Phase.OPEN
        ? ProbeConnection.State.WAITING
        : session.isHeldBack() ? ProbeConnection.State.HELD_BACK : ProbeConnection.State.OPEN;
  }
}
