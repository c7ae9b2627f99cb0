package parallax.deploy.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.config.observation.Vantage;
import parallax.config.target.TargetName;
import picocli.CommandLine;

/** Which past alerts other rules would have sent or spared, from a record as it is left behind. */
final class PastReplayTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration TIME = Duration.ofMinutes(80);
  private static final String YAML =
      """
      defaults: {interval: 30s}
      targets:
        - {name: shop, url: "https://192.0.2.1/"}
        - {name: blog, url: "https://192.0.2.2/"}
      """;

  @TempDir private Path folder;
  private Path config = Path.of("");
  private Path data = Path.of("");

  private record Ran(int status, List<String> out, String err) {}

  @BeforeEach
  void writeConfiguration() throws IOException {
    config = Files.writeString(folder.resolve("targets.yaml"), YAML);
    data = folder.resolve("data");
  }

  /** A long outage of the shop at 20 minutes, a brief one of the blog at 50. */
  private static boolean outages(Vantage probe, TargetName target, Instant at) {
    Duration since = Duration.between(START, at);
    boolean shop = target.value().equals("shop") && isWithin(since, 20 * 60, 10 * 60);
    boolean blog = target.value().equals("blog") && isWithin(since, 50 * 60, 3 * 60);
    return shop || blog;
  }

  private static boolean isWithin(Duration since, long from, long lasts) {
    return since.toSeconds() >= from && since.toSeconds() < from + lasts;
  }

  private Ran replay(String... more) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] usual = {
      "--from",
      "2026-03-01T12:10:00Z",
      "--to",
      "2026-03-01T13:20:00Z",
      "--config",
      config.toString(),
      "--data",
      data.toString()
    };
    int status =
        new CommandLine(new ReplayCommand())
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(Stream.concat(Stream.of(usual), Stream.of(more)).toArray(String[]::new));
    return new Ran(status, out.toString().lines().toList(), err.toString());
  }

  private String rules(String text) throws IOException {
    return Files.writeString(folder.resolve("rules.yaml"), text).toString();
  }

  @Test
  void underTheSameRulesThePastIsAsItWas() {
    LiveRecord.make(data, YAML, LiveRecord.probes(6), PastReplayTest::outages, START, TIME);
    Ran ran = replay("--json");
    assertThat(ran.err()).isEmpty();
    List<JsonObject> lines = ran.out().stream().map(JsonObject::new).toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.subList(0, 2))
        .allSatisfy(
            line -> {
              assertThat(line.getString("change")).isEqualTo("kept");
              Instant then = Instant.parse(line.getJsonObject("recorded").getString("told"));
              Instant now = Instant.parse(line.getJsonObject("replayed").getString("told"));
              assertThat(Duration.between(then, now).abs()).isLessThan(Duration.ofSeconds(3));
              assertThat(line.getJsonObject("replayed").getString("scope")).isEqualTo("GLOBAL");
            });
    assertThat(ran.status()).isZero();
  }

  @Test
  void waitingLongerWouldHaveSparedTheBriefOutage() throws IOException {
    LiveRecord.make(data, YAML, LiveRecord.probes(6), PastReplayTest::outages, START, TIME);
    Ran usual = replay("--rules", rules("rules: {publish: 12s}\n"));
    assertThat(usual.status()).as(usual.err()).isZero();

    // The wait is a share of the interval.
    Files.writeString(config, YAML.replace("30s", "30m"));
    Ran ran = replay("--rules", rules("rules: {publish: 5m}\n"));
    assertThat(ran.out()).hasSize(3);
    assertThat(ran.out().getFirst()).startsWith("kept    2026-03-01T12:20").contains("shop");
    assertThat(ran.out().get(1)).startsWith("spared  2026-03-01T12:50").contains("blog");
    assertThat(ran.out().getLast()).startsWith("2 alerts then, 1 now: 1 kept, 1 spared, 0 sent");
    assertThat(ran.status()).isEqualTo(1);
  }

  @Test
  void believingALoneVantageAtItsFirstLookWouldHaveSentMore() throws IOException {
    LiveRecord.make(
        data,
        YAML,
        LiveRecord.probes(1),
        (_, target, at) ->
            target.value().equals("blog") && at.equals(START.plusSeconds(30 * 60 + 1)),
        START,
        TIME);
    assertThat(replay().out().getLast()).startsWith("0 alerts then, 0 now");
    Ran ran = replay("--rules", rules("rules: {looks: 1}\n"));
    assertThat(ran.out().getFirst())
        .startsWith("sent    2026-03-01T12:30:01Z")
        .contains("blog")
        .endsWith("not then");
    assertThat(ran.status()).isEqualTo(1);
  }

  @Test
  void aGapInTheRecordIsNoSilenceOfTheProbes() {
    LiveRecord.make(
        data, YAML, LiveRecord.probes(6), PastReplayTest::outages, START, Duration.ofMinutes(45));
    LiveRecord.make(
        data,
        YAML,
        LiveRecord.probes(6).stream()
            .map(p -> new Vantage(p.probe(), p.region(), p.asn().map(asn -> asn + 100)))
            .toList(),
        (_, _, _) -> false,
        START.plus(Duration.ofMinutes(65)),
        Duration.ofMinutes(10));
    Ran ran = replay();
    assertThat(ran.out()).hasSize(2);
    assertThat(ran.out().getFirst()).startsWith("kept").contains("shop");
    assertThat(ran.err()).contains("the record has gaps").contains("1");
  }

  @Test
  void targetsThatAreNotConfiguredAreLeftOutAndNamed() throws IOException {
    LiveRecord.make(data, YAML, LiveRecord.probes(6), PastReplayTest::outages, START, TIME);
    Files.writeString(config, YAML.replaceAll("(?m)^.*blog.*$", ""));
    Ran ran = replay();
    assertThat(ran.err()).contains("the configuration does not have them: blog");
    assertThat(ran.out().get(1)).startsWith("spared").contains("blog");
  }

  @Test
  void wrongRulesAreNamedByFileLineAndColumn() throws IOException {
    Ran ran = replay("--rules", rules("rules: {looks: 9, sure: 80%}\ntargets: [x]\n"));
    assertThat(ran.err())
        .contains("rules.yaml:1:16: ")
        .contains("rules.yaml:1:25: ")
        .contains("rules.yaml:2:1: ");
    assertThat(ran.status()).isEqualTo(1);
  }

  @Test
  void withoutARecordThereIsNoAnswer() {
    Ran ran = replay();
    assertThat(ran.err()).contains("there is no record at ");
    assertThat(ran.status()).isEqualTo(3);
    assertThat(data).doesNotExist();
  }

  @Test
  void timesThatMakeNoSenseAreWrongUsage() {
    StringWriter err = new StringWriter();
    CommandLine line = new CommandLine(new ReplayCommand()).setErr(new PrintWriter(err, true));
    assertThat(line.execute("--from", "yesterday")).isEqualTo(2);
    assertThat(line.execute("--from", "1d", "--to", "2d")).isEqualTo(2);
    assertThat(line.execute("--to", "1d")).isEqualTo(2);
    assertThat(line.execute("--from", "1d", "a.yaml")).isEqualTo(2);
    assertThat(line.execute()).isEqualTo(2);
    assertThat(err.toString())
        .contains("--from must be a time such as")
        .contains("--from must be before --to")
        .contains("--from is missing")
        .contains("no FILE");
  }
}
