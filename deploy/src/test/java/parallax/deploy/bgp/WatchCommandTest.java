package parallax.deploy.bgp;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.deploy.command.ExitCode;
import picocli.CommandLine;

/** Stored incidents told by the command, minute by minute. */
final class WatchCommandTest {
  private static final Path SCENARIOS = Path.of("src/test/resources/parallax/deploy/bgp/scenarios");
  private static final String FACEBOOK = "facebook-20211004";
  private static final String YOUTUBE = "youtube-20080224";
  private static final String RESET = "collector-reset";

  @TempDir Path folder;

  private record Ran(int status, String out, String err) {
    List<JsonObject> of(String type) {
      return out.lines()
          .map(JsonObject::new)
          .filter(line -> line.getString("type").equals(type))
          .toList();
    }
  }

  @ParameterizedTest
  @CsvSource({
    FACEBOOK + ", 129.134.30.0/23",
    FACEBOOK + ", 129.134.30.0/24",
    FACEBOOK + ", 129.134.0.0/17",
    FACEBOOK + ", 185.89.219.0/24",
    FACEBOOK + ", 2a03:2880:f1fd::/48",
    FACEBOOK + ", 31.13.64.0/18",
    YOUTUBE + ", 208.65.152.0/22",
    YOUTUBE + ", 208.65.153.0/24",
    YOUTUBE + ", 208.65.153.128/25",
    RESET + ", 198.18.0.0/24",
    RESET + ", 2001:db8:100::/48",
  })
  void everyMinuteShowsWhatTheTruthShows(String name, String prefix) throws IOException {
    Map<Instant, String> truth = truth(name, prefix);
    List<JsonObject> minutes = replay(name, prefix).of("visibility");
    assertThat(minutes).hasSizeGreaterThan(20);
    List<String> wrong = new ArrayList<>();
    String current = "";
    Instant last = Instant.EPOCH;
    for (JsonObject minute : minutes) {
      Instant time = Instant.parse(minute.getString("time"));
      current = truth.getOrDefault(time, current);
      if (!Integer.toString(minute.getInteger("seeing")).equals(current)) {
        wrong.add(minute.encode() + ", not " + current);
      }
      assertThat(last.equals(Instant.EPOCH) || last.plus(Duration.ofMinutes(1)).equals(time))
          .isTrue();
      last = time;
    }
    assertThat(wrong).isEmpty();
    assertThat(last).isAfter(truth.keySet().stream().max(Instant::compareTo).orElseThrow());
  }

  /** How many peers have it, from each minute at which that changes. */
  private static Map<Instant, String> truth(String name, String prefix) throws IOException {
    Map<Instant, String> truth = new LinkedHashMap<>();
    for (String line : Files.readAllLines(SCENARIOS.resolve(name + ".visibility.tsv"))) {
      String[] row = line.split("\t", -1);
      if (row[1].equals(prefix)) {
        truth.put(Instant.parse(row[0].replace("Z", ":00Z")), row[3]);
      }
    }
    assertThat(truth).isNotEmpty();
    return truth;
  }

  @Test
  void facebookFallsBackToWhatCoversItAndComesBack() {
    List<JsonObject> story = replay(FACEBOOK, "129.134.30.0/24").of("reach");
    assertThat(story.stream().map(line -> line.getString("reach")).distinct())
        .containsExactly("VISIBLE", "PARTIAL", "FALLBACK", "RECOVERING");
    JsonObject gone = first(story, "FALLBACK");
    assertThat(gone.getString("coveredBy")).isEqualTo("129.134.0.0/17");
    assertThat(Instant.parse(gone.getString("since")))
        .isBetween("2021-10-04T15:46:00Z", "2021-10-04T15:47:00Z");
    assertThat(Instant.parse(gone.getString("firstLoss")))
        .isBetween("2021-10-04T15:40:00Z", "2021-10-04T15:42:00Z");
    assertThat(Instant.parse(gone.getString("time")))
        .isBetween("2021-10-04T15:47:00Z", "2021-10-04T15:48:30Z");
    JsonObject back = story.getLast();
    assertThat(back.getString("reach")).isEqualTo("VISIBLE");
    assertThat(Instant.parse(back.getString("since")))
        .isBetween("2021-10-04T21:01:00Z", "2021-10-04T21:02:00Z");
  }

  @Test
  void oneCollectorTellsTheStoryTooAndThatItIsAlone() {
    String file = SCENARIOS.resolve(FACEBOOK + ".rrc00").toString();
    Ran ran =
        run(
            "129.134.30.0/24",
            "--table",
            file + ".bview.mrt.gz",
            "--updates",
            file + ".updates.mrt.gz",
            "--json");
    assertThat(ran.status()).isZero();
    assertThat(ran.err()).contains("too few collectors");
    assertThat(ran.of("reach").stream().map(line -> line.getString("reach")).distinct())
        .containsExactly("VISIBLE", "PARTIAL", "FALLBACK", "RECOVERING");
  }

