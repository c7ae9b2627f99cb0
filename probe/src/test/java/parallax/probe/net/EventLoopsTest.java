package parallax.probe.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.util.internal.ThreadExecutorMap;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** On which loop a check runs: none is woken that need not be. */
final class EventLoopsTest {
  private static final int LOOPS = 8;

  @Test
  void whoIsOnALoopStaysOnIt() throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      EventLoops loops = new EventLoops(vertx);
      for (int turn = 0; turn < LOOPS; turn++) {
        CompletableFuture<Boolean> stays = new CompletableFuture<>();
        ((VertxInternal) vertx)
            .createEventLoopContext()
            .runOnContext(
                _ -> stays.complete(loops.here().equals(ThreadExecutorMap.currentExecutor())));
        assertThat(stays.get(10, TimeUnit.SECONDS)).isTrue();
      }
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void elsewhereTheyTakeTurns() throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      EventLoops loops = new EventLoops(vertx);
      Set<EventLoop> taken = new HashSet<>();
      for (int turn = 0; turn < LOOPS; turn++) {
        taken.add(loops.here());
      }
      assertThat(taken).hasSizeGreaterThan(1);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
  }
}
