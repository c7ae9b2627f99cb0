package parallax.probe.audit.gather;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Does much, a few at a time. */
final class Turns implements AutoCloseable {
  private final ExecutorService threads;

  Turns(int most) {
    threads = Executors.newFixedThreadPool(most, Thread.ofVirtual().factory());
  }

  /** What {@code work} makes of each, in order; ends when the last has ended. */
  <T, R> List<R> each(Collection<T> all, Function<T, R> work) throws InterruptedException {
    List<Callable<R>> tasks = new ArrayList<>();
    all.forEach(one -> tasks.add(() -> work.apply(one)));
    List<R> results = new ArrayList<>();
    for (Future<R> done : threads.invokeAll(tasks)) {
      results.add(result(done));
    }
    return results;
  }

  /** Does {@code work} beside the rest. */
  <R> Future<R> beside(Callable<R> work) {
    return threads.submit(work);
  }

  /** What came of it; what broke in it breaks here. */
  static <R> R result(Future<R> done) throws InterruptedException {
    try {
      return done.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the audit broke", e.getCause());
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
