package parallax.coordinator.view;

import java.time.Duration;
import java.util.List;
import parallax.config.target.Region;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.reading.Interference;
import parallax.coordinator.core.reading.Shortcoming;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.words.Language;
import parallax.coordinator.words.Say;
import parallax.coordinator.words.Sentences;

/** What the core found, in English: for the API, the record and the logs. */
public final class Words {
  private static final Sentences ENGLISH = Say.in(Language.EN).core();

  private Words() {}

  /** For whom, as the rest of a sentence. */
  public static String of(Scope scope) {
    return ENGLISH.of(scope);
  }

  /** What broke first, with what was seen. */
  public static String of(Cause cause) {
    return ENGLISH.of(cause);
  }

  /** A length of time in its two largest units: {@code 3d 4h}, {@code 2m 5s}, {@code 0s}. */
  public static String of(Duration time) {
    return ENGLISH.of(time);
  }

  /** One sentence about a target: how it is, why, for whom, since when. */
  public static String of(Verdict verdict) {
    return ENGLISH.of(verdict);
  }

  /** What is not as it should be, and where: {@code HTTP: slower than allowed, in tokyo only}. */
  public static String of(Shortcoming shortcoming) {
    return ENGLISH.of(shortcoming);
  }

  /** What looks like a block, and where. */
  public static String of(Interference blocked) {
    return ENGLISH.of(blocked);
  }

  /** One sentence about an incident: what, why, for whom, since when or for how long. */
  public static String of(Incident incident) {
    return ENGLISH.of(incident);
  }

  /** Whether {@link #subject} names several, so that what is said of it is said in the plural. */
  public static boolean isMany(Incident incident) {
    return Sentences.isMany(incident);
  }

  /** Whether an incident looks like a block. */
  public static Interference blocked(Incident incident) {
    return Sentences.blocked(incident);
  }

  /** Whom an incident is about: targets, or our own probes. */
  public static String subject(Incident incident) {
    return ENGLISH.subject(incident);
  }

  /** For whom, with the regions where they are known. */
  public static String of(Scope scope, List<Region> regions) {
    return ENGLISH.of(scope, regions);
  }
}
