package parallax.coordinator.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.store.postgres.PostgresAddress;
import parallax.coordinator.store.postgres.PostgresStore;
import parallax.coordinator.testing.PostgresServer;
import parallax.coordinator.testing.Waiting;

/** PostgreSQL dies again and again while incidents are recorded and notices are sent. */
final class PostgresCrashTest {
  private static final int ROUNDS = 10;
  private static final int BETWEEN_CRASHES = 100;
  private static final Duration LEASE = Duration.ofSeconds(30);

  @RegisterExtension static final PostgresServer SERVER = new PostgresServer();

  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicInteger acknowledged = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicInteger ambiguous = new AtomicInteger();
  private final Map<String, Integer> sent = new ConcurrentHashMap<>();

  /** Virtual: each turn of the sender is later than all leases before it. */
  private final AtomicInteger turns = new AtomicInteger();

  @Test
  void nothingAcknowledgedIsLostAndNothingIsDoubled() throws Exception {
    PostgresAddress address = SERVER.freshDatabase();
    try (Store store = PostgresStore.open(address)) {
      Epoch epoch = store.takeOver();
      Thread recorder = Thread.ofPlatform().start(() -> recordUntilOver(store, epoch));
      Thread sender = Thread.ofPlatform().start(() -> sendUntilOver(store));
      for (int round = 0; round < ROUNDS; round++) {
        int enough = acknowledged.get() + BETWEEN_CRASHES;
        Waiting.until("recorded", () -> acknowledged.get() >= enough);
        if (round % 2 == 0) {
          SERVER.stopAtOnce();
        } else {
          SERVER.kill();
        }
        SERVER.start();
      }
      int enough = acknowledged.get() + BETWEEN_CRASHES;
      Waiting.until("recorded", () -> acknowledged.get() >= enough);
      over.set(true);
      recorder.join();
      sender.join();
      Waiting.until("all sent", () -> send(store) == 0 && sent.size() == acknowledged.get());
      judge(store);
    }
  }

  private void judge(Store store) {
    int recorded = acknowledged.get();
    for (int index = 0; index < recorded; index++) {
      IncidentId id = new IncidentId("i" + index);
      assertThat(store.incident(id)).as("incident %s of %s", index, recorded).isPresent();
      assertThat(store.deliveries(id)).hasSize(1);
      assertThat(store.deliveries(id).getFirst().delivered()).isPresent();
    }
    assertThat(store.incident(new IncidentId("i" + recorded))).isEmpty();
    assertThat(store.intervals(Samples.target("shop"), Samples.T0, at(recorded + 1)))
        .hasSize(recorded);
    int extra = sent.values().stream().mapToInt(Integer::intValue).sum() - sent.size();
    System.out.printf(
        "%d rounds: %d incidents acknowledged, all kept; %d notices, all sent; %d calls failed,"
            + " %d of them after sending; %d sent again%n",
        ROUNDS, recorded, sent.size(), failures.get(), ambiguous.get(), extra);
    assertThat(extra).isLessThanOrEqualTo(ambiguous.get());
    assertThat(failures.get()).isPositive();
  }

  private void recordUntilOver(Store store, Epoch epoch) {
    while (!over.get()) {
      int index = acknowledged.get();
      Incident incident = Samples.incident("i" + index, "shop", at(index));
      TargetState state = index % 2 == 0 ? TargetState.DOWN : TargetState.UP;
      List<Effect> effects =
          List.of(
              Samples.changed("shop", state, incident.opened()),
              new Effect.IncidentChanged(incident),
              Samples.tell(Notice.Kind.OPENED, incident, "ops"));
      try {
        assertThat(store.record(epoch, effects, incident.opened()))
            .isEqualTo(new Recorded.Written());
        acknowledged.incrementAndGet();
      } catch (StoreException e) {
        failures.incrementAndGet();
      }
    }
  }

  private void sendUntilOver(Store store) {
    while (!over.get()) {
      send(store);
    }
  }

  /** Claims, sends, settles; tells how many there were, -1 when the store failed. */
  private int send(Store store) {
    Instant now = at(1_000_000).plus(LEASE.multipliedBy(turns.incrementAndGet()));
    try {
      List<Store.Delivery> claimed = store.claim(now, LEASE, Room.of(10));
      for (Store.Delivery delivery : claimed) {
        sent.merge(delivery.key(), 1, Integer::sum);
        settle(store, delivery.key(), now);
      }
      return claimed.size();
    } catch (StoreException e) {
      failures.incrementAndGet();
      return -1;
    }
  }

  private void settle(Store store, String key, Instant now) {
    try {
      store.delivered(key, now);
    } catch (StoreException e) {
      failures.incrementAndGet();
      ambiguous.incrementAndGet();
    }
  }

  private static Instant at(int index) {
    return Samples.T0.plus(Duration.ofSeconds(index));
  }
}
