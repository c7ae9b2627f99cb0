package parallax.probe.registration.check;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import parallax.config.check.RegistrationSpec;
import parallax.config.observation.Facts;
import parallax.config.observation.Facts.RegistrationSeen;
import parallax.config.observation.Layer;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.config.observation.Timings;
import parallax.probe.check.Check;
import parallax.probe.check.CheckResult;
import parallax.probe.check.Deadline;
import parallax.probe.registration.Contact;
import parallax.probe.registration.judge.Delegated;
import parallax.probe.registration.judge.Demand;
import parallax.probe.registration.judge.Judged;
import parallax.probe.registration.judge.Knowledge;
import parallax.probe.registration.judge.RegistrationJudge;
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
  private final Supplier<PublicSuffixes> source;
  private Optional<Future<PublicSuffixes>> suffixes = Optional.empty();

  /**
   * @param source read once, away from the event loops
   */
  public RegistrationCheck(
      Vertx vertx,
      Supplier<PublicSuffixes> source,
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
    return suffixes()
        .compose(
            list -> {
              Optional<String> domain = list.registrableName(spec.host());
              Optional<String> suffix = list.registrySuffix(spec.host());
              if (domain.isEmpty() || suffix.isEmpty()) {
                return Future.succeededFuture(
                    CheckResult.failed(
                        Reason.REGISTRATION_TLD_UNSUPPORTED,
                        spec.host() + " is not below the suffix of a registry",
                        Layer.REGISTRATION,
                        Timings.NONE,
                        Facts.NONE));
              }
              return look(new Demand(domain.get(), suffix.get(), spec.policy()), deadline);
            });
  }

  private synchronized Future<PublicSuffixes> suffixes() {
    Future<PublicSuffixes> list =
        suffixes.orElseGet(() -> vertx.executeBlocking(source::get, false));
    suffixes = Optional.of(list);
    return list;
  }

  private Future<CheckResult> look(Demand demand, Deadline deadline) {
    Delegated delegated = delegations.of(demand.domain(), clock.instant());
    Wanted wanted =
        new Wanted(
            demand.domain(), demand.suffix(), demand.policy().rdap(), demand.policy().whois());
    long patience = Math.max(1, deadline.left().minus(MARGIN).toMillis());
    return records
        .of(wanted, demand, delegated)
        .timeout(patience, TimeUnit.MILLISECONDS)
        .otherwise(_ -> records.known(demand.domain()))
        .map(known -> result(known, demand, delegated));
  }

  private CheckResult result(Knowledge known, Demand demand, Delegated delegated) {
    Instant now = clock.instant();
    Outcome outcome = RegistrationJudge.judge(known, demand, delegated, now).outcome();
    return new CheckResult(Layer.REGISTRATION, outcome, Timings.NONE, facts(known, demand));
  }

  private static Facts facts(Knowledge known, Demand demand) {
    return known
        .good()
        .map(
            record ->
                Facts.NONE.withRegistration(
                    new RegistrationSeen(
                        demand.domain(),
                        record.registry(),
                        record.facts().registrar(),
                        record.contact().map(Contact::words),
                        Judged.end(record, demand),
                        record.at())))
        .orElse(Facts.NONE);
  }
}
