package parallax.coordinator.metrics;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import parallax.config.metrics.ExpositionFormat;
import parallax.coordinator.metrics.kept.KeptTargets;
import parallax.coordinator.metrics.text.Family;
import parallax.coordinator.metrics.text.PromText;
import parallax.coordinator.view.ConfigurationStatus;
import parallax.coordinator.view.Overview;
import parallax.coordinator.view.Snapshot;

/**
 * The page that Prometheus scrapes, made from the snapshot that readers see: what is no longer
 * configured is no longer on it.
 */
public final class MetricsPage {
  private static final PromText.Type GAUGE = PromText.Type.GAUGE;

  private final Overview overview;
  private final CheckDurations durations;
  private final Meters meters;
  private final Supplier<List<Tally>> tallies;
  private final KeptTargets kept = new KeptTargets();

  public MetricsPage(
      Overview overview, CheckDurations durations, Meters meters, List<Tally> tallies) {
    this(overview, durations, meters, () -> tallies);
  }

  /** The same, with counters that come later. */
  public MetricsPage(
      Overview overview, CheckDurations durations, Meters meters, Supplier<List<Tally>> tallies) {
    this.overview = overview;
    this.durations = durations;
    this.meters = meters;
    this.tallies = tallies;
  }

  /** A page that is made while it is read. Used by one thread at a time. */
  public static final class Reading {
    private final PromText text;
    private final List<Family<?>> families;
    private final int samples;
    private int at;
    private boolean over;

    private Reading(ExpositionFormat format, List<Family<?>> families, int samples) {
      text = new PromText(format);
      this.families = families;
      this.samples = samples;
    }

    /** How many samples there are at most, about. */
    public int samples() {
      return samples;
    }

    /** The next part in UTF-8, not empty, good until the next one; none when that was all. */
    public Optional<Buffer> next() {
      while (at < families.size()) {
        if (!families.get(at).write(text)) {
          return Optional.of(text.take());
        }
        at++;
      }
      if (over) {
        return Optional.empty();
      }
      over = true;
      return Optional.of(text.end().take());
    }
  }

  /** The page as of now: of one snapshot, however slowly it is read. */
  public Reading read(ExpositionFormat format) {
    Snapshot snapshot = overview.snapshot();
    List<Family<?>> families = new ArrayList<>();
    List<KeptTargets.Told> targets = kept.of(snapshot.targets());
    families.addAll(TargetFamilies.of(snapshot, targets));
    families.addAll(ObjectiveMetrics.of(snapshot, targets));
    families.addAll(FleetFamilies.of(snapshot, overview.connections()));
    families.add(durations.family());
    families.add(Family.whole(this::process));
    tallies.get().forEach(tally -> families.add(Family.whole(text -> tally(text, tally))));
    families.add(Family.whole(text -> text.text(meters.text(text.format()))));
    int samples =
        snapshot.targets().size() * (TargetFamilies.MAX_SAMPLES + ObjectiveMetrics.MAX_SAMPLES)
            + durations.samples()
            + Tally.MAX_SERIES;
    return new Reading(format, families, samples);
  }

  /** The page as of now, in UTF-8, as a whole. */
  public Buffer render(ExpositionFormat format) {
    Buffer page = Buffer.buffer();
    Reading reading = read(format);
    for (Optional<Buffer> part = reading.next(); part.isPresent(); part = reading.next()) {
      page.appendBuffer(part.get());
    }
    return page;
  }

  private void process(PromText text) {
    ConfigurationStatus status = overview.configuration();
    text.family("parallax_build_info", PromText.Type.INFO, "The version of Parallax.")
        .sample("parallax_build_info", PromText.labels("version", overview.version()), 1L)
        .family("parallax_ready", GAUGE, "1 while this coordinator answers /readyz well, else 0.")
        .sample("parallax_ready", "", overview.notReady().isEmpty() ? 1L : 0L)
        .family("parallax_config_info", PromText.Type.INFO, "The configuration in force.")
        .sample("parallax_config_info", PromText.labels("commit", status.commit()), 1L)
        .family(
            "parallax_config_last_reload_successful",
            GAUGE,
            "1 when what users wrote last is in force, 0 when it was refused.")
        .sample("parallax_config_last_reload_successful", "", status.isCurrent() ? 1L : 0L)
        .family(
            "parallax_config_last_reload_success_timestamp_seconds",
            GAUGE,
            "When the configuration in force was loaded, in seconds since the epoch.")
        .sample(
            "parallax_config_last_reload_success_timestamp_seconds",
            "",
            status.loadedAt().getEpochSecond());
  }

  private static void tally(PromText text, Tally tally) {
    text.family(tally.name(), PromText.Type.COUNTER, tally.help());
    tally
        .values()
        .forEach(
            (values, count) -> {
              String[] labels = new String[values.size() * 2];
              for (int i = 0; i < values.size(); i++) {
                labels[2 * i] = tally.labels().get(i);
                labels[2 * i + 1] = values.get(i);
              }
              text.sample(tally.name(), labels.length == 0 ? "" : PromText.labels(labels), count);
            });
  }
}
