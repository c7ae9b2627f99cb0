package parallax.coordinator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.config.check.CheckKind;
import parallax.config.metrics.ExpositionFormat;
import parallax.config.observation.Observation;
import parallax.config.observation.Outcome;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Vantage;
import parallax.config.target.Objective;
import parallax.config.target.Region;
import parallax.config.target.Target;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.Shown;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.view.UptimeHistory;

/** A page that keeps what it wrote says what one that is made anew says, whatever changes. */
final class KeptPageTest {
  private static final int STEPS = 60;
  private static final int NAMES = 12;
  private static final List<String> LABELS =
      List.of("web", "\"quoted\"\\\n", "ü", "long ".repeat(400), "");

  private final Shown shown = new Shown();
  private final CheckDurations durations = new CheckDurations();
  private final Meters meters = new Meters();
  private final MetricsPage kept = new MetricsPage(shown, durations, meters, List.of());
  private final NavigableMap<String, TargetView> world = new TreeMap<>();
  private Instant now = Examples.NOON;

  @AfterEach
  void close() {
    meters.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void saysWhatAPageMadeAnewSays(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int step = 0; step < STEPS; step++) {
      change(random);
      show();
      ExpositionFormat format =
          random.nextBoolean() ? ExpositionFormat.OPENMETRICS : ExpositionFormat.PROMETHEUS;
      MetricsPage anew = new MetricsPage(shown, durations, meters, List.of());
      List<String> expected = ours(anew.render(format));
      assertThat(ours(kept.render(format))).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aSlowReaderReadsWhatWasWhenItBegan(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < NAMES; i++) {
      change(random);
    }
    show();
    List<String> expected = ofTargets(kept.render(ExpositionFormat.PROMETHEUS));
    MetricsPage.Reading slow = kept.read(ExpositionFormat.PROMETHEUS);
    for (int step = 0; step < STEPS; step++) {
      change(random);
      show();
      kept.render(ExpositionFormat.PROMETHEUS);
    }
    assertThat(ofTargets(all(slow))).isEqualTo(expected);
  }

  @Test
  void whatIsNoLongerATargetIsForgotten() {
    world.put("shop", view("shop", TargetState.UP, "web", Optional.empty()));
    show();
    assertThat(kept.render(ExpositionFormat.PROMETHEUS).toString()).contains("{target=\"shop\"");
    world.clear();
    show();
    assertThat(kept.render(ExpositionFormat.PROMETHEUS).toString())
        .doesNotContain("{target=\"shop\"");
  }

  private void change(SplittableRandom random) {
    String name = "site-" + random.nextInt(NAMES) + ".example.com";
    switch (random.nextInt(6)) {
      case 0 -> world.remove(name);
      case 1 -> now = now.plusSeconds(random.nextInt(100_000));
      case 2 -> durations.keep(world.values().stream().map(TargetView::target).toList());
      case 3, 4 ->
          durations.saw(
              lasting(
                  Examples.observation(
                      new Vantage(
                          new ProbeName("p"),
                          new Region("r" + random.nextInt(3)),
                          Optional.empty()),
                      name,
                      CheckKind.HTTP,
                      random.nextInt(4) == 0 ? Examples.REFUSED : Outcome.up(),
                      now),
                  Duration.ofMillis(random.nextInt(7_000))));
      default -> {
        TargetState[] states = TargetState.values();
        world.put(
            name,
            view(
                name,
                states[random.nextInt(states.length)],
                LABELS.get(random.nextInt(LABELS.size())),
                random.nextBoolean()
                    ? Optional.of(new Objective(0.999, Objective.USUAL_WINDOW))
                    : Optional.empty()));
      }
    }
  }

  private TargetView view(
      String name, TargetState state, String label, Optional<Objective> objective) {
    Target plain = Examples.target(name);
    Target target =
        new Target(
                plain.name(),
                plain.url(),
                new TreeMap<>(Map.of("team", label)),
                plain.interval(),
                plain.from(),
                plain.checks())
            .with(objective);
    UptimeHistory before =
        Optional.ofNullable(world.get(name))
            .map(TargetView::uptime)
            .orElse(UptimeHistory.EMPTY.with(now.minusSeconds(7_200), TargetState.UP));
    return new TargetView(
        target,
        Examples.verdict(name, state, now),
        List.of(Examples.evidence(name, Outcome.up(), now)),
        before.with(now, state),
        Optional.of(now.plusSeconds(86_400)));
  }

  private void show() {
    shown.show(List.copyOf(world.values()));
    shown.at(now);
  }

  private static Buffer all(MetricsPage.Reading reading) {
    Buffer all = Buffer.buffer();
    for (Optional<Buffer> part = reading.next(); part.isPresent(); part = reading.next()) {
      all.appendBuffer(part.get());
    }
    return all;
  }

  /** Without what the process says of itself, which is never twice the same. */
  private static List<String> ours(Buffer page) {
    List<String> lines = new ArrayList<>(page.toString().lines().toList());
    lines.removeIf(line -> !line.startsWith("parallax_"));
    return lines;
  }

  private static List<String> ofTargets(Buffer page) {
    List<String> lines = ours(page);
    lines.removeIf(line -> line.startsWith(CheckDurations.NAME) || !line.contains("{target="));
    return lines;
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
}
