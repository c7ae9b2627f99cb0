package parallax.config.read.policy;

import java.time.Duration;
import parallax.config.bind.Field;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Shape;
import parallax.config.policy.Watchdog;
import parallax.config.read.check.UrlKinds;
import parallax.config.secret.Secret;

/** What stands under {@code watchdog}. */
public final class WatchdogReader {
  private static final Field<Secret> URL =
      Field.required(
          "url",
          UrlKinds.secretUrl(),
          "Where a JSON document is sent by POST while all is well. May hold ${env:NAME} and"
              + " ${file:/path}.");
  private static final Field<Duration> EVERY =
      Field.optional(
          "every",
          Kinds.duration(Watchdog.MIN_EVERY, Watchdog.MAX_EVERY),
          "How often. Left out: 1m.");

  public static final Kind<Watchdog> KIND =
      Kinds.fields(
          Shape.of(
              "watchdog",
              "Somebody outside who raises the alarm when Parallax falls silent.",
              URL,
              EVERY),
          (values, _, _) ->
              values
                  .get(URL)
                  .map(url -> new Watchdog(url, values.get(EVERY).orElse(Watchdog.USUAL_EVERY))));

  private WatchdogReader() {}
}
