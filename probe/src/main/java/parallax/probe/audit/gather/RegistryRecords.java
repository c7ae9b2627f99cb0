package parallax.probe.audit.gather;

import io.vertx.core.Future;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import parallax.config.check.RegistrationSpec;
import parallax.config.check.RegistrationSpec.RegistrationPolicy;
import parallax.config.observation.Finding;
import parallax.probe.audit.facts.DomainFacts;
import parallax.probe.audit.facts.DomainFacts.Lock;
import parallax.probe.check.Deadline;
import parallax.probe.registration.RegistrationFacts;
import parallax.probe.registration.check.RegistrationCheck;
import parallax.probe.registration.check.RegistrationLook;
import parallax.probe.registration.judge.GoodRecord;
import parallax.probe.registration.status.DomainState;

/** Asks registries, as politely as the checks do. */
public final class RegistryRecords implements RegistrationSource {
  private final RegistrationCheck registrations;

  public RegistryRecords(RegistrationCheck registrations) {
    this.registrations = registrations;
  }

  @Override
  public Future<Told> of(String domain, RegistrationPolicy policy, Deadline deadline) {
    return registrations
        .look(new RegistrationSpec(domain, policy, deadline.left()), deadline)
        .map(
            look ->
                look.map(seen -> told(domain, policy, seen))
                    .orElseGet(() -> new Told.Untold("not below the suffix of a registry")));
  }

  private static Told told(String domain, RegistrationPolicy policy, RegistrationLook look) {
    Optional<GoodRecord> record = look.known().good();
    if (look.known().absent().isPresent() || record.isEmpty()) {
      return new Told.Untold(
          look.known()
              .absent()
              .map(absence -> "not registered, says " + absence.registry())
              .or(() -> look.known().trouble().map(Finding::words))
              .orElse("no answer in time"));
    }
    RegistrationFacts facts = record.get().facts();
    return new Told.Known(
        new DomainFacts(
            domain,
            facts.registrar(),
            lock(facts),
            look.end(),
            policy.expiryWarn(),
            policy.expiryFail()));
  }

  /** Locks of registries that know none are not missed: only who speaks EPP would tell them. */
  static Lock lock(RegistrationFacts facts) {
    SortedSet<DomainState> states = facts.states();
    boolean transfer =
        states.contains(DomainState.CLIENT_TRANSFER_PROHIBITED)
            || states.contains(DomainState.SERVER_TRANSFER_PROHIBITED)
            || states.contains(DomainState.LOCKED);
    boolean other = facts.locks().stream().anyMatch(lock -> !facts.rawStatuses().contains(lock));
    if (transfer || other) {
      return Lock.LOCKED;
    }
    return facts.rawStatuses().stream().anyMatch(RegistryRecords::isOfEpp)
        ? Lock.OPEN
        : Lock.NOT_TOLD;
  }

  /** {@code ok}, which RDAP writes {@code active} (RFC 8056), and all that EPP spells so. */
  private static boolean isOfEpp(String raw) {
    String word = raw.split("https?:", 2)[0].replaceAll("[^A-Za-z]", "").toLowerCase(Locale.ROOT);
    return word.equals("active")
        || Arrays.stream(DomainState.values())
            .flatMap(state -> state.eppName().stream())
            .anyMatch(name -> name.toLowerCase(Locale.ROOT).equals(word));
  }
}
