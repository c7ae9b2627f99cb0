package parallax.probe.registration.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import parallax.config.observation.Reason;
import parallax.probe.registration.RegistrationFacts;
import parallax.probe.registration.status.DomainState;

/** Something that is not as it was in the record before. */
public record Change(Judged.Said said, Instant at) {
  /** So long a change is told of. */
  public static final Duration SHOWN = Duration.ofHours(24);

  /** Of one record; more is no change but another domain. */
  static final int MAX_CHANGES = 32;

  /** What changed from {@code before} to {@code after}. */
  static List<Change> between(RegistrationFacts before, RegistrationFacts after, Instant now) {
    List<Judged.Said> said = new ArrayList<>();
    if (before.registrar().isPresent()
        && after.registrar().isPresent()
        && !before.registrar().get().equalsIgnoreCase(after.registrar().get())) {
      said.add(
          Judged.Said.degraded(
              Reason.REGISTRATION_REGISTRAR_CHANGED,
              "from " + before.registrar().get() + " to " + after.registrar().get()));
    }
    if (!before.nameServers().isEmpty() && !before.nameServers().equals(after.nameServers())) {
      said.add(
          Judged.Said.degraded(
              Reason.REGISTRATION_SERVERS_CHANGED,
              "from " + list(before.nameServers()) + " to " + list(after.nameServers())));
    }
    TreeSet<DomainState> gone = new TreeSet<>(before.states());
    gone.removeAll(after.states());
    TreeSet<DomainState> come = new TreeSet<>(after.states());
    come.removeAll(before.states());
    for (DomainState lock : gone) {
      if (lock.isLock()) {
        said.add(
            Judged.Said.degraded(
                Reason.REGISTRATION_LOCK_MISSING, words(lock) + " was there before"));
      }
    }
    if (!gone.isEmpty() || !come.isEmpty()) {
      said.add(
          Judged.Said.noted(
              Reason.REGISTRATION_STATUS_CHANGED,
              "gone: " + words(gone) + ", new: " + words(come)));
    }
    return said.stream().limit(MAX_CHANGES).map(each -> new Change(each, now)).toList();
  }

  boolean isShown(Instant now) {
    return at.plus(SHOWN).isAfter(now);
  }

  private static String list(List<String> names) {
    return names.isEmpty() ? "none" : String.join(", ", names);
  }

  private static String words(Collection<DomainState> states) {
    return states.isEmpty()
        ? "none"
        : String.join(", ", states.stream().map(Change::words).toList());
  }

  static String words(DomainState state) {
    return state
        .eppName()
        .orElseGet(() -> state.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '));
  }
}
