package parallax.probe.audit.gather;

import io.vertx.core.Future;
import parallax.config.check.RegistrationSpec.RegistrationPolicy;
import parallax.probe.audit.facts.DomainFacts;
import parallax.probe.check.Deadline;

/** Somebody who knows who holds a domain. */
public interface RegistrationSource {
  /**
   * What is known of {@code domain}.
   *
   * @param domain a registrable name
   * @return never fails; completes soon after the deadline at the latest
   */
  Future<Told> of(String domain, RegistrationPolicy policy, Deadline deadline);

  /** What came of it. */
  sealed interface Told {
    /** The registry told. */
    record Known(DomainFacts facts) implements Told {}

    /** It did not. */
    record Untold(String why) implements Told {}
  }
}
