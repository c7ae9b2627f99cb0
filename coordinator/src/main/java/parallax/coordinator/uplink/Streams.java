package parallax.coordinator.uplink;

import io.vertx.core.http.HttpConnection;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.observation.ProbeName;
import parallax.config.routes.RouteWatching;
import parallax.config.target.Target;
import parallax.config.wire.CoordinatorFrame.Refused;
import parallax.config.wire.ProbeFrame;
import parallax.coordinator.uplink.session.Assignments;
import parallax.coordinator.uplink.session.SessionInput;
import parallax.coordinator.view.ProbeConnection;

/** All streams of a server, and which of them speaks for which probe. Thread-safe. */
final class Streams {
  /** Observations of all streams that may be on their way into the record; less than a queue. */
  static final int MAX_UNDER_WAY = 20_000;

  /** Streams that have ended and are still shown; with more, the next ones are not. */
  static final int MAX_GONE = 5_000;

  private static final Logger LOG = LoggerFactory.getLogger(Streams.class);

  private final UplinkPorts ports;
  private final UplinkCounters counters;
  private final ConcurrentHashMap<HttpConnection, Stream> all = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<ProbeName, Stream> speaking = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<ProbeName, ProbeConnection> gone = new ConcurrentHashMap<>();
  private final Gate gate = new Gate(MAX_UNDER_WAY);
  private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
  private volatile Optional<Assignments> assignments = Optional.empty();
  private volatile Optional<Refused> closing = Optional.empty();
  private volatile int sharers;

  Streams(UplinkPorts ports, UplinkCounters counters) {
    this.ports = ports;
    this.counters = counters;
  }

  void add(Stream stream) {
    all.put(stream.connection(), stream);
    counters.opened();
    closing.ifPresent(refused -> stream.on(new SessionInput.Refuse(refused)));
  }

  /** Whether a connection became a stream. */
  boolean isStream(HttpConnection connection) {
    return all.containsKey(connection);
  }

  Collection<Stream> all() {
    return all.values();
  }

  /** What is shown of them, by the name of the probe. */
  List<ProbeConnection> shown() {
    Collection<ProbeConnection> open =
        all.values().stream().flatMap(stream -> stream.shown().stream()).toList();
    return java.util.stream.Stream.concat(open.stream(), gone.values().stream())
        .sorted(
            Comparator.comparing((ProbeConnection each) -> each.vantage().probe())
                .thenComparing(ProbeConnection::since))
        .toList();
  }

  /** The stream that speaks for a probe. */
  Optional<Stream> of(ProbeName probe) {
    return Optional.ofNullable(speaking.get(probe));
  }

  /** How many had more to hand over than their schedules make, at the last tick. */
  int sharers() {
    return sharers;
  }

  /** The way into the record, which all share. */
  Gate gate() {
    return gate;
  }

  synchronized void assign(long revision, List<Target> targets, RouteWatching routes) {
    Optional<Assignments> before = assignments;
    if (before.filter(same -> same.revision() == revision).isPresent()) {
      return;
    }
    Assignments next =
        before
            .map(old -> old.next(revision, targets, routes))
            .orElseGet(() -> Assignments.first(revision, targets, routes));
    assignments = Optional.of(next);
    speaking.values().forEach(stream -> assign(stream, next));
  }

  private static void assign(Stream stream, Assignments next) {
    stream
        .session()
        .hello()
        .map(hello -> next.of(hello.vantage().region()))
        .ifPresent(share -> stream.on(new SessionInput.Assigned(share)));
  }

  /** Finds out whether somebody else speaks for this stream's probe, and tells the stream. */
  void introduce(Stream newcomer) {
    Claim claim = newcomer.claim().orElseThrow();
    Optional<Assignments> current = assignments;
    if (current.isEmpty()) {
      refuse(newcomer, Refused.Why.BUSY, "this coordinator has no configuration yet");
      return;
    }
    holdsOnTo(claim)
        .thenCompose(here -> here ? CompletableFuture.completedFuture(true) : elsewhere(claim))
        .whenComplete(
            (held, failure) -> {
              if (failure != null || Boolean.TRUE.equals(held)) {
                LOG.warn(
                    "uplink=duplicate probe={} boot={} became=refused",
                    claim.probe(),
                    claim.boot());
                counters.duplicate(false);
                refuse(
                    newcomer,
                    Refused.Why.DUPLICATE,
                    "another run of probe " + claim.probe() + " speaks with these credentials");
              } else {
                admit(newcomer);
              }
            });
  }

