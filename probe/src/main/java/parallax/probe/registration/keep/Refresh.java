package parallax.probe.registration.keep;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import parallax.probe.check.Deadline;
import parallax.probe.net.NetworkPolicy.Hop;
import parallax.probe.registration.lookup.line.HttpReply;
import parallax.probe.registration.lookup.line.RdapClient;

/** Downloads a list anew when the one that is known is old. Safe for use by many threads. */
public final class Refresh<T> {
  /** From one download to the next, whatever came of it. */
  public static final Duration PERIOD = Duration.ofHours(24);

  private static final int OK = 200;

  private final Vertx vertx;
  private final RdapClient client;
  private final InstantSource clock;
  private final KeptFile<T> file;
  private final Optional<URI> from;
  private final AtomicReference<Instant> asked = new AtomicReference<>(Instant.MIN);

  /**
   * What is done to one list.
   *
   * @param from where it is kept up to date; empty: it is left as it is
   */
  public Refresh(
      Vertx vertx, RdapClient client, InstantSource clock, KeptFile<T> file, Optional<URI> from) {
    this.vertx = vertx;
    this.client = client;
    this.clock = clock;
    this.file = file;
    this.from = from;
  }

  /**
   * The list, after a download if one is due and its host {@code may} be asked.
   *
   * @return never fails but by a bug
   */
  public Future<T> known(Predicate<String> may, Deadline deadline) {
    return loaded()
        .compose(
            known -> {
              Instant now = clock.instant();
              Instant last = asked.get();
              boolean due =
                  !last.isAfter(now.minus(PERIOD))
                      && known.asOf().filter(at -> at.isAfter(now.minus(PERIOD))).isEmpty();
              if (!due
                  || from.isEmpty()
                  || !may.test(from.get().getHost())
                  || !asked.compareAndSet(last, now)) {
                return Future.succeededFuture(known.value());
              }
              return client
                  .get(from.get(), Hop.CONFIGURED, deadline)
                  .compose(reply -> vertx.executeBlocking(() -> offered(reply, now), false))
                  .otherwise(false)
                  .map(_ -> file.known().value());
            });
  }

  private Future<KeptFile.Known<T>> loaded() {
    if (file.isLoaded()) {
      return Future.succeededFuture(file.known());
    }
    return vertx.executeBlocking(file::known, false);
  }

  private boolean offered(HttpReply reply, Instant now) {
    return reply.status() == OK && file.offer(reply.body().getBytes(), now);
  }
}
