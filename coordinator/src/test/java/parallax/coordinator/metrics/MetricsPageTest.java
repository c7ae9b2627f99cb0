package parallax.coordinator.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.buffer.Buffer;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import parallax.config.check.CheckKind;
import parallax.config.metrics.ExpositionFormat;
import parallax.config.observation.Observation;
import parallax.config.observation.ObservationId;
import parallax.config.observation.Outcome;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Vantage;
import parallax.config.policy.Receiver;
import parallax.config.secret.Secret;
import parallax.config.target.Region;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.metrics.text.PromText;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.Judged;
import parallax.coordinator.testing.Shown;
import parallax.coordinator.view.ProbeConnection;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.view.UptimeHistory;

final class MetricsPageTest {
  private static final Path PROMTOOL = Path.of("/usr/bin/promtool");

  @TempDir Path folder;

  private final Shown shown = new Shown();
  private final CheckDurations durations = new CheckDurations();
  private final Meters meters = new Meters();
  private final Tally sent =
      new Tally("parallax_notifications_total", "Attempts.", "receiver", "outcome");
  private final MetricsPage page = new MetricsPage(shown, durations, meters, List.of(sent));

  @AfterEach
  void close() {
    meters.close();
  }

  private static TargetView view(String name, TargetState state) {
    return new TargetView(
        Examples.target(name),
        Examples.verdict(name, state, Examples.NOON.minusSeconds(3600)),
        List.of(Examples.evidence(name, Outcome.up(), Examples.NOON)),
        UptimeHistory.EMPTY
            .with(Examples.NOON.minusSeconds(7200), TargetState.UP)
            .with(Examples.NOON.minusSeconds(3600), state),
        Optional.of(Examples.EXPIRY));
  }

  private void showSome() {
    Incident incident =
        Judged.incident(
            "i",
            List.of(Examples.target("down").name()),
            Scope.UNCONFIRMED,
            Examples.cause(),
            Examples.NOON,
            Examples.NOON,
            List.of());
    shown.show(
        List.of(
            view("degraded", TargetState.DEGRADED),
            view("down", TargetState.DOWN),
            view("https://e.com/?a=1", TargetState.UP),
            view("unknown", TargetState.UNKNOWN)),
        List.of(incident));
    durations.saw(Examples.observation("down", Examples.REFUSED, Examples.NOON));
    durations.saw(Examples.observation("https://e.com/?a=1", Outcome.up(), Examples.NOON));
    sent.count("hook", "delivered");
  }

  private String text(ExpositionFormat format) {
    return page.render(format).toString();
  }

  @Test
  void tellsStatesUptimesIncidentsProbesAndConfiguration() {
    showSome();
    assertThat(text(ExpositionFormat.PROMETHEUS))
        .contains(
            "parallax_target_up{target=\"degraded\"} 1\n",
            "parallax_target_up{target=\"down\"} 0\n",
            "parallax_target_info{target=\"down\"",
            "parallax_build_info{version=\"1.2.3\"} 1\n",
            "parallax_ready 1\n",
            "parallax_target_up{target=\"https://e.com/?a=1\"} 1\n",
            "parallax_target_state{target=\"down\",state=\"DOWN\"} 1\n",
            "parallax_target_state{target=\"down\",state=\"UP\"} 0\n",
            "parallax_target_state{target=\"unknown\",state=\"UNKNOWN\"} 1\n",
            "parallax_uptime_ratio{target=\"down\",window=\"24h\"} 0.5\n",
            "parallax_incident_open{scope=\"UNCONFIRMED\",layer=\"TCP\"} 1\n",
            "parallax_incident_open{scope=\"GLOBAL\",layer=\"BGP\"} 0\n",
            "parallax_certificate_expiry_timestamp_seconds{target=\"down\"} 1798761600\n",
            "parallax_dnssec_signature_expiry_timestamp_seconds{target=\"down\"} 1798761600\n",
            "parallax_probe_up{probe=\"embedded\",region=\"here\"} 1\n",
            "parallax_observations_total{probe=\"embedded\",outcome=\"inconclusive\"} 3\n",
            "parallax_notifications_total{receiver=\"hook\",outcome=\"delivered\"} 1\n",
            "parallax_config_info{commit=\"abc123\"} 1\n",
            "parallax_config_last_reload_successful 1\n",
            "process_cpu_seconds_total ",
            "jvm_memory_used_bytes")
        .doesNotContain("parallax_target_up{target=\"unknown\"}");
  }

