package parallax.probe.registration.check;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import parallax.config.observation.Reason;
import parallax.probe.check.Deadline;
import parallax.probe.check.NanoSource;
import parallax.probe.registration.courtesy.Courtesy;
import parallax.probe.registration.judge.Delegated;
import parallax.probe.registration.judge.Demand;
import parallax.probe.registration.judge.Judged;
import parallax.probe.registration.judge.Knowledge;
import parallax.probe.registration.judge.RegistrationJudge;
import parallax.probe.registration.lookup.Looked;
import parallax.probe.registration.lookup.RegistrationLookup;
import parallax.probe.registration.lookup.Wanted;

/**
 * The last records of domains, renewed when they are due. A lookup that must wait for its host's
 * turn waits by itself; whoever wanted it is told what is known by then. Safe for use by many
 * threads.
 */
public final class Records {
  /** How long a record answers before it is looked up anew. */
  public static final Duration PERIOD = Duration.ofHours(12);

  /** The same near an end, or after an answer that wants another look. */
  public static final Duration NEAR = Duration.ofHours(1);

  /** Of one lookup with all its questions. */
  static final Duration LOOKUP_TIMEOUT = Duration.ofSeconds(20);

  /** A lookup waits for its turn no longer than this at once; later somebody asks again. */
  static final Duration MAX_WAIT = Duration.ofMinutes(10);

  /** Of one lookup. */
  static final int MAX_TURNS = 500;

  /** Lookups that wait or are under way; further ones have to be asked for again. */
  static final int MAX_UNDER_WAY = 10_000;

  private final Vertx vertx;
  private final RegistrationLookup lookup;
  private final Politeness politeness;
  private final InstantSource clock;
  private final NanoSource nanos;
  private final Book book = new Book();
  private final ConcurrentHashMap<String, Promise<Knowledge>> underWay = new ConcurrentHashMap<>();

  public Records(
      Vertx vertx,
      RegistrationLookup lookup,
      Politeness politeness,
      InstantSource clock,
      NanoSource nanos) {
    this.vertx = vertx;
    this.lookup = lookup;
    this.politeness = politeness;
    this.clock = clock;
    this.nanos = nanos;
  }

  private record Job(Wanted wanted, Demand demand, boolean broken) {}

  /** What is known now. */
  Knowledge known(String domain) {
    return book.of(domain).known();
  }

  /** What is known after a lookup, when one is due and allowed; else what is known now. */
  Future<Knowledge> of(Wanted wanted, Demand demand, Delegated delegated) {
    String domain = wanted.domain();
    // Gone, or back after the registry told why it was gone: either way what is known is old.
    boolean broken = delegated == Delegated.GONE || delegated == Delegated.BACK;
    Book.Entry entry = book.of(domain);
    boolean fresh = !broken && entry.due().isAfter(clock.instant());
    Optional<Promise<Knowledge>> running = Optional.ofNullable(underWay.get(domain));
    if (running.isPresent()) {
      return running.get().future();
    }
    if (fresh
        || underWay.size() >= MAX_UNDER_WAY
        || politeness.lookUp(domain, broken).isPresent()) {
      return Future.succeededFuture(entry.known());
    }
    Promise<Knowledge> promise = Promise.promise();
    Promise<Knowledge> first = underWay.putIfAbsent(domain, promise);
    if (first != null) {
      return first.future();
    }
    turn(new Job(wanted, demand, broken), promise, MAX_TURNS);
    return promise.future();
  }

  private void turn(Job job, Promise<Knowledge> promise, int turns) {
    lookup
        .look(job.wanted(), politeness, Deadline.startingNow(nanos, LOOKUP_TIMEOUT))
        .onComplete(
            done -> {
              Looked looked =
                  done.succeeded()
                      ? done.result()
                      : new Looked.Failed(done.cause().getClass().getSimpleName());
              Duration wait = wait(looked);
              if (looked instanceof Looked.Postponed && turns > 0 && isShort(wait)) {
                vertx.setTimer(Math.max(1, wait.toMillis()), _ -> turn(job, promise, turns - 1));
              } else {
                end(job, promise, looked);
              }
            });
  }

  private Duration wait(Looked looked) {
    return looked instanceof Looked.Postponed(Instant until, _)
        ? Courtesy.jittered(
            Duration.between(clock.instant(), until).plusSeconds(1), Math.abs(politeness.draw()))
        : Duration.ZERO;
  }

  private static boolean isShort(Duration wait) {
    return wait.compareTo(MAX_WAIT) <= 0;
  }

  private void end(Job job, Promise<Knowledge> promise, Looked looked) {
    String domain = job.wanted().domain();
    Instant now = clock.instant();
    Knowledge before = book.of(domain).known();
    Knowledge after =
        switch (looked) {
          case Looked.Answered(var registration, var registry, var contact) ->
              before.after(registration, registry, contact, now);
          case Looked.Postponed(_, var why) ->
              before.without(Reason.REGISTRATION_RATE_LIMITED, why);
          case Looked.Unsupported(var suffix) ->
              before.without(Reason.REGISTRATION_TLD_UNSUPPORTED, "." + suffix);
          case Looked.Failed(var why) -> before.without(Reason.REGISTRATION_NO_ANSWER, why);
        };
    if (!(looked instanceof Looked.Postponed)) {
      politeness.lookedUp(domain, job.broken(), after.trouble().isEmpty());
    }
    book.put(domain, new Book.Entry(after, due(after, job.demand(), now)));
    underWay.remove(domain, promise);
    promise.tryComplete(after);
  }

  /** Soon again where nothing was learnt, as far as that is polite; also near an end. */
  private Instant due(Knowledge known, Demand demand, Instant now) {
    if (known.trouble().isPresent() || known.absent().isPresent()) {
      return now;
    }
    Judged judged = RegistrationJudge.judge(known, demand, Delegated.NOT_TOLD, now);
    Duration period = judged.isUrgent() ? NEAR : PERIOD;
    return now.plus(Courtesy.jittered(period, politeness.draw()));
  }
}
