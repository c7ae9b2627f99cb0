package parallax.config.read.policy;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.TreeMap;
import parallax.config.bind.Field;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Shape;
import parallax.config.bind.Values;
import parallax.config.policy.Cron;
import parallax.config.policy.CronText;
import parallax.config.policy.Maintenance;

/** An item of {@code maintenance}. */
public final class MaintenanceReader {
  private static final int MAX_CRON = 256;
  private static final int MAX_ZONE = 64;
  private static final Duration MIN_DURATION = Duration.ofMinutes(1);

  private static final Field<String> NAME =
      Field.required("name", PolicyKinds.name(), "Unique among maintenance windows.");
  private static final Field<Cron> CRON =
      Field.required(
          "cron",
          Kinds.text(MAX_CRON)
              .then(
                  (text, node, reading) ->
                      switch (CronText.parse(text)) {
                        case CronText.Valid(Cron cron) -> Optional.of(cron);
                        case CronText.Invalid(String problem) ->
                            reading.refuse(node.place(), "can't be read: " + problem);
                      }),
          "When it starts: minute, hour, day of month, month, day of week, as in \"0 2 * * 2\".");
  private static final Field<Duration> DURATION =
      Field.required(
          "duration",
          Kinds.duration(MIN_DURATION, Maintenance.MAX_DURATION),
          "How long it takes, as in 2h.");
  private static final Field<ZoneId> ZONE =
      Field.optional(
          "zone",
          Kinds.text(MAX_ZONE)
              .then(
                  (text, node, reading) ->
                      ZoneId.getAvailableZoneIds().contains(text)
                          ? Optional.of(ZoneId.of(text))
                          : reading.wrong(node, "must be an IANA time zone such as Asia/Tokyo")),
          "The time zone of 'cron', as in Asia/Tokyo. Left out: UTC.");

  public static final Kind<Maintenance> KIND =
      Kinds.fields(
          Shape.of(
              "maintenance",
              "A recurring window in which incidents are tracked but not told.",
              NAME,
              PolicyKinds.MATCH,
              CRON,
              DURATION,
              ZONE),
          (values, _, _) -> maintenance(values));

  private MaintenanceReader() {}

  private static Optional<Maintenance> maintenance(Values values) {
    Optional<String> name = values.get(NAME);
    Optional<Cron> cron = values.get(CRON);
    Optional<Duration> duration = values.get(DURATION);
    if (name.isEmpty() || cron.isEmpty() || duration.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Maintenance(
            name.get(),
            values.get(PolicyKinds.MATCH).orElse(new TreeMap<>()),
            cron.get(),
            duration.get(),
            values.get(ZONE).orElse(ZoneOffset.UTC)));
  }
}
