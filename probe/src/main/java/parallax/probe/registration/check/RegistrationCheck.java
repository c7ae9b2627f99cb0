package parallax.probe.registration.check;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import parallax.config.check.RegistrationSpec;
import parallax.config.check.RegistrationSpec.RegistrationPolicy;
import parallax.config.observation.Facts;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Reason;
import parallax.config.observation.Timings;
import parallax.probe.check.Check;
import parallax.probe.check.CheckResult;
import parallax.probe.check.Deadline;
import parallax.probe.registration.judge.Delegated;
import parallax.probe.registration.judge.Demand;
import parallax.probe.registration.judge.JoinedCause;
import parallax.probe.registration.judge.Knowledge;
import parallax.probe.registration.keep.KeptFile;
import parallax.probe.registration.lookup.Wanted;
import parallax.probe.registration.suffix.PublicSuffixes;

/**
 * Who holds the domain of a name, until when and in what state. However often it is run, a registry
 * is asked twice a day, more often near an end, and at once when the delegation is gone; in between
 * the last record answers. Targets of one domain share the lookup.
 */
public final class RegistrationCheck implements Check<RegistrationSpec> {
  /** Left of the deadline to tell what is known when a registry takes its time. */
  private static final Duration MARGIN = Duration.ofMillis(50);

  private final Records records;
  private final DelegationBoard delegations;
  private final InstantSource clock;
  private final Vertx vertx;
  private final KeptFile<PublicSuffixes> source;

  /**
   * @param source read when it is needed first, away from the event loops
   */
  public RegistrationCheck(
      Vertx vertx,
      KeptFile<PublicSuffixes> source,
      Records records,
      DelegationBoard delegations,
      InstantSource clock) {
    this.records = records;
    this.delegations = delegations;
    this.clock = clock;
    this.vertx = vertx;
    this.source = source;
  }

  @Override
  public Future<CheckResult> run(RegistrationSpec spec, Deadline deadline) {
    return look(spec, deadline)
        .map(look -> look.map(RegistrationLook::result).orElseGet(() -> unsupported(spec.host())));
  }

  /** As {@link #run}; empty when no registry holds such names. */
  public Future<Optional<RegistrationLook>> look(RegistrationSpec spec, Deadline deadline) {
    return suffixes()
        .compose(
            list -> {
              Optional<String> domain = list.registrableName(spec.host());
              Optional<String> suffix = list.registrySuffix(spec.host());
              return domain.isEmpty() || suffix.isEmpty()
                  ? Future.succeededFuture(Optional.empty())
                  : look(new Demand(domain.get(), suffix.get(), spec.policy()), deadline)
                      .map(Optional::of);
            });
  }

  /** Why the delegation of {@code domain} is gone, by what its registry told {@code since}. */
  Optional<Finding> why(String domain, Instant since) {
    Knowledge known = records.known(domain);
    return known
        .toldAt()
        .filter(told -> !told.isBefore(since))
        .filter(_ -> source.isLoaded())
        .flatMap(_ -> source.known().value().registrySuffix(domain))
        .map(suffix -> new Demand(domain, suffix, RegistrationPolicy.DEFAULT))
        .flatMap(demand -> JoinedCause.of(known, demand, clock.instant()));
  }

  /** That no registry holds names like {@code host}. */
  public static CheckResult unsupported(String host) {
    return CheckResult.failed(
        Reason.REGISTRATION_TLD_UNSUPPORTED,
        host + " is not below the suffix of a registry",
        Layer.REGISTRATION,
        Timings.NONE,
        Facts.NONE);
  }

  private Future<PublicSuffixes> suffixes() {
    if (source.isLoaded()) {
      return Future.succeededFuture(source.known().value());
    }
    return vertx.executeBlocking(() -> source.known().value(), false).map(Objects::requireNonNull);
  }

  private Future<RegistrationLook> look(Demand demand, Deadline deadline) {
    Delegated delegated = delegated(demand.domain());
    Wanted wanted =
        new Wanted(
            demand.domain(), demand.suffix(), demand.policy().rdap(), demand.policy().whois());
    long patience = Math.max(1, deadline.left().minus(MARGIN).toMillis());
    return records
        .of(wanted, demand, delegated)
        .timeout(patience, TimeUnit.MILLISECONDS)
        .otherwise(_ -> records.known(demand.domain()))
        .map(
            known ->
                new RegistrationLook(demand, known, delegated(demand.domain()), clock.instant()));
  }

  /** What the parent zone says, also of what the registry told before that. */
  private Delegated delegated(String domain) {
    Instant now = clock.instant();
    Optional<Instant> told = records.known(domain).toldAt();
    boolean outdated =
        delegations
            .backSince(domain, now)
            .filter(back -> told.filter(at -> at.isBefore(back)).isPresent())
            .isPresent();
    return outdated ? Delegated.BACK : delegations.of(domain, now);
  }
}
