package parallax.probe.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import parallax.config.observation.Outcome;
import parallax.probe.check.Deadline;

final class AttemptTest {
  private static final Duration LONG = Duration.ofHours(1);

  /** What it says when there is nothing to wait for. */
  private static final long NOTHING = -1;

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final AtomicInteger ran = new AtomicInteger();

  private Attempt start(Attempt.Step first) {
    return Attempt.start(channel.eventLoop(), Deadline.startingNow(System::nanoTime, LONG), first);
  }

  @Test
  void whatIsOverLeavesNothingBehindThatItsLoopWouldHaveToKeep() {
    Attempt attempt =
        start(
            begun -> {
              begun.after(LONG.dividedBy(2), ran::incrementAndGet);
              begun.after(LONG.dividedBy(3), ran::incrementAndGet);
            });
    channel.runPendingTasks();
    assertThat(channel.runScheduledPendingTasks()).isPositive();

    attempt.up();
    assertThat(channel.runScheduledPendingTasks()).isEqualTo(NOTHING);
    attempt.after(LONG, ran::incrementAndGet);
    assertThat(channel.runScheduledPendingTasks()).isEqualTo(NOTHING);
    assertThat(ran).hasValue(0);
    assertThat(attempt.result().result().outcome()).isEqualTo(Outcome.up());
  }

  @Test
  void whatIsToRunAfterAWhileRunsWhileTheAttemptLasts() {
    Attempt attempt = start(begun -> begun.after(Duration.ZERO, ran::incrementAndGet));
    channel.runPendingTasks();
    channel.runScheduledPendingTasks();
    assertThat(ran).hasValue(1);
    assertThat(attempt.isOver()).isFalse();
  }
}
