package parallax.bench.compare.score;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import parallax.bench.compare.run.Alarm;
import parallax.bench.compare.run.Simulation;
import parallax.bench.compare.run.Vantages;
import parallax.bench.compare.year.OwnFault;
import parallax.bench.compare.year.TrueEvent;
import parallax.bench.compare.year.Year;
import parallax.coordinator.core.verdict.Scope;

/** Compares the alarms of one rule with what truly was in a year. */
public final class Scorer {
  /** GLOBAL events shorter than this may be missed. */
  public static final Duration LONG_GLOBAL = Duration.ofMinutes(3);

  /** Faults of our own that are shorter than this need no name. */
  private static final long LONG_FAULT = Duration.ofMinutes(5).toMillis();

  /** So long after its end an event may still raise an alarm. */
  private static final long GRACE = Year.INTERVAL.multipliedBy(2).toMillis();

  private final Year year;
  private final String name;
  private final List<Alarm> pages;
  private final List<Alarm> notices;
  private final Tally tally = new Tally();

  private Scorer(Year year, String name, List<Alarm> alarms) {
    this.year = year;
    this.name = name;
    this.pages = alarms.stream().filter(a -> a.isPublished() && !a.targets().isEmpty()).toList();
    this.notices = alarms.stream().filter(a -> a.isPublished() && a.targets().isEmpty()).toList();
  }

  /**
   * Counts everything but checks.
   *
   * @param name of the year, for people who look into a mistake
   */
  public static Tally score(Year year, String name, List<Alarm> alarms) {
    Scorer scorer = new Scorer(year, name, alarms);
    scorer.tally.add(Counter.TARGET_DAYS, Year.TARGETS * Duration.ofMillis(year.length()).toDays());
    scorer.pages.forEach(scorer::judgePage);
    year.events().forEach(scorer::judgeEvent);
    scorer.notices.forEach(scorer::judgeNotice);
    year.faults().forEach(scorer::judgeFault);
    return scorer.tally;
  }

  private void judgePage(Alarm page) {
    for (int target : page.targets()) {
      boolean real =
          year.events().stream()
              .anyMatch(
                  event -> event.target() == target && began(page, event.from(), event.until()));
      if (!real) {
        boolean global = page.everClaimed(Scope.GLOBAL);
        tally.add(global ? Counter.FALSE_GLOBALS : Counter.FALSE_PARTIALS, 1);
        mistake(global ? "false GLOBAL" : "false PARTIAL", "target " + target, page);
      }
    }
  }

  private void judgeEvent(TrueEvent event) {
    List<Alarm> found =
        pages.stream()
            .filter(page -> page.targets().contains(event.target()))
            .filter(page -> lasted(page, event.from(), event.until()))
            .sorted(Comparator.comparingLong(Alarm::opened))
            .toList();
    countFound(event, !found.isEmpty());
    Optional<Alarm> held =
        found.stream()
            .filter(page -> page.opened() <= event.until())
            .reduce((_, later) -> later)
            .or(() -> found.stream().findFirst());
    if (held.isEmpty()) {
      tally.addLabel(event.kind().name(), "none");
      tally.addMistake(() -> name + ": not found " + words(event));
      return;
    }
    tally.add(Counter.EVENTS_FOUND, 1);
    tally.add(Counter.PAGES_OF_EVENTS, found.size());
    if (event.kind() == TrueEvent.Kind.GLOBAL) {
      tally.addDetection(Math.max(0, found.getFirst().opened() - event.from()));
    }
    Alarm.Label label = held.get().at(Math.min(event.until(), held.get().resolved()));
    boolean right = isRight(label, event);
    tally.addIf(!right, Counter.WRONG_SCOPES);
    tally.addLabel(event.kind().name(), label.scope() + (right ? "" : " (wrong)"));
    if (!right) {
      mistake("wrong scope of", words(event), held.get());
    }
  }

  private void countFound(TrueEvent event, boolean found) {
    switch (event.kind()) {
      case GLOBAL -> {
        boolean isLong = event.length() >= LONG_GLOBAL.toMillis();
        tally.addIf(isLong, Counter.LONG_GLOBALS);
        tally.addIf(isLong && !found, Counter.MISSED_GLOBALS);
      }
      case PARTIAL -> {
        tally.add(Counter.PARTIALS, 1);
        tally.addIf(found, Counter.PARTIALS_FOUND);
      }
      case REGIONAL -> {
        tally.add(Counter.REGIONALS, 1);
        tally.addIf(found, Counter.REGIONALS_FOUND);
      }
    }
  }

