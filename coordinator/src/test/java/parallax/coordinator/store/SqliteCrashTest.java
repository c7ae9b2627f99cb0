package parallax.coordinator.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.store.sqlite.SqliteStore;

/** The process dies by kill -9 while it writes; what was acknowledged is there. */
final class SqliteCrashTest {
  private static final int ENOUGH = 200;

  @TempDir Path folder;

  @Test
  void whatWasAcknowledgedSurvivesKillMinusNine() throws Exception {
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    int acknowledged = -1;
    try (BufferedReader output = writer.inputReader()) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        acknowledged = Integer.parseInt(line);
        if (acknowledged == ENOUGH) {
          writer.toHandle().destroyForcibly();
        }
      }
    }
    assertThat(writer.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(acknowledged).isGreaterThanOrEqualTo(ENOUGH);
    try (Store store = SqliteStore.open(folder)) {
      for (int index = 0; index <= acknowledged; index++) {
        IncidentId id = new IncidentId("i" + index);
        Optional<Incident> incident = store.incident(id);
        assertThat(incident).as("incident %s of %s", index, acknowledged).isPresent();
        assertThat(store.deliveries(id)).hasSize(1);
      }
      assertThat(store.intervals(Samples.target("shop"), Samples.T0, Samples.T0.plusSeconds(9999)))
          .isNotEmpty();
    }
  }

  /** Writes for ever and says so. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] arguments) {
      try (Store store = SqliteStore.open(Path.of(arguments[0]))) {
        Epoch epoch = store.takeOver();
        for (int index = 0; index < 1_000_000; index++) {
          Incident incident =
              Samples.incident("i" + index, "shop", Samples.T0.plus(Duration.ofSeconds(index)));
          store.record(
              epoch,
              List.of(
                  Samples.changed(
                      "shop",
                      index % 2 == 0
                          ? parallax.coordinator.core.verdict.TargetState.DOWN
                          : parallax.coordinator.core.verdict.TargetState.UP,
                      incident.opened()),
                  new Effect.IncidentChanged(incident),
                  Samples.tell(Notice.Kind.OPENED, incident, "ops")),
              incident.opened());
          System.out.println(index);
        }
      }
    }
  }
}
