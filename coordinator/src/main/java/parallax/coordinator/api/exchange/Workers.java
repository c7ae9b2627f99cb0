package parallax.coordinator.api.exchange;

import io.vertx.core.Context;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A few threads on which answers are made that may take a while. */
public final class Workers implements AutoCloseable {
  /** What is answered when too many wait. */
  public static final Reply BUSY =
      Reply.problem(503, "too many requests wait").with("Retry-After", "1");

  private final ThreadPoolExecutor threads;

  /**
   * Threads that begin when they are needed.
   *
   * @param name of the threads
   * @param waiting requests that wait for one; further ones are asked to come back
   */
  public Workers(String name, int count, int waiting) {
    threads =
        new ThreadPoolExecutor(
            count,
            count,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(waiting),
            Thread.ofPlatform().name(name + "-", 0).daemon().factory());
    threads.allowCoreThreadTimeOut(true);
  }

  /** Has an answer made and written. */
  public void work(RoutingContext context, Supplier<Reply> answer) {
    work(context, answer, () -> BUSY);
  }

  /** The same; what there is without any work is written when too many wait. */
  public void work(RoutingContext context, Supplier<Reply> answer, Supplier<Reply> otherwise) {
    Context loop = context.vertx().getOrCreateContext();
    try {
      threads.execute(
          () -> {
            Reply reply = answer.get();
            loop.runOnContext(_ -> Writing.write(context, reply));
          });
    } catch (RejectedExecutionException e) {
      Writing.write(context, otherwise.get());
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
