package parallax.probe.registration.courtesy;

import java.time.Duration;
import java.util.Locale;

/**
 * How fast one host may be asked: one question per {@code every}, {@code burst} at most at once.
 */
public record Pace(Duration every, int burst) {
  public static final Pace RDAP = new Pace(Duration.ofSeconds(2), 3);
  public static final Pace WHOIS = new Pace(Duration.ofSeconds(10), 1);

  /** JPRS limits by address, and tells nobody the limit. */
  public static final Pace JPRS = new Pace(Duration.ofSeconds(30), 1);

  private static final String JPRS_HOST = "jprs.jp";

  public Pace {
    if (!every.isPositive() || burst < 1) {
      throw new IllegalArgumentException("no pace: " + burst + " per " + every);
    }
  }

  /** The pace of the WHOIS server at {@code host}. */
  public static Pace ofWhois(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals(JPRS_HOST) || name.endsWith("." + JPRS_HOST) ? JPRS : WHOIS;
  }
}
