package parallax.coordinator.core.verdict;

import java.time.Duration;
import java.time.Instant;
import parallax.coordinator.core.verdict.ScopeModel.Priors;

/**
 * How often something is suspected that comes to nothing, which says how noisy the world is:
 * forgets over days.
 *
 * @param count suspicions
 * @param unitYears for how long so many units were watched
 */
public record Suspicion(double count, double unitYears, Instant at) {
  /** As many as the priors are made for: 20,000 in a year. */
  public static final Suspicion START = new Suspicion(20, 0.001, Instant.MIN);

  private static final double YEAR_SECONDS = 365.25 * 86_400;

  /** Beyond so many suspicions older ones are forgotten. */
  private static final double MEMORY = 400;

  /** One more, while so many units are watched. */
  public Suspicion plus(int units, Instant now) {
    double passed = at.equals(Instant.MIN) ? 0 : Duration.between(at, now).toMillis() / 1000.0;
    double years = unitYears + units * Math.max(0, passed) / YEAR_SECONDS;
    double keep = count >= MEMORY ? MEMORY / (count + 1) : 1;
    return new Suspicion((count + 1) * keep, years * keep, now);
  }

  public Priors priors() {
    return Priors.of(count / unitYears);
  }
}