  /**
   * A partial event of places that happen to be full regions, or one network, looks the same as one
   * of these from wherever it is looked at, and may be called so.
   */
  private boolean isRight(Alarm.Label label, TrueEvent event) {
    Vantages vantages = year.vantages();
    return switch (label.scope()) {
      case GLOBAL -> event.kind() == TrueEvent.Kind.GLOBAL;
      case REGIONAL ->
          (event.kind() == TrueEvent.Kind.REGIONAL || event.sticky())
              && vantages.inRegions(label.regions()) == event.probes();
      case NETWORK -> event.sticky() && vantages.networks().contains(event.probes());
      case PARTIAL -> event.kind() == TrueEvent.Kind.PARTIAL;
      case PROBE_LOCAL, UNCONFIRMED -> false;
    };
  }

  private void judgeNotice(Alarm notice) {
    tally.add(Counter.NOTICES, 1);
    boolean real =
        year.faults().stream().anyMatch(fault -> began(notice, fault.from(), fault.until()));
    if (!real) {
      tally.add(Counter.FALSE_NOTICES, 1);
      mistake("false notice", notice.last().culprit(), notice);
    }
  }

  private void judgeFault(OwnFault fault) {
    if (fault.length() < LONG_FAULT) {
      return;
    }
    boolean named =
        notices.stream()
            .filter(notice -> lasted(notice, fault.from(), fault.until()))
            .flatMap(notice -> notice.labels().stream())
            .anyMatch(label -> year.vantages().named(label.culprit()) == fault.probes());
    switch (fault.kind()) {
      case PROBE -> {
        tally.add(Counter.PROBE_FAULTS, 1);
        tally.addIf(named, Counter.PROBE_FAULTS_NAMED);
      }
      case REGION -> {
        tally.add(Counter.REGION_FAULTS, 1);
        tally.addIf(named, Counter.REGION_FAULTS_NAMED);
      }
      case NETWORK -> {
        tally.add(Counter.NETWORK_FAULTS, 1);
        tally.addIf(named, Counter.NETWORK_FAULTS_NAMED);
      }
      case PROBE_SOMETIMES, PROBE_SILENT -> {}
    }
  }

  /** Whether the alarm was raised within a time, or shortly after. */
  private static boolean began(Alarm alarm, long from, long until) {
    return from <= alarm.opened() && alarm.opened() - GRACE <= until;
  }

  /** Whether the alarm was up within a time, or shortly after. */
  private static boolean lasted(Alarm alarm, long from, long until) {
    return from < alarm.resolved() && alarm.opened() - GRACE <= until;
  }

  private void mistake(String what, String of, Alarm alarm) {
    tally.addMistake(() -> name + ": " + what + " " + of + ", " + words(alarm));
  }

  private String words(Alarm alarm) {
    StringBuilder words = new StringBuilder("opened ").append(Simulation.instant(alarm.opened()));
    if (alarm.resolved() != Alarm.NEVER) {
      words.append(", resolved ").append(Simulation.instant(alarm.resolved()));
    }
    for (Alarm.Label label : alarm.labels()) {
      words.append("; ").append(Simulation.instant(label.since())).append(' ');
      words.append(label.scope()).append(label.regions()).append(' ').append(label.culprit());
    }
    for (OwnFault fault : year.faults()) {
      if (began(alarm, fault.from(), fault.until())) {
        words.append("; while ").append(fault.kind()).append(' ').append(bits(fault.probes()));
      }
    }
    return words.toString();
  }

  private static String words(TrueEvent event) {
    return String.format(
        Locale.ROOT,
        "%s of target %d, %s to %s, probes %s, share %.2f",
        event.kind(),
        event.target(),
        Simulation.instant(event.from()),
        Simulation.instant(event.until()),
        bits(event.probes()),
        event.share());
  }

  /** The first probe last. */
  private static String bits(int probes) {
    return Integer.toBinaryString(probes);
  }
}
