package parallax.probe.registration;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import parallax.probe.registration.date.RegistryDate;
import parallax.probe.registration.status.DomainState;
import parallax.probe.registration.status.StateWords;

/**
 * What a registry tells of a registered name.
 *
 * @param name in A-labels, lower case, when the answer tells
 * @param rawStatuses as the registry wrote them, in its order; at most {@link Limits#MAX_STATUSES}
 * @param nameServers in A-labels, lower case, without a last dot, sorted; at most {@link
 *     Limits#MAX_NAME_SERVERS}
 * @param locks what keeps others from changing the registration, in the registry's words
 * @param provisional when the registration may be, or is, a provisional one
 */
public record RegistrationFacts(
    Optional<String> name,
    RegistrationDates dates,
    List<String> rawStatuses,
    Optional<String> registrar,
    List<String> nameServers,
    List<String> locks,
    Optional<Provisional> provisional) {
  public RegistrationFacts {
    rawStatuses = List.copyOf(rawStatuses);
    nameServers = List.copyOf(nameServers);
    locks = List.copyOf(locks);
  }

  /**
   * A registration that lapses unless it is made a full one.
   *
   * @param registered the day from which the term counts
   * @param told whether the registry says so, instead of the kind of name allowing it
   */
  public record Provisional(RegistryDate registered, boolean told) {
    /** Within which JPRS wants the body to be founded and the registration to be a full one. */
    static final int TERM_MONTHS = 6;

    /** The last day of the term, before it is moved to a working day. */
    public LocalDate assumedDeadline() {
      return registered.day().plusMonths(TERM_MONTHS);
    }
  }

  /** What its statuses mean, each once. */
  public SortedSet<DomainState> states() {
    return rawStatuses.stream()
        .map(StateWords.shipped()::stateOf)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Its statuses that EPP knows, by EPP's names, sorted. */
  public List<String> eppStatuses() {
    return rawStatuses.stream()
        .flatMap(raw -> StateWords.shipped().stateOf(raw).eppName().stream())
        .distinct()
        .sorted()
        .toList();
  }
}