  @Test
  void aPrefixThatNothingCoversIsWithdrawn() {
    List<JsonObject> story = replay(FACEBOOK, "185.89.218.0/23").of("reach");
    assertThat(first(story, "WITHDRAWN").getString("coveredBy")).isNull();
    assertThat(replay(FACEBOOK, "31.13.64.0/18").of("reach")).hasSize(1);
  }

  @Test
  void youtubesHijackIsToldAndItsOwnPartsAreNone() {
    Ran ran = replay(YOUTUBE, "208.65.152.0/22", "--origin", "AS36561");
    List<JsonObject> foreign = ran.of("foreign-origin");
    assertThat(foreign).isNotEmpty();
    assertThat(foreign).allMatch(line -> line.getLong("origin") == 17557);
    assertThat(foreign).allMatch(line -> line.getString("announced").equals("208.65.153.0/24"));
    assertThat(foreign.stream().map(line -> line.getString("weight")).distinct())
        .endsWith("ALARM", "OVER");
    assertThat(Instant.parse(foreign.getFirst().getString("since")))
        .isBetween("2008-02-24T18:47:00Z", "2008-02-24T18:48:00Z");
    assertThat(foreign.getLast().getString("weight")).isEqualTo("OVER");
  }

  @Test
  void aCollectorThatLosesItsSessionsIsNoOutage() {
    assertThat(
            replay(RESET, "198.18.0.0/24").of("reach").stream()
                .map(line -> line.getString("reach")))
        .containsExactly("VISIBLE", "LOCAL_COLLECTOR", "VISIBLE");
  }

  @Test
  void forPeopleALineIsAMinuteOrAVerdict() {
    Ran ran = run(arguments(FACEBOOK, "129.134.30.0/24", "--for", "20m"));
    assertThat(ran.out().lines())
        .contains(
            "2021-10-04T15:30:00Z prefix=129.134.30.0/24 seen=24/24 rrc00=12/12 rrc24=12/12"
                + " reach=VISIBLE")
        .anyMatch(line -> line.contains(" verdict prefix=129.134.30.0/24 reach=FALLBACK "))
        .noneMatch(line -> line.startsWith("2021-10-04T15:50"));
  }

  @Test
  void whatIsWrongWithTheCommandIsSaid() throws IOException {
    assertThat(run("192.0.2.1/24").status()).isEqualTo(ExitCode.USAGE.status());
    assertThat(run("192.0.2.0/24", "--origin", "ASx").err()).contains("--origin must be");
    assertThat(run("192.0.2.0/24", "--for", "soon").err()).contains("--for must be");
    Ran missing = run("192.0.2.0/24", "--updates", folder.resolve("none").toString());
    assertThat(missing.status()).isEqualTo(ExitCode.COULD_NOT_RUN.status());
    assertThat(missing.err()).contains("none: no such file");
    Path plain = Files.writeString(folder.resolve("a.yaml"), "targets: ['https://example.com/']\n");
    Ran unheard = run("192.0.2.0/24", "--config", plain.toString());
    assertThat(unheard.status()).isEqualTo(ExitCode.NO.status());
    assertThat(unheard.err()).contains("has no 'bgp: sources'");
  }

  private static JsonObject first(List<JsonObject> story, String reach) {
    return story.stream()
        .filter(line -> line.getString("reach").equals(reach))
        .findFirst()
        .orElseThrow();
  }

  private static Ran replay(String name, String prefix, String... more) {
    List<String> arguments = new ArrayList<>(List.of(arguments(name, prefix, more)));
    arguments.add("--json");
    Ran ran = run(arguments.toArray(String[]::new));
    assertThat(ran.err()).isEmpty();
    assertThat(ran.status()).isZero();
    return ran;
  }

  private static String[] arguments(String name, String prefix, String... more) {
    List<String> arguments = new ArrayList<>(List.of(prefix));
    for (String collector : List.of("rrc00", "rrc24")) {
      String file = SCENARIOS.resolve(name + "." + collector).toString();
      arguments.addAll(List.of("--table", file + ".bview.mrt.gz"));
      arguments.addAll(List.of("--updates", file + ".updates.mrt.gz"));
    }
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  private static Ran run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    PrintWriter errors = new PrintWriter(err);
    int status =
        new CommandLine(new WatchCommand())
            .setOut(new PrintWriter(out))
            .setErr(errors)
            .setExecutionExceptionHandler(
                (problem, _, _) -> {
                  errors.println(problem.getMessage());
                  return ExitCode.COULD_NOT_RUN.status();
                })
            .execute(arguments);
    return new Ran(status, out.toString(), err.toString());
  }
}
