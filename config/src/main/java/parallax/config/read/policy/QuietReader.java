package parallax.config.read.policy;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import parallax.config.bind.Field;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Shape;
import parallax.config.bind.Values;
import parallax.config.policy.QuietHours;
import parallax.config.policy.Severity;

/** What stands under {@code quiet} of a route. */
final class QuietReader {
  private static final String TIME = "^([01][0-9]|2[0-3]):[0-5][0-9]$";
  private static final int TIME_LENGTH = 5;
  private static final Map<String, DayOfWeek> DAYS = days();

  private static final Field<LocalTime> FROM =
      Field.required("from", time(), "When they begin, as in \"22:00\".");
  private static final Field<LocalTime> TO =
      Field.required(
          "to", time(), "When they end: on the next day, unless it is later than 'from'.");
  private static final Field<List<DayOfWeek>> ON =
      Field.optional(
          "days",
          Kinds.oneOrMany(Kinds.choice(DAYS), DAYS.size()),
          "Days on which they begin: mon, tue and so on. Left out: every day.");
  private static final Field<ZoneId> ZONE =
      Field.optional("zone", PolicyKinds.zone(), "Their time zone. Left out: UTC.");
  private static final Field<List<Severity>> EXCEPT =
      Field.optional(
          "except", PolicyKinds.words(Severity.class), "What is told nevertheless, by severity.");

  static final Kind<QuietHours> KIND =
      Kinds.fields(
          Shape.of(
              "quiet",
              "Hours in which nothing begins to be told. What is still so at their end is told"
                  + " then; what is over is told at once to whoever knows of it.",
              FROM,
              TO,
              ON,
              ZONE,
              EXCEPT),
          (values, _, _) ->
              values.get(FROM).flatMap(from -> values.get(TO).map(to -> hours(from, to, values))));

  private QuietReader() {}

  private static Kind<LocalTime> time() {
    return Kinds.text(TIME, TIME_LENGTH, "must be a time of the day such as \"22:00\"")
        .map(LocalTime::parse);
  }

  private static Map<String, DayOfWeek> days() {
    Map<String, DayOfWeek> days = new LinkedHashMap<>();
    days.put("mon", DayOfWeek.MONDAY);
    days.put("tue", DayOfWeek.TUESDAY);
    days.put("wed", DayOfWeek.WEDNESDAY);
    days.put("thu", DayOfWeek.THURSDAY);
    days.put("fri", DayOfWeek.FRIDAY);
    days.put("sat", DayOfWeek.SATURDAY);
    days.put("sun", DayOfWeek.SUNDAY);
    return days;
  }

  private static QuietHours hours(LocalTime from, LocalTime to, Values values) {
    Optional<List<DayOfWeek>> days = values.get(ON).filter(some -> !some.isEmpty());
    return new QuietHours(
        from,
        to,
        days.<Set<DayOfWeek>>map(EnumSet::copyOf).orElseGet(() -> EnumSet.allOf(DayOfWeek.class)),
        values.get(ZONE).orElse(ZoneOffset.UTC),
        Set.copyOf(values.get(EXCEPT).orElse(List.of())));
  }
}
