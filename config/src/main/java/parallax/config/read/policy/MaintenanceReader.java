package parallax.config.read.policy;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;
import java.util.TreeMap;
import parallax.config.bind.Field;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Reading;
import parallax.config.bind.Shape;
import parallax.config.bind.Values;
import parallax.config.policy.Cron;
import parallax.config.policy.CronText;
import parallax.config.policy.Maintenance;
import parallax.config.policy.Maintenance.Times;

/** An item of {@code maintenance}. */
public final class MaintenanceReader {
  private static final int MAX_CRON = 256;
  private static final int MAX_TIME = 19;
  private static final String MUST_BE_A_TIME =
      "must be a date and time such as 2026-12-01T02:00:00, in the time zone of 'zone'";
  private static final Duration MIN_DURATION = Duration.ofMinutes(1);

  private static final Field<String> NAME =
      Field.required("name", PolicyKinds.name(), "Unique among maintenance windows.");
  private static final Field<Cron> CRON =
      Field.optional(
          "cron",
          Kinds.text(MAX_CRON)
              .then(
                  (text, node, reading) ->
                      switch (CronText.parse(text)) {
                        case CronText.Valid(Cron cron) -> Optional.of(cron);
                        case CronText.Invalid(String problem) ->
                            reading.refuse(node.place(), "can't be read: " + problem);
                      }),
          "When it starts, again and again: minute, hour, day of month, month, day of week, as in"
              + " \"0 2 * * 2\".");
  private static final Field<LocalDateTime> FROM =
      Field.optional("from", localTime(), "When it starts, once, as in 2026-12-01T02:00:00.");
  private static final Field<LocalDateTime> UNTIL =
      Field.optional("until", localTime(), "When it ends, beside 'from'; or say 'duration'.");
  private static final Field<Duration> DURATION =
      Field.optional(
          "duration",
          Kinds.duration(MIN_DURATION, Maintenance.MAX_ONCE),
          "How long it takes, as in 2h: with 'cron' up to 7d, with 'from' up to 30d.");
  private static final Field<ZoneId> ZONE =
      Field.optional(
          "zone",
          PolicyKinds.zone(),
          "The time zone of 'cron', 'from' and 'until', as in Asia/Tokyo. Left out: UTC.");

  public static final Kind<Maintenance> KIND =
      Kinds.fields(
          Shape.of(
                  "maintenance",
                  "A window in which incidents are tracked but not told.",
                  NAME,
                  PolicyKinds.MATCH,
                  CRON,
                  FROM,
                  UNTIL,
                  DURATION,
                  ZONE)
              .withExactlyOneOf(CRON.key(), FROM.key()),
          (values, _, reading) -> maintenance(values, reading));

  private MaintenanceReader() {}

  /** A time of day on a date, of the zone beside it. */
  private static Kind<LocalDateTime> localTime() {
    return Kinds.text(
            "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?$", MAX_TIME, MUST_BE_A_TIME)
        .then(
            (text, node, reading) -> {
              try {
                return Optional.of(LocalDateTime.parse(text));
              } catch (DateTimeException e) {
                return reading.wrong(node, MUST_BE_A_TIME);
              }
            });
  }

  private static Optional<Maintenance> maintenance(Values values, Reading reading) {
    Optional<String> name = values.get(NAME);
    Optional<Times> times = values.has(CRON.key()) ? cron(values, reading) : once(values, reading);
    if (name.isEmpty() || times.isEmpty() || values.isWrong(ZONE)) {
      return Optional.empty();
    }
    return Optional.of(
        new Maintenance(
            name.get(), values.get(PolicyKinds.MATCH).orElse(new TreeMap<>()), times.get()));
  }

  private static Optional<Times> cron(Values values, Reading reading) {
    if (values.has(UNTIL.key())) {
      return reading
          .of(UNTIL.key())
          .refuse(
              values.placeOf(UNTIL.key()), "stands beside 'from' only; say 'duration' with 'cron'");
    }
    if (!values.has(DURATION.key())) {
      return reading.refuse(values.node().place(), "needs the key 'duration'");
    }
    Optional<Duration> duration = values.get(DURATION);
    if (duration.isPresent() && duration.get().compareTo(Maintenance.MAX_DURATION) > 0) {
      return reading
          .of(DURATION.key())
          .refuse(values.placeOf(DURATION.key()), "must be 7d at most with 'cron'");
    }
    return values
        .get(CRON)
        .flatMap(
            cron -> duration.map(length -> new Maintenance.Recurring(cron, length, zone(values))));
  }

  private static Optional<Times> once(Values values, Reading reading) {
    if (values.has(UNTIL.key()) == values.has(DURATION.key())) {
      return reading.refuse(
          values.node().place(), "needs one of the keys 'until' and 'duration' beside 'from'");
    }
    Optional<Instant> from = values.get(FROM).map(local -> instant(local, zone(values)));
    Optional<Instant> until =
        values
            .get(UNTIL)
            .map(local -> instant(local, zone(values)))
            .or(() -> from.flatMap(start -> values.get(DURATION).map(start::plus)));
    if (from.isEmpty() || until.isEmpty()) {
      return Optional.empty();
    }
    if (!from.get().isBefore(until.get())) {
      return reading
          .of(UNTIL.key())
          .refuse(values.placeOf(UNTIL.key()), "must be later than 'from'");
    }
    return Duration.between(from.get(), until.get()).compareTo(Maintenance.MAX_ONCE) > 0
        ? reading
            .of(UNTIL.key())
            .refuse(values.placeOf(UNTIL.key()), "must be 30d after 'from' at most")
        : Optional.of(new Maintenance.Once(from.get(), until.get()));
  }

  private static ZoneId zone(Values values) {
    return values.get(ZONE).orElse(ZoneOffset.UTC);
  }

  /** A time that the clocks skip comes when they have been put forward, one that is twice first. */
  private static Instant instant(LocalDateTime local, ZoneId zone) {
    ZoneOffsetTransition change = zone.getRules().getTransition(local);
    return change != null && change.isGap()
        ? change.getInstant()
        : local.toInstant(zone.getRules().getOffset(local));
  }
}
