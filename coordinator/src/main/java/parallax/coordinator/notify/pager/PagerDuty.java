package parallax.coordinator.notify.pager;

import parallax.config.secret.Secret;

/**
 * A service of PagerDuty, through its Events API v2.
 *
 * @param url of the API, by region; {@link #USUAL} outside the EU
 * @param routingKey the integration key of the service
 */
public record PagerDuty(Secret url, Secret routingKey) {
  /** Where events go unless an account is of another region. */
  public static final String USUAL = "https://events.pagerduty.com";
}
