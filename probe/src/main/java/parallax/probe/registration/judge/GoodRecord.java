package parallax.probe.registration.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import parallax.probe.registration.Contact;
import parallax.probe.registration.Expiry;
import parallax.probe.registration.RegistrationDates;
import parallax.probe.registration.RegistrationFacts;

/**
 * What a registry told last.
 *
 * @param registry the host that told it
 */
public record GoodRecord(
    RegistrationFacts facts, String registry, Optional<Contact> contact, Instant at) {
  /** Older records speak of another time. */
  public static final Duration LASTS = Duration.ofDays(3);

  public boolean isStale(Instant now) {
    return at.plus(LASTS).isBefore(now);
  }

  /**
   * This record after {@code before}: what the registrar said is kept while the registry's own date
   * is the same, since registrars answer less often than registries do.
   */
  GoodRecord after(GoodRecord before) {
    RegistrationDates now = facts.dates();
    RegistrationDates then = before.facts().dates();
    boolean silent = now.registrarExpiry() instanceof Expiry.NotPublished;
    if (!silent || !now.registryExpiry().equals(then.registryExpiry())) {
      return this;
    }
    RegistrationDates dates =
        new RegistrationDates(
            now.registryExpiry(), then.registrarExpiry(), now.created(), now.updated());
    return new GoodRecord(
        new RegistrationFacts(
            facts.name(),
            dates,
            facts.rawStatuses(),
            facts.registrar(),
            facts.nameServers(),
            facts.locks(),
            facts.provisional()),
        registry,
        contact,
        at);
  }
}
