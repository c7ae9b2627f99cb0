package parallax.coordinator.uplink;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import parallax.config.check.CheckKind;
import parallax.config.observation.Facts;
import parallax.config.observation.Layer;
import parallax.config.observation.Observation;
import parallax.config.observation.ObservationId;
import parallax.config.observation.Outcome;
import parallax.config.observation.Timings;
import parallax.config.observation.Vantage;
import parallax.config.target.Region;
import parallax.config.target.Target;
import parallax.config.target.TargetName;

/** Small values of which only names and numbers matter. */
public final class UplinkSamples {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private UplinkSamples() {}

  /** A target without checks, watched from these regions; from all when there is none. */
  public static Target target(String name, String... from) {
    return new Target(
        new TargetName(name),
        Optional.of(URI.create("https://" + name + ".example/")),
        new TreeMap<>(),
        Duration.ofSeconds(30),
        List.of(from).stream().map(Region::new).toList(),
        List.of());
  }

  /** One whose assignment takes so many bytes, and a few more. */
  public static Target large(String name, int bytes) {
    TreeMap<String, String> labels = new TreeMap<>();
    labels.put("note", "x".repeat(bytes));
    return new Target(
        new TargetName(name),
        Optional.empty(),
        labels,
        Duration.ofSeconds(30),
        List.of(),
        List.of());
  }

  public static Observation up(Vantage vantage, long boot, String target, long sequence) {
    return new Observation(
        new ObservationId(vantage.probe(), boot, sequence),
        vantage,
        new TargetName(target),
        CheckKind.TCP,
        Layer.TCP,
        NOON,
        NOON,
        Duration.ofMillis(12),
        Outcome.up(),
        Timings.NONE,
        Facts.NONE);
  }
}
