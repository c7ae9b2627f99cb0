package parallax.config.wire.check;

import java.time.LocalDate;
import java.util.Optional;
import parallax.config.check.RegistrationSpec;
import parallax.config.check.RegistrationSpec.RegistrationPolicy;
import parallax.config.wire.field.Fault;
import parallax.config.wire.field.Times;
import parallax.config.wire.field.WireFault;
import parallax.uplink.v1.Assigned;

/** Who holds the domain. */
final class RegistrationWire {
  private RegistrationWire() {}

  static Assigned.Registration write(RegistrationSpec spec) {
    RegistrationPolicy policy = spec.policy();
    Assigned.Registration.Builder out =
        Assigned.Registration.newBuilder()
            .setHost(spec.host())
            .setExpiryWarnNs(Times.nanos(policy.expiryWarn()))
            .setExpiryFailNs(Times.nanos(policy.expiryFail()))
            .addAllLocks(policy.locks())
            .addAllStatuses(policy.statuses())
            .setTimeoutNs(Times.nanos(spec.timeout()));
    policy.expires().map(LocalDate::toEpochDay).ifPresent(out::setExpiresDay);
    policy.provisionalUntil().map(LocalDate::toEpochDay).ifPresent(out::setProvisionalUntilDay);
    policy.rdap().ifPresent(base -> out.setRdap(base.toString()));
    policy.whois().map(Parts::write).ifPresent(out::setWhois);
    return out.build();
  }

  static RegistrationSpec read(Assigned.Registration in) {
    RegistrationPolicy policy =
        new RegistrationPolicy(
            Times.duration("expiry_warn", in.getExpiryWarnNs()),
            Times.duration("expiry_fail", in.getExpiryFailNs()),
            day(in.hasExpiresDay(), "expires", in.getExpiresDay()),
            day(in.hasProvisionalUntilDay(), "provisional_until", in.getProvisionalUntilDay()),
            Parts.sorted("locks", in.getLocksList()),
            Parts.sorted("statuses", in.getStatusesList()),
            in.hasRdap() ? Optional.of(Parts.uri("rdap", in.getRdap())) : Optional.empty(),
            in.hasWhois() ? Optional.of(Parts.read(in.getWhois())) : Optional.empty());
    return new RegistrationSpec(
        Parts.text("host", in.getHost()), policy, Times.duration("timeout", in.getTimeoutNs()));
  }

  private static Optional<LocalDate> day(boolean set, String field, long day) {
    if (set && (day < LocalDate.MIN.toEpochDay() || day > LocalDate.MAX.toEpochDay())) {
      throw new WireFault(Fault.INVALID, field + " is no day");
    }
    return set ? Optional.of(LocalDate.ofEpochDay(day)) : Optional.empty();
  }
}
