package parallax.coordinator.accounting;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import parallax.config.Configuration;
import parallax.config.target.Target;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.store.Store;
import parallax.coordinator.view.maintenance.Windows;

/** Makes reports of what is on record. */
public final class Accountant {
  /** The most targets of a report. */
  public static final int MAX_TARGETS = 10_000;

  /** The most incidents that are looked at, the newest. */
  public static final int MAX_INCIDENTS = 20_000;

  private static final int PAGE = 200;

  private final Store store;

  public Accountant(Store store) {
    this.store = store;
  }

  /**
   * The report of a month.
   *
   * @param wanted which of the targets that are configured now
   * @throws parallax.coordinator.store.StoreException when the record cannot be read
   */
  public MonthlyReport report(
      Month month, Configuration configuration, Predicate<Target> wanted, Instant now) {
    Instant from = month.from();
    Instant end = now.isBefore(month.until()) ? now : month.until();
    List<Incident> incidents = new ArrayList<>();
    boolean cut = incidents(from, incidents);
    Instant looksFrom = looksFrom(from, end, now);
    List<TargetAccount> accounts = new ArrayList<>();
    if (from.isBefore(end)) {
      Windows windows = new Windows(configuration.maintenance(), end, Duration.between(from, end));
      for (Target target : configuration.targets()) {
        if (!wanted.test(target)) {
          continue;
        }
        if (accounts.size() >= MAX_TARGETS) {
          cut = true;
          break;
        }
        accounts.add(
            MonthlyReport.account(
                target,
                new MonthlyReport.Recorded(
                    store.intervals(target.name(), from, end),
                    incidents,
                    latency(target, looksFrom, end)),
                windows.of(target),
                from,
                end));
      }
    }
    return new MonthlyReport(month, end, now, looksFrom, accounts, cut);
  }

  /**
   * From when on all looks are kept, in a time. Of what is older only looks around incidents are
   * left, which say nothing of the rest.
   */
  private Instant looksFrom(Instant from, Instant end, Instant now) {
    Instant byAge = now.minus(Store.KEPT);
    Instant byCount = store.receivedBeforeNewest(Store.MAX_KEPT).orElse(byAge);
    Instant kept = byCount.isAfter(byAge) ? byCount : byAge;
    Instant first = kept.isAfter(from) ? kept : from;
    return first.isBefore(end) ? first : end;
  }

  private Optional<Latency> latency(Target target, Instant from, Instant end) {
    Took took = new Took();
    if (from.isBefore(end)) {
      store.took(target.name(), from, end, took::look);
    }
    return took.latency();
  }

  /** Open ones and those that ended since {@code from}; whether there may be more. */
  private boolean incidents(Instant from, List<Incident> into) {
    Optional<String> cursor = Optional.empty();
    int read = 0;
    do {
      Store.Page<Incident> page = store.incidents(Optional.empty(), cursor, PAGE);
      page.items().stream()
          .filter(it -> it.subject() == Incident.Subject.SERVICE)
          .filter(it -> it.resolved().filter(end -> end.isBefore(from)).isEmpty())
          .forEach(into::add);
      read += page.items().size();
      cursor = page.next();
    } while (cursor.isPresent() && read < MAX_INCIDENTS);
    return cursor.isPresent();
  }
}
