package parallax.deploy.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Reason;
import parallax.config.target.TargetName;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.core.verdict.Why;
import parallax.coordinator.store.Epoch;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.sqlite.SqliteStore;
import picocli.CommandLine;

/** {@code parallax report} as an operator types it, on a record in a folder. */
final class ReportCommandTest {
  private static final Finding REFUSED = new Finding(Reason.CONNECTION_REFUSED, "port 1");

  @TempDir Path folder;

  private record Ran(int status, String out, String err) {}

  private static Ran run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        new CommandLine(new ReportCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler((_, _, _) -> 3)
            .execute(arguments);
    return new Ran(status, out.toString(), err.toString());
  }

  @BeforeEach
  void aRecord() throws IOException {
    Files.writeString(
        folder.resolve("c.yaml"),
        """
        targets:
          - {name: shop, url: "tcp://127.0.0.1:1", labels: {team: web}, objective: {target: 99%}}
          - {name: blog, url: "tcp://127.0.0.1:2"}
        """);
    try (Store store = SqliteStore.open(folder.resolve("data"))) {
      Epoch epoch = store.takeOver();
      Instant began = Instant.parse("2026-01-01T00:00:00Z");
      Instant fell = Instant.parse("2026-02-08T00:00:00Z");
      store.record(epoch, changes("shop", TargetState.UP, began), began);
      store.record(epoch, changes("shop", TargetState.DOWN, fell), fell);
      Instant rose = Instant.parse("2026-02-15T00:00:00Z");
      store.record(epoch, changes("shop", TargetState.UP, rose), rose);
    }
  }

  private static List<Effect> changes(String target, TargetState state, Instant at) {
    boolean down = state == TargetState.DOWN;
    return List.of(
        new Effect.VerdictChanged(
            new Verdict(
                new TargetName(target),
                state,
                down ? Optional.of(Scope.GLOBAL) : Optional.empty(),
                List.of(),
                down
                    ? Optional.of(new Cause(Optional.of(Layer.TCP), REFUSED, "target:shop"))
                    : Optional.empty(),
                at,
                0.9,
                List.of(),
                Why.rule("said so"))));
  }

  private Ran report(String... more) {
    String[] all = new String[more.length + 6];
    System.arraycopy(
        new String[] {
          "--month", "2026-02", "--data", folder + "/data", "--config", folder + "/c.yaml"
        },
        0,
        all,
        0,
        6);
    System.arraycopy(more, 0, all, 6, more.length);
    return run(all);
  }

  @Test
  void countsWhatIsOnRecord() {
    Ran ran = report("--format", "json", "--target", "shop");

    assertThat(ran.status()).as(ran.err()).isZero();
    JsonObject shop = new JsonObject(ran.out().lines().toList().getLast());
    assertThat(shop.getDouble("uptime")).isEqualTo(0.75);
    assertThat(shop.getDouble("downSeconds")).isEqualTo(7 * 86_400);
    assertThat(shop.getDouble("unknownSeconds")).isZero();
    assertThat(shop.getBoolean("objectiveMet")).isFalse();
  }

  @Test
  void writesWhatIsAskedForToAFile() throws IOException {
    Path out = folder.resolve("february.html");

    Ran ran = report("--out", out.toString());

    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.out()).isEmpty();
    assertThat(Files.readString(out)).contains("75.00 %", "99 %: missed", "blog", "not known");
    assertThat(report("--format", "csv", "--label", "team:web").out())
        .contains("shop")
        .doesNotContain("blog");
  }

  @Test
  void saysItInTheLanguageThatIsAskedFor() {
    assertThat(report("--lang", "ja").out())
        .contains("<html lang=\"ja\">", "2026-02 の稼働状況", "99%: 未達", "もう保存されていません");
    assertThat(report("--lang", "ja", "--format", "json").out()).contains("Up is UP and DEGRADED");
    assertThat(run("--month", "2026-02", "--lang", "tlh").status()).isEqualTo(2);
  }

  @Test
  void saysWhatIsWrongWithTheQuestion() {
    assertThat(run("--month", "2026-2").status()).isEqualTo(2);
    assertThat(run("--month", "2026-02", "--zone", "x").status()).isEqualTo(2);
    assertThat(run("--month", "2026-02", "--data", folder.toString()).err())
        .contains("--data and --config go together");
    assertThat(run("--month", "2026-02", "--data", folder + "/x", "--config", folder + "/c.yaml"))
        .extracting(Ran::status)
        .isEqualTo(3);
    assertThat(folder.resolve("x")).doesNotExist();
  }
}