  @Test
  void tellsAtWhichReceiversNothingArrives() {
    showSome();
    shown.tells(
        List.of(
            new Receiver.Webhook("chat", Secret.of("https://a.example.com/")),
            new Receiver.Webhook("phone", Secret.of("https://b.example.com/"))),
        new TreeMap<>(Map.of("chat", Examples.NOON)));
    assertThat(page.render(ExpositionFormat.PROMETHEUS).toString())
        .contains("parallax_receiver_up{receiver=\"chat\"} 0\n")
        .contains("parallax_receiver_up{receiver=\"phone\"} 1\n");
  }

  @Test
  void tellsHowProbesElsewhereDoWhileTheyAreConnected() {
    showSome();
    shown.connected(
        Examples.connection("tokyo-1", ProbeConnection.State.OPEN),
        Examples.connection("tokyo-2", ProbeConnection.State.GONE));
    String labels = "{probe=\"tokyo-1\",region=\"tokyo\"";
    assertThat(text(ExpositionFormat.PROMETHEUS))
        .contains(
            "parallax_probe_lag_seconds{probe=\"embedded\",region=\"here\"} 1.5\n",
            "parallax_probe_clock_offset_seconds" + labels + "} -1.25\n",
            "parallax_probe_spool_observations" + labels + "} 12\n",
            "parallax_probe_dropped_observations_total" + labels + ",cause=\"disk_full\"} 9\n")
        .doesNotContain("tokyo-2");
  }

  @Test
  void aDurationFallsIntoItsBucketAndAllAbove() {
    showSome();
    String series = "{target=\"slow\",layer=\"CONTENT\",region=\"here\"";
    Observation seen = Examples.observation("slow", Outcome.up(), Examples.NOON);
    durations.saw(lasting(seen, Duration.ofMillis(250)));
    durations.saw(lasting(seen, Duration.ofNanos(1_000_000_001)));
    durations.saw(lasting(seen, Duration.ofSeconds(30)));
    assertThat(text(ExpositionFormat.PROMETHEUS))
        .contains(
            "parallax_check_duration_seconds_bucket" + series + ",le=\"0.05\"} 0\n",
            "parallax_check_duration_seconds_bucket" + series + ",le=\"0.25\"} 1\n",
            "parallax_check_duration_seconds_bucket" + series + ",le=\"1.0\"} 1\n",
            "parallax_check_duration_seconds_bucket" + series + ",le=\"5.0\"} 2\n",
            "parallax_check_duration_seconds_bucket" + series + ",le=\"+Inf\"} 3\n",
            "parallax_check_duration_seconds_sum" + series + "} 31.250000001\n",
            "parallax_check_duration_seconds_count" + series + "} 3\n");
  }

  @Test
  void aLayerThatNoCheckArrivesAtHasNoBucketsButAllAndTheirSum() {
    showSome();
    String series = "{target=\"down\",layer=\"TCP\",region=\"here\"";
    assertThat(text(ExpositionFormat.PROMETHEUS))
        .doesNotContain("parallax_check_duration_seconds_bucket" + series + ",le=\"0.05\"}")
        .contains(
            "parallax_check_duration_seconds_bucket" + series + ",le=\"+Inf\"} 1\n",
            "parallax_check_duration_seconds_sum" + series + "} 0.042345678\n",
            "parallax_check_duration_seconds_count" + series + "} 1\n");
    durations.keep(List.of(Examples.target("other")));
    assertThat(text(ExpositionFormat.PROMETHEUS)).doesNotContain(series);
  }