  private CompletionStage<Boolean> elsewhere(Claim claim) {
    return ports.presence().heldElsewhere(claim);
  }

  private static void refuse(Stream stream, Refused.Why why, String text) {
    stream.on(new SessionInput.Refuse(new Refused(why, text)));
  }

  /** What a region is to look at takes a moment to encode: not on an event loop. */
  private void admit(Stream newcomer) {
    ProbeFrame.Hello hello = newcomer.session().hello().orElseThrow();
    ports
        .vertx()
        .executeBlocking(() -> assignments.orElseThrow().of(hello.vantage().region()), false)
        .onComplete(
            result -> {
              if (result.failed()) {
                LOG.error("uplink=assignment_failed", result.cause());
                refuse(newcomer, Refused.Why.BUSY, "an error of Parallax; its log says more");
              } else {
                newcomer.admit(() -> speaks(newcomer, result.result()));
              }
            });
  }

  /** On the newcomer's event loop, while it is open. */
  private void speaks(Stream newcomer, Assignments.Share share) {
    Stream old = speaking.put(newcomer.probe(), newcomer);
    if (old != null && old != newcomer) {
      refuse(old, Refused.Why.DUPLICATE, "a newer stream speaks for probe " + newcomer.probe());
    }
    gone.remove(newcomer.probe());
    ports.presence().connected(newcomer.claim().orElseThrow());
    newcomer.on(new SessionInput.Admitted(share, sharers + 1));
    assignments
        .filter(newest -> newest.revision() != share.revision())
        .ifPresent(newest -> assign(newcomer, newest));
  }

  /** Whether a stream here holds on to the probe of a newcomer, here or elsewhere. */
  CompletionStage<Boolean> holdsOnTo(Claim newcomer) {
    Stream old = speaking.get(newcomer.probe());
    if (old == null) {
      return CompletableFuture.completedFuture(false);
    }
    boolean sameRun = old.claim().filter(own -> own.boot() == newcomer.boot()).isPresent();
    if (sameRun) {
      return giveWay(old, newcomer);
    }
    return old.challenge()
        .thenCompose(
            alive -> alive ? CompletableFuture.completedFuture(true) : giveWay(old, newcomer));
  }

  private CompletionStage<Boolean> giveWay(Stream old, Claim newcomer) {
    LOG.info("uplink=replaced probe={} boot={}", newcomer.probe(), newcomer.boot());
    counters.duplicate(true);
    refuse(old, Refused.Why.DUPLICATE, "a newer stream speaks for probe " + newcomer.probe());
    return CompletableFuture.completedFuture(false);
  }

  /** Some time has passed. */
  void tick() {
    sharers =
        Math.toIntExact(
            all.values().stream().filter(stream -> stream.session().isCatchingUp()).count());
    gate.tick();
    all.values().forEach(Stream::tick);
  }

  /** Refuses all there are, and whoever comes from here on. */
  void close(Refused refused) {
    closing = Optional.of(refused);
    all.values().forEach(stream -> stream.on(new SessionInput.Refuse(refused)));
    tellEnded();
  }

  /** Done when none is left after {@link #close}. */
  CompletableFuture<@Nullable Void> ended() {
    return ended;
  }

  private void tellEnded() {
    if (closing.isPresent() && all.isEmpty()) {
      ended.complete(null);
    }
  }

  void ended(Stream stream) {
    boolean spoke = speaking.remove(stream.probe(), stream);
    if (spoke && gone.size() < MAX_GONE) {
      stream.shown().ifPresent(last -> gone.put(stream.probe(), last.gone()));
    }
    all.remove(stream.connection());
    tellEnded();
    if (spoke) {
      stream.claim().ifPresent(ports.presence()::disconnected);
    }
  }
}
