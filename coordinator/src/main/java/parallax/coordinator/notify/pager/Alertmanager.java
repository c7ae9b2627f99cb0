package parallax.coordinator.notify.pager;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import parallax.config.secret.Secret;

/**
 * An Alertmanager, or the members of a cluster of them.
 *
 * @param urls of every member, without {@code /api/v2}; members do not hand alerts to each other,
 *     so all are told
 * @param authorization the header of that name: {@code Bearer ...} or {@code Basic ...}
 * @param lifetime after which an alert of which nothing more is heard counts as over; at least
 *     twice the time between reminders, each of which renews it
 */
public record Alertmanager(List<Secret> urls, Optional<Secret> authorization, Duration lifetime) {
  /** All are posted to at once. */
  public static final int MAX_URLS = 8;

  /** Long enough that no alert ends by itself where no reminders are sent. */
  public static final Duration USUAL_LIFETIME = Duration.ofDays(7);

  public Alertmanager {
    urls = List.copyOf(urls);
    if (urls.isEmpty() || urls.size() > MAX_URLS) {
      throw new IllegalArgumentException("1 to " + MAX_URLS + " URLs, found " + urls.size());
    }
    if (!lifetime.isPositive()) {
      throw new IllegalArgumentException("an alert lives longer than " + lifetime);
    }
  }
}
