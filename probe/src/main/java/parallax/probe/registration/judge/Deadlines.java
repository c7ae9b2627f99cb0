package parallax.probe.registration.judge;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import parallax.config.check.RegistrationSpec.RegistrationPolicy;
import parallax.config.observation.Reason;
import parallax.probe.registration.Expiry;
import parallax.probe.registration.RegistrationDates;
import parallax.probe.registration.RegistrationFacts.Provisional;
import parallax.probe.registration.calendar.WorkingDays;
import parallax.probe.registration.date.RegistryDate;
import parallax.probe.registration.judge.Judged.Said;
import parallax.probe.registration.status.DomainState;

/** When a registration ends, and by when somebody has to act. */
final class Deadlines {
  /** Days before the end of a provisional registration at which it is told of anew. */
  static final List<Integer> STAGES = List.of(3, 7, 14, 30, 60);

  /** Below so many days even an end that is only assumed is worth waking somebody for. */
  private static final int LAST_STAGE = STAGES.getFirst();

  /** Registered longer ago than this, a name is no provisional one any more. */
  private static final int MAX_PROVISIONAL_MONTHS = 7;

  private static final SortedSet<String> SELF_RENEWING = selfRenewing();

  private Deadlines() {}

  /** An end, and who says so. */
  record End(RegistryDate date, String source) {}

  private static SortedSet<String> selfRenewing() {
    String name = "/parallax/probe/registration/judge/self-renewing.tsv";
    SortedSet<String> suffixes = new TreeSet<>();
    try (InputStream in = Objects.requireNonNull(Deadlines.class.getResourceAsStream(name), name);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      lines
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .forEach(line -> suffixes.add(line.split("\t", 2)[0]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return java.util.Collections.unmodifiableSortedSet(suffixes);
  }

  /** Whether the registry of {@code suffix} renews by itself, and shows it only afterwards. */
  static boolean isSelfRenewing(String suffix) {
    return SELF_RENEWING.contains(suffix.substring(suffix.lastIndexOf('.') + 1));
  }

  /** The earliest end that is told, of the registry, the registrar, or by hand. */
  static Optional<End> end(GoodRecord record, Demand demand) {
    RegistrationDates dates = record.facts().dates();
    List<End> ends = new ArrayList<>();
    demand
        .policy()
        .expires()
        .ifPresent(day -> ends.add(new End(new RegistryDate.Day(day, demand.zone()), "by hand")));
    dates.registryExpiry().when().ifPresent(date -> ends.add(new End(date, "registry")));
    dates.registrarExpiry().when().ifPresent(date -> ends.add(new End(date, "registrar")));
    return ends.stream().min(Comparator.comparing(end -> end.date().earliest()));
  }

  /** Whether {@code date} is over wherever one may be: a day lasts to its end. */
  static boolean isSurelyPast(RegistryDate date, Instant now) {
    Instant over =
        switch (date) {
          case RegistryDate.Day(LocalDate day, ZoneId zone) ->
              day.plusDays(1).atStartOfDay(zone).toInstant();
          case RegistryDate.Moment _, RegistryDate.WallTime _ -> date.earliest();
        };
    return !over.isAfter(now);
  }

  static List<Said> expiry(GoodRecord record, Demand demand, Instant now) {
    boolean cancelled = record.facts().states().contains(DomainState.TO_BE_SUSPENDED);
    boolean byHand = demand.policy().expires().isPresent();
    Optional<End> end = end(record, demand);
    if (end.isEmpty()) {
      String raw =
          record.facts().dates().expiry() instanceof Expiry.Unreadable(String text, String why)
              ? "cannot be read: \"" + text + "\", " + why
              : "by " + record.registry();
      return List.of(Said.noted(Reason.REGISTRATION_EXPIRY_NOT_PUBLISHED, raw));
    }
    if (isSelfRenewing(demand.suffix()) && !cancelled && !byHand) {
      return List.of();
    }
    RegistryDate date = end.get().date();
    String told = date.text() + " (" + end.get().source() + ")";
    // A record from before the end does not know whether somebody has renewed since.
    if (isSurelyPast(date, now) && isSurelyPast(date, record.at())) {
      return List.of(
          Said.down(Reason.REGISTRATION_EXPIRED, "ended " + told + StateRules.who(record, "")));
    }
    return soon(date, told, demand, now).stream().toList();
  }

  private static Optional<Said> soon(RegistryDate date, String told, Demand demand, Instant now) {
    LocalDate actBy = WorkingDays.shipped().lastWorkingDayBy(date.day(), demand.suffix());
    Instant moved = actBy.atStartOfDay(demand.zone()).toInstant();
    Instant deadline = moved.isBefore(date.earliest()) ? moved : date.earliest();
    Duration left = Duration.between(now, deadline);
    String words =
        "ends "
            + told
            + closed(date.day(), actBy)
            + (left.isNegative() ? "" : "; " + left.toDays() + " days left");
    RegistrationPolicy policy = demand.policy();
    if (left.compareTo(policy.expiryFail()) <= 0) {
      return Optional.of(Said.down(Reason.REGISTRATION_EXPIRES_SOON, words));
    }
    return left.compareTo(policy.expiryWarn()) <= 0
        ? Optional.of(Said.degraded(Reason.REGISTRATION_EXPIRES_SOON, words))
        : Optional.empty();
  }

  /** Why it is to be done earlier, where it is. */
  private static String closed(LocalDate end, LocalDate actBy) {
    return actBy.equals(end)
        ? ""
        : ", a "
            + weekday(end)
            + " without office hours: the registry's last working day before it is "
            + weekday(actBy)
            + " "
            + actBy;
  }

  private static String weekday(LocalDate day) {
    return day.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
  }

  /** What is due of a registration that is, or may be, a provisional one. */
  static Optional<Said> provisional(Optional<GoodRecord> record, Demand demand, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, demand.zone());
    Optional<LocalDate> set = demand.policy().provisionalUntil();
    if (set.isPresent()) {
      return Optional.of(due(set.get(), true, demand, today));
    }
    Optional<Provisional> maybe =
        record
            .flatMap(known -> known.facts().provisional())
            .filter(
                known ->
                    known.told()
                        || known
                            .registered()
                            .day()
                            .plusMonths(MAX_PROVISIONAL_MONTHS)
                            .isAfter(today));
    return maybe.map(known -> due(known.assumedDeadline(), known.told(), demand, today));
  }

  private static Said due(LocalDate end, boolean sure, Demand demand, LocalDate today) {
    LocalDate actBy = WorkingDays.shipped().lastWorkingDayBy(end, demand.suffix());
    long left = ChronoUnit.DAYS.between(today, actBy);
    String words =
        (sure ? "" : "assumed, unless it is a full one already: ")
            + "to be made a full one by "
            + end
            + closed(end, actBy);
    if (left < 0) {
      return Said.degraded(Reason.REGISTRATION_PROVISIONAL_DUE, words + "; that day has passed");
    }
    Optional<Integer> stage = STAGES.stream().filter(days -> left <= days).findFirst();
    if (stage.isEmpty()) {
      return Said.noted(Reason.REGISTRATION_PROVISIONAL_DUE, words + "; " + left + " days left");
    }
    String near = words + "; within " + stage.get() + " days";
    return sure && left <= LAST_STAGE
        ? Said.down(Reason.REGISTRATION_PROVISIONAL_DUE, near)
        : Said.degraded(Reason.REGISTRATION_PROVISIONAL_DUE, near);
  }
}
