package parallax.probe.registration.check;

import io.vertx.core.Vertx;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import parallax.config.observation.Finding;
import parallax.config.observation.Outcome;
import parallax.probe.check.NanoSource;
import parallax.probe.registration.lookup.RegistrationLookup;
import parallax.probe.registration.lookup.line.Reach;

/**
 * The check of registrations, put together for this machine and the registries.
 *
 * @param delegations to be told what checks of delegations see
 */
public record LocalRegistration(RegistrationCheck check, DelegationBoard delegations) {
  /**
   * Puts it together.
   *
   * @param settings of the lookups
   */
  public static LocalRegistration of(
      Vertx vertx, NanoSource nanos, Reach reach, RegistrationLookup.Settings settings) {
    InstantSource clock = settings.clock();
    DoubleSupplier jitter = jitter(nanos.nanos());
    RegistrationLookup lookup = new RegistrationLookup(vertx, reach, settings, jitter);
    Politeness politeness = new Politeness(clock, jitter);
    Records records = new Records(vertx, lookup, politeness, clock, nanos);
    DelegationBoard delegations = new DelegationBoard();
    return new LocalRegistration(
        new RegistrationCheck(vertx, settings.lists().suffixes(), records, delegations, clock),
        delegations);
  }

  /**
   * Takes in what a check of a delegation saw.
   *
   * @return why {@code zone} is not delegated, when it is so and its registry has told since
   */
  public Optional<Finding> saw(String zone, Outcome outcome, Instant at) {
    delegations.saw(zone, outcome, at);
    return delegations.goneSince(zone, at).flatMap(since -> check.why(zone, since));
  }

  private static DoubleSupplier jitter(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return () -> {
      synchronized (random) {
        return random.nextDouble(-1, 1);
      }
    };
  }
}