  @Test
  void openMetricsNamesFamiliesWithoutSuffixAndEndsAsItMust() {
    showSome();
    String text = text(ExpositionFormat.OPENMETRICS);
    assertThat(text)
        .contains(
            "# TYPE parallax_observations counter\nparallax_observations_total{",
            "# TYPE parallax_config info\nparallax_config_info{")
        .endsWith("\n# EOF\n")
        .containsOnlyOnce("# EOF");
    List<String> types = text.lines().filter(line -> line.startsWith("# TYPE ")).toList();
    assertThat(types).doesNotHaveDuplicates();
  }

  @Test
  void whatFailedOrWasSlowIsNamedInItsBucket() {
    showSome();
    Observation seen = Examples.observation("slow", Outcome.up(), Examples.NOON);
    durations.saw(lasting(seen, Duration.ofMillis(40)));
    durations.saw(lasting(seen, Duration.ofMillis(1_500)));
    durations.saw(lasting(seen, Duration.ofMillis(1_200)));
    String text = text(ExpositionFormat.OPENMETRICS);
    String id = seen.id().toString();
    assertThat(text)
        .contains(
            "{target=\"slow\",layer=\"CONTENT\",region=\"here\",le=\"5.0\"} 3 # {observation=\""
                + id
                + "\"} 1.5 ")
        .containsPattern(
            "\\{target=\"down\",layer=\"TCP\",region=\"here\",le=\"\\+Inf\"} 1 # \\{observation=");
    assertThat(text(ExpositionFormat.PROMETHEUS)).doesNotContain(" # {");
    assertThat(ObservationId.parse(id)).contains(seen.id());
    assertThat("observation".length() + longest().length()).isLessThanOrEqualTo(128);
  }

  private static String longest() {
    return new ObservationId(new ProbeName("p".repeat(63)), Long.MAX_VALUE, Long.MAX_VALUE)
        .toString();
  }

  @Test
  void aTargetTellsItsLabels() {
    shown.show(List.of(view("labelled", TargetState.UP)));
    assertThat(text(ExpositionFormat.PROMETHEUS))
        .contains("parallax_target_info{target=\"labelled\"");
  }

  @Test
  void theFormatIsTheOneThatIsPreferred() {
    String openMetrics = "application/openmetrics-text; version=1.0.0";
    assertThat(ExpositionFormat.accepted("*/*")).isEqualTo(ExpositionFormat.PROMETHEUS);
    assertThat(ExpositionFormat.accepted(openMetrics)).isEqualTo(ExpositionFormat.OPENMETRICS);
    assertThat(ExpositionFormat.accepted(openMetrics + ";q=0.75,text/plain;version=0.0.4;q=0.5"))
        .isEqualTo(ExpositionFormat.OPENMETRICS);
    assertThat(ExpositionFormat.accepted(openMetrics + ";q=0.2,text/plain;q=0.5,*/*;q=0.1"))
        .isEqualTo(ExpositionFormat.PROMETHEUS);
    assertThat(ExpositionFormat.accepted(openMetrics + ";q=0"))
        .isEqualTo(ExpositionFormat.PROMETHEUS);
  }

  @Test
  void numbersAreExact() {
    PromText text = new PromText(ExpositionFormat.PROMETHEUS);
    for (long value : new long[] {0, 7, 10, -305, Long.MAX_VALUE, Long.MIN_VALUE}) {
      text.number(value).text(" ");
    }
    text.seconds(1).text(" ").seconds(1_500_000_000).text(" ").seconds(60_000_000_000L);
    text.text(" ").number(0.25).text(" ").number(1e300).text(" ü");
    assertThat(text.take().toString())
        .isEqualTo(
            "0 7 10 -305 9223372036854775807 -9223372036854775808"
                + " 0.000000001 1.5 60 0.25 1.0E300 ü");
  }

