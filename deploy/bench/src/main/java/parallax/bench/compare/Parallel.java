package parallax.bench.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** Work that is cut into numbered pieces, none of which knows another. */
final class Parallel {
  private Parallel() {}

  /** Makes the pieces on several threads and takes them in by their numbers, one after another. */
  static <T> void each(int pieces, int workers, IntFunction<T> make, Consumer<T> take)
      throws InterruptedException {
    try (ExecutorService executor = Executors.newFixedThreadPool(workers)) {
      List<Future<T>> made = new ArrayList<>();
      for (int piece = 0; piece < pieces; piece++) {
        int number = piece;
        made.add(executor.submit(() -> make.apply(number)));
      }
      for (int piece = 0; piece < pieces; piece++) {
        try {
          take.accept(made.get(piece).get());
        } catch (ExecutionException e) {
          executor.shutdownNow();
          throw new IllegalStateException("failed in piece " + piece, e.getCause());
        }
      }
    }
  }
}
