package parallax.probe.registration;

import java.util.Optional;
import parallax.probe.registration.date.RegistryDate;

/**
 * The dates of a registration.
 *
 * @param registryExpiry as the registry has it, which with automatic renewal is moved on before
 *     anybody has paid
 * @param registrarExpiry as the registrar has it: until when its customer has paid
 */
public record RegistrationDates(
    Expiry registryExpiry,
    Expiry registrarExpiry,
    Optional<RegistryDate> created,
    Optional<RegistryDate> updated) {
  /** The registry's expiry, or what the registrar tells where the registry tells nothing. */
  public Expiry expiry() {
    return registryExpiry instanceof Expiry.NotPublished ? registrarExpiry : registryExpiry;
  }
}
