package parallax.probe.registration.lookup;

import java.util.Optional;
import parallax.probe.registration.Expiry;
import parallax.probe.registration.Registration;
import parallax.probe.registration.Registration.Registered;
import parallax.probe.registration.RegistrationDates;
import parallax.probe.registration.RegistrationFacts;
import parallax.probe.registration.courtesy.Heard;

/** Joins a registry's answer with what the registrar says of the same name. */
final class Paid {
  private Paid() {}

  /** Until when a name is paid, by the registrar's own answer. */
  static Expiry until(Registration registrars) {
    if (!(registrars instanceof Registered(RegistrationFacts facts))) {
      return new Expiry.NotPublished();
    }
    RegistrationDates dates = facts.dates();
    return dates.registrarExpiry() instanceof Expiry.NotPublished
        ? dates.registryExpiry()
        : dates.registrarExpiry();
  }

  /** The registry's facts, with what the registrar says where the registry says nothing of it. */
  static RegistrationFacts with(RegistrationFacts facts, Expiry paid) {
    RegistrationDates dates = facts.dates();
    boolean told = !(dates.registrarExpiry() instanceof Expiry.NotPublished);
    return new RegistrationFacts(
        facts.name(),
        new RegistrationDates(
            dates.registryExpiry(),
            told ? dates.registrarExpiry() : paid,
            dates.created(),
            dates.updated()),
        facts.rawStatuses(),
        facts.registrar(),
        facts.nameServers(),
        facts.locks(),
        facts.provisional());
  }

  /** What an answer tells of how often its host may be asked, where no header says more. */
  static Heard heard(Registration read) {
    return switch (read) {
      case Registered _, Registration.NotRegistered _ -> new Heard.Answer();
      case Registration.RateLimited _ -> new Heard.Quota(Optional.empty());
      case Registration.NotParsed _, Registration.Unavailable _ -> new Heard.Failure();
    };
  }
}
