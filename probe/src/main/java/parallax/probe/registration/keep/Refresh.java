package parallax.probe.registration.keep;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.probe.check.Deadline;
import parallax.probe.net.NetworkPolicy.Hop;
import parallax.probe.registration.Limits;
import parallax.probe.registration.courtesy.Courtesy;
import parallax.probe.registration.keep.KeptFile.Known;
import parallax.probe.registration.lookup.line.HttpReply;
import parallax.probe.registration.lookup.line.RdapClient;
import parallax.probe.registration.lookup.line.Unreached;
import parallax.probe.registration.lookup.line.Validators;

/**
 * Downloads a list anew when the one that is known is a day old. After a failure, be it that what
 * came was no list, an hour passes, then twice as long each time, up to a day. Safe for use by many
 * threads.
 */
public final class Refresh<T> {
  /** From one success to the next download, give or take a fifth. */
  public static final Duration PERIOD = Duration.ofDays(1);

  /** From the first failure to the next try, give or take a fifth. */
  static final Duration FIRST_PAUSE = Duration.ofHours(1);

  /** Whoever finds an old list waits no longer for a new one. */
  static final Duration MAX_WAIT = Duration.ofSeconds(2);

  /** A try that is set for later than that was set by a clock that has been put back since. */
  private static final Duration FAR = PERIOD.multipliedBy(2);

  /** Twice as long no more often: a day is reached by then. */
  private static final int MAX_DOUBLINGS = 5;

  private static final Logger LOG = LoggerFactory.getLogger(Refresh.class);
  private static final int OK = 200;
  private static final int NOT_MODIFIED = 304;

  private final Ground ground;
  private final KeptFile<T> file;
  private final Optional<URI> from;
  private final AtomicReference<Optional<Plan>> plan = new AtomicReference<>(Optional.empty());

  /**
   * What downloads stand on.
   *
   * @param jitter from -1 to 1
   */
  public record Ground(
      Vertx vertx, RdapClient client, InstantSource clock, DoubleSupplier jitter) {}

  /**
   * The next download.
   *
   * @param failures in a row before it
   */
  private record Plan(Instant next, int failures) {
    boolean isDue(Instant now) {
      return !next.isAfter(now) || next.isAfter(now.plus(FAR));
    }
  }

  /**
   * Keeps {@code file} up to date.
   *
   * @param from where it is downloaded; empty: it is left as it is
   */
  public Refresh(Ground ground, KeptFile<T> file, Optional<URI> from) {
    this.ground = ground;
    this.file = file;
    this.from = from;
  }

  /**
   * The list. A download that is due is begun if the host {@code may} be asked; it is waited for,
   * shortly, only where the list that is known is old.
   *
   * @return never fails but by a bug
   */
  public Future<T> known(Predicate<String> may, Deadline deadline) {
    return loaded()
        .compose(
            known -> {
              Future<Known<T>> renewed = renewed(known, may, deadline);
              if (!known.isOld(ground.clock().instant())) {
                return Future.succeededFuture(known);
              }
              Duration third = deadline.left().dividedBy(3);
              Duration wait = third.compareTo(MAX_WAIT) < 0 ? third : MAX_WAIT;
              return renewed
                  .timeout(Math.max(1, wait.toMillis()), TimeUnit.MILLISECONDS)
                  .otherwise(known);
            })
        .map(Known::value);
  }

  /** The list after the download, if one is due. */
  Future<Known<T>> renewed(Predicate<String> may, Deadline deadline) {
    return loaded().compose(known -> renewed(known, may, deadline));
  }

  private Future<Known<T>> loaded() {
    return file.isLoaded()
        ? Future.succeededFuture(file.known())
        : ground.vertx().executeBlocking(file::known, false).map(Objects::requireNonNull);
  }

  private Future<Known<T>> renewed(Known<T> known, Predicate<String> may, Deadline deadline) {
    Instant now = ground.clock().instant();
    Optional<URI> source = from.filter(_ -> isMine(known, may, now));
    if (source.isEmpty()) {
      return Future.succeededFuture(known);
    }
    Validators sent = known.validators().orElse(Validators.NONE);
    return ground
        .client()
        .newer(source.get(), sent, Hop.CONFIGURED, deadline)
        .compose(
            reply ->
                ground
                    .vertx()
                    .executeBlocking(() -> taken(reply, sent), false)
                    .map(Objects::requireNonNull))
        .otherwise(failure -> Optional.of(Unreached.words(source.get().getHost(), failure)))
        .map(
            refused -> {
              refused.ifPresent(this::warn);
              return file.known();
            });
  }

  /**
   * Whether a download is due and this caller is the one to do it. Until it succeeds it counts as
   * failed.
   */
  private boolean isMine(Known<T> known, Predicate<String> may, Instant now) {
    if (plan.get().isEmpty()) {
      plan.compareAndSet(Optional.empty(), Optional.of(first(known, now)));
    }
    Optional<Plan> before = plan.get();
    return before.filter(set -> set.isDue(now)).isPresent()
        && may.test(from.orElseThrow().getHost())
        && plan.compareAndSet(before, Optional.of(afterFailure(before.get(), now)));
  }

  private Plan first(Known<T> known, Instant now) {
    Instant next =
        known
            .validators()
            .flatMap(_ -> known.asOf())
            .map(at -> at.plus(jittered(PERIOD)))
            .orElse(now);
    return new Plan(next, 0);
  }

  private Plan afterFailure(Plan before, Instant now) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(before.failures(), MAX_DOUBLINGS));
    Duration bounded = pause.compareTo(PERIOD) < 0 ? pause : PERIOD;
    return new Plan(now.plus(jittered(bounded)), before.failures() + 1);
  }

  private Duration jittered(Duration time) {
    return Courtesy.jittered(time, ground.jitter().getAsDouble());
  }

  /** Why {@code reply} brought nothing; empty when it did. */
  private Optional<String> taken(HttpReply reply, Validators sent) {
    Instant now = ground.clock().instant();
    Optional<String> refused;
    if (reply.status() == NOT_MODIFIED && !sent.equals(Validators.NONE)) {
      file.confirm(now);
      refused = Optional.empty();
    } else if (reply.status() == OK) {
      refused = file.offer(reply.body(), reply.validators(), now);
    } else {
      refused = Optional.of(reply.from().getHost() + " answered " + reply.status());
    }
    if (refused.isEmpty()) {
      plan.set(Optional.of(new Plan(now.plus(jittered(PERIOD)), 0)));
    } else {
      reply.pause(now).ifPresent(pause -> postpone(now, pause));
    }
    return refused;
  }

  /** At least by what the server asks for, up to a day. */
  private void postpone(Instant now, Duration pause) {
    Instant wanted = now.plus(pause.compareTo(PERIOD) < 0 ? pause : PERIOD);
    plan.updateAndGet(
        set ->
            set.map(
                planned ->
                    planned.next().isBefore(wanted)
                        ? new Plan(wanted, planned.failures())
                        : planned));
  }

  private void warn(String why) {
    LOG.warn(
        "list={} renewed=false why=\"{}\" as_of={} next={}",
        file.name(),
        Limits.kept(why),
        file.known().asOf().map(Instant::toString).orElse("unknown"),
        plan.get().map(Plan::next).map(Instant::toString).orElse("unknown"));
  }
}
