package parallax.config.read.receiver;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import parallax.config.bind.Field;
import parallax.config.bind.Kinds;
import parallax.config.bind.SecretKinds;
import parallax.config.bind.Shape;
import parallax.config.bind.Values;
import parallax.config.policy.Receiver;
import parallax.config.policy.Receiver.Alertmanager;
import parallax.config.read.check.UrlKinds;
import parallax.config.secret.Secret;

/** The blocks {@code alertmanager} and {@code pagerduty}. */
final class PagerReader {
  private static final Duration MIN_LIFETIME = Duration.ofMinutes(5);
  private static final Duration MAX_LIFETIME = Duration.ofDays(90);

  private static final Field<List<Secret>> URLS =
      Field.required(
          "url",
          Kinds.oneOrMany(UrlKinds.secretUrl(), Alertmanager.MAX_URLS),
          "Where it listens, up to /api/v2; of a cluster every member, for they do not hand alerts"
              + " to each other.");
  private static final Field<Secret> AUTHORIZATION =
      Field.optional(
          "authorization",
          SecretKinds.reference(),
          "The value of the header Authorization, 'Bearer …' or 'Basic …', as ${env:NAME} or"
              + " ${file:/path}.");
  private static final Field<Duration> LIFETIME =
      Field.optional(
          "lifetime",
          Kinds.duration(MIN_LIFETIME, MAX_LIFETIME),
          "After which an alert that is not told again counts as over; reminders tell it again."
              + " Left out: 7d.");

  static final Field<Way> ALERTMANAGER =
      Field.optional(
          "alertmanager",
          Kinds.fields(
              Shape.of(
                  "alertmanager", "Alertmanager, by its API v2.", URLS, AUTHORIZATION, LIFETIME),
              (values, _, _) -> alertmanager(values)),
          "Alertmanager, by its API v2: an incident is one alert.");

  private static final Field<Secret> ROUTING_KEY =
      Field.required(
          "routing_key",
          SecretKinds.reference(),
          "The integration key of the service, as ${env:NAME} or ${file:/path}.");
  private static final Field<Secret> EVENTS_URL =
      Field.optional(
          "url",
          UrlKinds.secretUrl(),
          "The Events API of the account's region. Left out: https://events.pagerduty.com");

  static final Field<Way> PAGERDUTY =
      Field.optional(
          "pagerduty",
          Kinds.fields(
              Shape.of(
                  "pagerduty",
                  "A service of PagerDuty, by its Events API v2.",
                  ROUTING_KEY,
                  EVENTS_URL),
              (values, _, _) -> pagerDuty(values)),
          "A service of PagerDuty, by its Events API v2: an incident is one of theirs.");

  private PagerReader() {}

  private static Optional<Way> alertmanager(Values values) {
    Optional<Secret> authorization = values.get(AUTHORIZATION);
    Duration lifetime = values.get(LIFETIME).orElse(Alertmanager.USUAL_LIFETIME);
    return values
        .get(URLS)
        .filter(urls -> !urls.isEmpty())
        .map(
            urls ->
                (name, handling) ->
                    new Alertmanager(name, urls, authorization, lifetime, handling));
  }

  private static Optional<Way> pagerDuty(Values values) {
    Secret url = values.get(EVENTS_URL).orElse(Secret.of(Receiver.PagerDuty.API));
    return values
        .get(ROUTING_KEY)
        .map(key -> (name, handling) -> new Receiver.PagerDuty(name, url, key, handling));
  }
}