  @Test
  void aPageIsTheSameInPartsAndHoldsFewAtATime() {
    List<TargetView> views = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      views.add(view("https://host-%05d.example.com/".formatted(i), TargetState.UP));
    }
    shown.show(views);
    MetricsPage.Reading reading = page.read(ExpositionFormat.PROMETHEUS);
    Buffer all = Buffer.buffer();
    int parts = 0;
    for (Optional<Buffer> part = reading.next(); part.isPresent(); part = reading.next()) {
      assertThat(part.get().length()).isBetween(1, 2 * PromText.PART);
      all.appendBuffer(part.get());
      parts++;
    }
    assertThat(parts).isGreaterThan(3);
    assertThat(lines(all)).isLessThanOrEqualTo(reading.samples());
    assertThat(withoutProcess(all))
        .isEqualTo(withoutProcess(page.render(ExpositionFormat.PROMETHEUS)));
  }

  private static List<String> withoutProcess(Buffer page) {
    return page.toString().lines().filter(line -> line.startsWith("parallax_target")).toList();
  }

  private static Observation lasting(Observation seen, Duration duration) {
    return new Observation(
        seen.id(),
        seen.vantage(),
        seen.target(),
        seen.check(),
        seen.layer(),
        seen.scheduled(),
        seen.started(),
        duration,
        seen.outcome(),
        seen.timings(),
        seen.facts());
  }

  @Test
  void labelsAreEscaped() {
    assertThat(PromText.labels("a", "\"\\\n", "b", "ü")).isEqualTo("{a=\"\\\"\\\\\\n\",b=\"ü\"}");
  }

  @Test
  void promtoolFindsNothing() throws Exception {
    assumeTrue(Files.isExecutable(PROMTOOL), "promtool is not installed");
    showSome();
    byte[] text = page.render(ExpositionFormat.PROMETHEUS).getBytes();
    Path output = folder.resolve("promtool.txt");
    Process promtool =
        new ProcessBuilder(PROMTOOL.toString(), "check", "metrics")
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try (OutputStream in = promtool.getOutputStream()) {
      in.write(text);
    }
    assertThat(promtool.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(output)).isEmpty();
    assertThat(promtool.exitValue()).isZero();
  }

  @Test
  void tenThousandTargetsAreWrittenQuickly() {
    List<TargetView> views = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      String name = "https://host-%05d.example.com/".formatted(i);
      views.add(view(name, i % 50 == 0 ? TargetState.DOWN : TargetState.UP));
      for (String region : List.of("tokyo", "frankfurt", "oregon", "sydney", "paris")) {
        Vantage from = new Vantage(new ProbeName(region), new Region(region), Optional.empty());
        durations.saw(
            Examples.observation(from, name, CheckKind.HTTP, Outcome.up(), Examples.NOON));
      }
    }
    shown.show(views);
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long best = Long.MAX_VALUE;
    int length = 0;
    long series = 0;
    for (int round = 0; round < 15; round++) {
      long before = threads.getCurrentThreadCpuTime();
      Buffer text = page.render(ExpositionFormat.PROMETHEUS);
      best = Math.min(best, threads.getCurrentThreadCpuTime() - before);
      length = text.length();
      series = round == 0 ? lines(text) : series;
    }
    LoggerFactory.getLogger(MetricsPageTest.class)
        .info("page series={} bytes={} cpu_ms={}", series, length, best / 1e6);
    assertThat(series).isGreaterThan(300_000);
    assertThat(best).isLessThan(TimeUnit.SECONDS.toNanos(1));
    // Series of a target for each region that looks at it, on average.
    assertThat(series / 50_000.0).isLessThanOrEqualTo(10);
  }

  private static long lines(Buffer text) {
    return text.toString().lines().filter(line -> !line.startsWith("#")).count();
  }
}
