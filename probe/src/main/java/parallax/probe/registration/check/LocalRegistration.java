package parallax.probe.registration.check;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import parallax.config.check.RegistrationSpec;
import parallax.probe.check.Check;
import parallax.probe.check.NanoSource;
import parallax.probe.registration.lookup.RegistrationLookup;
import parallax.probe.registration.lookup.line.Reach;
import parallax.probe.registration.suffix.PublicSuffixes;

/**
 * The check of registrations, put together for this machine and the registries of the world.
 *
 * @param delegations to be told what checks of delegations see
 */
public record LocalRegistration(Check<RegistrationSpec> check, DelegationBoard delegations) {
  /**
   * Puts it together.
   *
   * @param userAgent how it introduces itself: {@code Parallax/1.0}
   */
  public static LocalRegistration of(
      Vertx vertx, InstantSource clock, NanoSource nanos, Reach reach, String userAgent) {
    RegistrationLookup lookup =
        new RegistrationLookup(
            vertx,
            reach,
            new RegistrationLookup.Settings(
                clock,
                new HttpClientOptions(),
                userAgent,
                Optional.of(RegistrationLookup.BOOTSTRAP_FILE),
                RegistrationLookup.IANA_WHOIS));
    Politeness politeness = new Politeness(clock, jitter(nanos.nanos()));
    Records records = new Records(vertx, lookup, politeness, clock, nanos);
    DelegationBoard delegations = new DelegationBoard();
    return new LocalRegistration(
        new RegistrationCheck(vertx, PublicSuffixes::shipped, records, delegations, clock),
        delegations);
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
