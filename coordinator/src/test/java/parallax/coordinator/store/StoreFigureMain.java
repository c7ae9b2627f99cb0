package parallax.coordinator.store;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.store.postgres.PostgresAddress;
import parallax.coordinator.store.postgres.PostgresStore;
import parallax.coordinator.store.sqlite.SqliteStore;

/** Prints what the record costs; argument: a folder on the disk that counts, or a URL. */
final class StoreFigureMain {
  private static final int RECORDS = 500;
  private static final int BATCHES = 20;
  private static final int BATCH = 1000;

  private StoreFigureMain() {}

  public static void main(String[] arguments) {
    for (String which : List.of("first", "second")) {
      long began = System.nanoTime();
      open(arguments[0]).close();
      System.out.printf("open and close, %s: %d ms%n", which, millis(began));
    }
    try (Store store = open(arguments[0])) {
      Epoch epoch = store.takeOver();
      long began = System.nanoTime();
      for (int index = 0; index < RECORDS; index++) {
        Instant at = Samples.T0.plusSeconds(index);
        Incident incident = Samples.incident("i" + index, "shop", at);
        TargetState state = index % 2 == 0 ? TargetState.DOWN : TargetState.UP;
        store.record(
            epoch,
            List.of(
                Samples.changed("shop", state, at),
                new Effect.IncidentChanged(incident),
                Samples.tell(Notice.Kind.OPENED, incident, "ops")),
            at);
      }
      System.out.printf("record(): %d per second%n", RECORDS * 1000L / millis(began));
      for (int batch = 0; batch < BATCHES; batch++) {
        List<Evidence> looks = new ArrayList<>();
        for (int index = 0; index < BATCH; index++) {
          long sequence = (long) batch * BATCH + index;
          looks.add(Samples.up("target-" + index, sequence, Samples.T0.plusMillis(sequence)));
        }
        began = System.nanoTime();
        store.append(looks);
        if (batch % 5 == 4) {
          System.out.printf("append(%d): %d ms%n", BATCH, millis(began));
        }
      }
    }
  }

  private static Store open(String where) {
    return where.startsWith("postgresql:")
        ? PostgresStore.open(PostgresAddress.parse(where))
        : SqliteStore.open(Path.of(where));
  }

  private static long millis(long began) {
    return Math.max(1, (System.nanoTime() - began) / 1_000_000);
  }
}
