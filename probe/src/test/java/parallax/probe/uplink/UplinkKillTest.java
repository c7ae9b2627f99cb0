package parallax.probe.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.config.check.CheckKind;
import parallax.config.fault.Steps;
import parallax.config.routes.RouteWatching;
import parallax.config.target.Target;
import parallax.config.target.TargetName;

/** A probe that is killed at each of its steps loses nothing that it had on disk. */
final class UplinkKillTest {
  /** Kills at each step; more with {@code -Dparallax.uplink.kills=50}. */
  private static final int KILLS = Integer.getInteger("parallax.uplink.kills", 1);

  private static final int MAX_REPORTS = 10_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final FakeCoordinator coordinator = new FakeCoordinator(vertx);

  private record Step(String name, int maxTimes) {}

  private static final List<Step> STEPS =
      List.of(
          new Step("probe.made", UplinkMain.OBSERVATIONS),
          new Step("probe.appended", UplinkMain.OBSERVATIONS),
          new Step("probe.synced", 2),
          new Step("probe.sent", 12),
          new Step("probe.acked", 12),
          new Step("probe.trimmed", 12));

  @AfterEach
  void stop() throws Exception {
    coordinator.close();
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void nothingThatWasAppendedIsLostByKill() throws IOException, InterruptedException {
    SplittableRandom random = new SplittableRandom(KILLS);
    Uplinks.token(folder, "pxt_one");
    List<String> appended = new ArrayList<>();
    long boot = 1;
    for (int round = 0; round < KILLS; round++) {
      for (Step step : STEPS) {
        long run = boot++;
        int count = runAndKill(run, step.name(), random.nextInt(1, step.maxTimes() + 1));
        IntStream.range(0, count).forEach(n -> appended.add(Uplinks.name(run, n)));
      }
    }
    Uplink last =
        Uplink.open(
            Uplinks.settings(folder, boot),
            Uplinks.ground(
                vertx, folder, List.of(Uplinks.url(coordinator.port())), Steps.UNWATCHED));
    last.start(new Nothing());
    try {
      Awaitility.await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                assertThat(coordinator.received().keySet()).containsAll(appended);
                assertThat(last.status().spool().observations()).isZero();
              });
    } finally {
      last.close();
    }
    assertThat(last.status().drops()).isEmpty();
  }

  /** How many observations were appended before the kill. */
  private int runAndKill(long boot, String step, int times)
      throws IOException, InterruptedException {
    Path errors = folder.resolve("errors");
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx96m",
                "-cp",
                System.getProperty("java.class.path"),
                UplinkMain.class.getName(),
                folder.toString(),
                Integer.toString(coordinator.port()),
                Long.toString(boot),
                step,
                Integer.toString(times))
            .redirectError(errors.toFile())
            .start();
    int appended = 0;
    int report = 0;
    try (InputStream in = child.getInputStream()) {
      for (int count = 0; count < MAX_REPORTS && report != UplinkMain.STANDS_STILL; count++) {
        report = in.read();
        assertThat(report).as(Files.readString(errors)).isNotEqualTo(-1);
        // Its log goes to the same place: those bytes are printable.
        appended += report == UplinkMain.APPENDED ? 1 : 0;
      }
      child.toHandle().destroyForcibly();
      assertThat(report).as(step).isEqualTo(UplinkMain.STANDS_STILL);
    } finally {
      child.destroyForcibly();
      assertThat(child.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
    return appended;
  }

  private record Nothing() implements Work {
    @Override
    public void assign(List<Target> targets, Optional<RouteWatching> routes) {}

    @Override
    public void lookAgain(TargetName target, CheckKind check, Duration after) {}
  }
}
