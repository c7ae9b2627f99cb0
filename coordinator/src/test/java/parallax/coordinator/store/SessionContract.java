package parallax.coordinator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static parallax.coordinator.store.Samples.T0;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import parallax.config.secret.Secret;
import parallax.coordinator.access.Sessions;

/** What every store keeps of sessions. */
interface SessionContract {
  Duration WEEK = Duration.ofDays(7);

  /** An empty store, the same one during a test. */
  Store store();

  private static Sessions.End end(String whose, int seconds) {
    return new Sessions.End(
        Optional.of(whose), T0.plusSeconds(seconds), T0.plusSeconds(seconds).plus(WEEK));
  }

  @Test
  default void theFirstKeyOfSessionsIsThatOfAll() throws Exception {
    List<Callable<Secret>> members = new ArrayList<>();
    for (int member = 0; member < 8; member++) {
      Secret own = Secret.of("0" + member);
      members.add(() -> store().sessions().key(own, T0));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<String> known = new ArrayList<>();
      for (Future<Secret> each : threads.invokeAll(members)) {
        known.add(each.get().reveal());
      }
      assertThat(known).hasSize(8).containsOnly(known.getFirst());
      assertThat(store().sessions().key(Secret.of("ff"), T0).reveal()).isEqualTo(known.getFirst());
    }
  }

  @Test
  default void endsOfSessionsAreKeptInOrderUntilTheyDoNotMatterAnyMore() {
    Sessions sessions = store().sessions();
    assertThat(sessions.ends(T0)).isEmpty();
    Sessions.End all = new Sessions.End(Optional.empty(), T0, T0.plusSeconds(60));
    sessions.end(all);
    sessions.end(end("session:1", 1));
    sessions.end(end("token:oncall", 2));
    assertThat(sessions.ends(T0.plusSeconds(60)))
        .containsExactly(all, end("session:1", 1), end("token:oncall", 2));
    assertThat(sessions.ends(T0.plusSeconds(61)))
        .containsExactly(end("session:1", 1), end("token:oncall", 2));
    sessions.end(end("session:2", 3600));
    assertThat(sessions.ends(T0)).doesNotContain(all).hasSize(3);
  }
}
