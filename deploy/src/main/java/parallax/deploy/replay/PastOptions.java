package parallax.deploy.replay;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parallax.config.text.DurationText;
import picocli.CommandLine.Option;

/** What is replayed of the record, and under which rules. */
final class PastOptions {
  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = {
        "Replay what is on record from then on, in place of scenarios: 2026-11-20T08:00:00Z,"
            + " 2026-11-20 (midnight UTC), or how long ago: 7d."
      })
  private @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description = "With --from: until then; the same forms. Default: now.")
  private @Nullable String to;

  @Option(
      names = "--rules",
      paramLabel = "FILE",
      description =
          "With --from: under the 'rules' in this YAML file. Default: the configuration's.")
  private @Nullable Path rules;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "With --from: where the record is. Default: ~/.local/state/parallax.")
  private @Nullable Path data;

  @Option(
      names = "--config",
      paramLabel = "PATH",
      description = "With --from: what is watched. Default: config/examples/quickstart.")
  private @Nullable Path config;

  /** Whether any of them was given. */
  boolean isGiven() {
    return from != null || to != null || rules != null || data != null || config != null;
  }

  Optional<Path> rules() {
    return Optional.ofNullable(rules);
  }

  Optional<Path> data() {
    return Optional.ofNullable(data);
  }

  Optional<Path> config() {
    return Optional.ofNullable(config);
  }

  /**
   * From when until when.
   *
   * @throws IllegalArgumentException when the times make no sense; the message says why
   */
  Instant[] range(Instant now) {
    if (from == null) {
      throw new IllegalArgumentException("--from is missing: from when on is the record replayed?");
    }
    Instant first = time("--from", from, now);
    Instant last = to == null ? now : time("--to", to, now);
    if (!first.isBefore(last)) {
      throw new IllegalArgumentException("--from must be before --to: " + first + ", " + last);
    }
    return new Instant[] {first, last};
  }

  private static Instant time(String option, String text, Instant now) {
    Optional<Duration> ago = DurationText.parse(text);
    try {
      if (ago.isPresent()) {
        return now.minus(ago.get());
      }
      return text.length() <= "yyyy-mm-dd".length()
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : Instant.parse(text);
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException(
          option + " must be a time such as 2026-11-20T08:00:00Z, 2026-11-20 or 7d (ago): " + text,
          e);
    }
  }
}
