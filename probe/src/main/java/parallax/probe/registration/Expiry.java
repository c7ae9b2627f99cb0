package parallax.probe.registration;

import java.util.Optional;
import parallax.probe.registration.date.DateRead;
import parallax.probe.registration.date.RegistryDate;

/** When a registration ends, as far as its registry tells. */
public sealed interface Expiry {
  /**
   * It is told.
   *
   * @param raw as the registry wrote it
   */
  record Told(RegistryDate date, String raw) implements Expiry {}

  /** This registry does not publish it, of this name or of any. */
  record NotPublished() implements Expiry {}

  /** Something is told that cannot be read for sure; it is not "expired". */
  record Unreadable(String raw, String reason) implements Expiry {}

  /** What {@code raw} and its reading amount to. */
  static Expiry of(String raw, DateRead read) {
    return switch (read) {
      case DateRead.Told(RegistryDate date) -> new Told(date, Limits.kept(raw));
      case DateRead.Withheld() -> new NotPublished();
      case DateRead.Unreadable(String reason) -> new Unreadable(Limits.kept(raw), reason);
    };
  }

  /** The date, when it is told. */
  default Optional<RegistryDate> when() {
    return this instanceof Told(RegistryDate date, _) ? Optional.of(date) : Optional.empty();
  }
}
