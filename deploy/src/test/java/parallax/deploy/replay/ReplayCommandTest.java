package parallax.deploy.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command as a user types it: what it prints, and how it ends. */
final class ReplayCommandTest {
  private static final Path SCENARIOS = Path.of("src/test/resources/parallax/deploy/replay");
  private static final String QUIET = SCENARIOS.resolve("quiet.yaml").toString();
  private static final String WANTING = SCENARIOS.resolve("wanting.yaml").toString();

  @TempDir Path folder;

  private record Ran(int status, String out, String err) {
    List<String> lines() {
      return out.lines().toList();
    }

    JsonObject json(int line) {
      return new JsonObject(lines().get(line));
    }
  }

  @Test
  void whatIsAsExpectedEndsWithZero() {
    Ran ran = run(QUIET);
    assertThat(ran.status()).isZero();
    assertThat(ran.lines())
        .containsExactly("PASS  quiet", "1 of 1 pass, 0 pages, 0.0 % extra checks");
    assertThat(ran.err()).isEmpty();
  }

  @Test
  void aMismatchEndsWithOneAndNamesWhatWasWantedAndFound() {
    Ran ran = run(QUIET, WANTING);
    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.lines())
        .contains(
            "FAIL  wanting",
            "      outage: opened: wanted opened by 90 s, found nothing",
            "1 of 2 pass, 0 pages, 0.0 % extra checks");
  }

  @Test
  void machinesGetAnObjectForEachScenarioAndASummary() {
    Ran ran = run("--json", SCENARIOS.toString());
    assertThat(ran.lines()).hasSize(3);
    JsonObject quiet = ran.json(0);
    assertThat(quiet.getString("scenario")).isEqualTo("quiet");
    assertThat(quiet.getBoolean("pass")).isTrue();
    assertThat(quiet.getJsonArray("incidents")).isEmpty();
    assertThat(quiet.getJsonArray("failures")).isEmpty();
    assertThat(quiet.getJsonObject("states").getJsonArray("shop").getJsonArray(0).getDouble(0))
        .isZero();
    assertThat(quiet.getLong("pages")).isZero();
    assertThat(quiet.getLong("notices")).isZero();
    // In two minutes 6 of the web, one more at the end, 6 of name servers, 1 of the delegation.
    assertThat(quiet.getLong("checksScheduled")).isEqualTo(14);
    JsonObject failure = ran.json(1).getJsonArray("failures").getJsonObject(0);
    assertThat(failure)
        .isEqualTo(
            new JsonObject()
                .put("expectation", "outage")
                .put("kind", "opened")
                .put("wanted", "opened by 90 s")
                .put("found", "nothing"));
    JsonObject summary = ran.json(2);
    assertThat(summary.getLong("passed")).isEqualTo(1);
    assertThat(summary.getLong("total")).isEqualTo(2);
    assertThat(summary.getValue("openedAfterS")).isNull();
    assertThat(summary.getDouble("checksAskedShare")).isNotNegative();
  }

  @Test
  void otherSeedsTakeThePlaceOfTheScenariosOwn() {
    Ran ran = run("--json", "--seed", "7", "--seed", "18446744073709551615", QUIET);
    assertThat(ran.status()).isZero();
    assertThat(ran.json(0).getValue("seed")).hasToString("7");
    assertThat(ran.json(1).getValue("seed")).hasToString("18446744073709551615");
    assertThat(ran.json(2).getLong("total")).isEqualTo(2);
  }

  @Test
  void theSameCommandPrintsTheSame() {
    assertThat(run("--json", SCENARIOS.toString())).isEqualTo(run("--json", SCENARIOS.toString()));
  }

  @Test
  void anInvalidFileEndsWithOneAndNamesItsPlaces() throws IOException {
    Path file = folder.resolve("bad.yaml");
    Files.writeString(
        file, Files.readString(Path.of(QUIET)).replace("events: []", "events: [{at: [5, 1]}]"));
    Ran ran = run(file.toString(), QUIET);
    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.lines())
        .contains(
            file + ":23:10: 'event' needs one of the keys see, bgp, delivery, clock, declare",
            file + ":23:19: 'at' must end after it starts",
            "PASS  quiet",
            "1 of 2 pass, 0 pages, 0.0 % extra checks");
    JsonObject problem = run("--json", file.toString()).json(1);
    assertThat(problem.getInteger("line")).isEqualTo(23);
    assertThat(problem.getInteger("column")).isEqualTo(19);
  }

  @Test
  void wrongUsageEndsWithTwo() {
    assertThat(run().status()).isEqualTo(2);
    assertThat(run("--seed", "one", QUIET).status()).isEqualTo(2);
    assertThat(run("--seed", "-1", QUIET).status()).isEqualTo(2);
    assertThat(run("--speed", "1", QUIET).status()).isEqualTo(2);
  }

  @Test
  void aFileThatIsNotThereEndsWithThree() {
    Ran ran = run(QUIET, folder.resolve("none.yaml").toString());
    assertThat(ran.status()).isEqualTo(3);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains("none.yaml: there is no such file or folder");
    assertThat(run(folder.toString()).status()).isEqualTo(3);
  }

  @Test
  void aTraceGoesToTheOtherStream() {
    Ran ran = run("--trace", QUIET);
    assertThat(ran.err()).startsWith("trace of quiet, seed 1");
    assertThat(ran.out()).isEqualTo(run(QUIET).out());
  }

  private static Ran run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        new CommandLine(new ReplayCommand())
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .setExecutionExceptionHandler(
                (problem, commandLine, _) -> {
                  commandLine.getErr().println(problem.getMessage());
                  return 3;
                })
            .execute(arguments);
    return new Ran(status, out.toString(), err.toString());
  }
}
