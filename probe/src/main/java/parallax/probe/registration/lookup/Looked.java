package parallax.probe.registration.lookup;

import java.time.Instant;
import java.util.Optional;
import parallax.probe.registration.Contact;
import parallax.probe.registration.Registration;

/** What came of a lookup. */
public sealed interface Looked {
  /**
   * A registry was asked. What it answered may still be no knowledge.
   *
   * @param registry the host that was asked
   */
  record Answered(Registration registration, String registry, Optional<Contact> contact)
      implements Looked {}

  /** Nobody was asked, out of politeness. */
  record Postponed(Instant until, String why) implements Looked {}

  /** Nobody is known who could be asked. */
  record Unsupported(String suffix) implements Looked {}

  /** The lookup itself broke. */
  record Failed(String why) implements Looked {}
}
