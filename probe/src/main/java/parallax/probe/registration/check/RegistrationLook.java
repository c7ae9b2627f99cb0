package parallax.probe.registration.check;

import java.time.Instant;
import java.util.Optional;
import parallax.config.observation.Facts;
import parallax.config.observation.Facts.RegistrationSeen;
import parallax.config.observation.Layer;
import parallax.config.observation.Timings;
import parallax.probe.check.CheckResult;
import parallax.probe.registration.Contact;
import parallax.probe.registration.judge.Delegated;
import parallax.probe.registration.judge.Demand;
import parallax.probe.registration.judge.Judged;
import parallax.probe.registration.judge.Knowledge;
import parallax.probe.registration.judge.RegistrationJudge;

/**
 * What is known of a registration, and what is demanded of it.
 *
 * @param delegated what the parent zone says
 * @param at when this was known
 */
public record RegistrationLook(Demand demand, Knowledge known, Delegated delegated, Instant at) {
  public RegistrationLook with(Delegated other) {
    return new RegistrationLook(demand, known, other, at);
  }

  /** What it comes to. */
  public CheckResult result() {
    Judged judged = RegistrationJudge.judge(known, demand, delegated, at);
    return new CheckResult(Layer.REGISTRATION, judged.outcome(), Timings.NONE, facts());
  }

  private Facts facts() {
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
                        end(),
                        record.at())))
        .orElse(Facts.NONE);
  }

  /** The earliest end of the registration that is told or configured. */
  public Optional<Instant> end() {
    return known.good().flatMap(record -> Judged.end(record, demand));
  }
}
