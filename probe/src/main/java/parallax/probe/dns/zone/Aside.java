package parallax.probe.dns.zone;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.PromiseInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.function.Supplier;

/** Work that takes too long for an event loop, on a virtual thread. */
final class Aside {
  private Aside() {}

  /**
   * Does {@code work}.
   *
   * @return completes on the caller's context; fails with whatever {@code work} throws
   */
  static <T> Future<T> run(Vertx vertx, Supplier<T> work) {
    PromiseInternal<T> promise = ((VertxInternal) vertx).promise();
    Thread.ofVirtual()
        .name("aside")
        .start(
            () -> {
              try {
                promise.complete(work.get());
              } catch (RuntimeException defect) {
                promise.fail(defect);
              }
            });
    return promise.future();
  }
}
