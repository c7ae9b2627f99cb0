package parallax.config.wire.check;

import java.util.Optional;
import parallax.config.check.ZoneSpec;
import parallax.config.wire.field.Bounds;
import parallax.config.wire.field.EnumWords;
import parallax.config.wire.field.Times;
import parallax.uplink.v1.Assigned;

/** The zone that a name lies in, from above and from inside. */
final class ZoneWire {
  private static final EnumWords<ZoneSpec.Dnssec, Assigned.Dnssec> DNSSEC =
      new EnumWords<>(ZoneSpec.Dnssec.class, Assigned.Dnssec.class, "DNSSEC_");

  private ZoneWire() {}

  static Assigned.Delegation write(ZoneSpec.Delegation spec) {
    Assigned.Delegation.Builder out =
        Assigned.Delegation.newBuilder()
            .setHost(spec.host())
            .setDnssec(DNSSEC.write(spec.dnssec()))
            .setTimeoutNs(Times.nanos(spec.timeout()));
    spec.approved().servers().map(Parts::names).ifPresent(out::setApprovedServers);
    spec.approved().ds().map(Parts::names).ifPresent(out::setApprovedDs);
    spec.pace().map(Times::nanos).ifPresent(out::setPaceNs);
    return out.build();
  }

  static ZoneSpec.Delegation read(Assigned.Delegation in) {
    ZoneSpec.Approved approved =
        new ZoneSpec.Approved(
            Parts.names(in.hasApprovedServers(), "approved_servers", in.getApprovedServers()),
            Parts.names(in.hasApprovedDs(), "approved_ds", in.getApprovedDs()));
    return new ZoneSpec.Delegation(
        Parts.text("host", in.getHost()),
        Bounds.known("dnssec", DNSSEC.read(in.getDnssec())),
        approved,
        Parts.durationIf(in.hasPaceNs(), "pace", in.getPaceNs()),
        Times.duration("timeout", in.getTimeoutNs()));
  }

  static Assigned.NameServers write(ZoneSpec.NameServers spec) {
    Assigned.NameServers.Builder out =
        Assigned.NameServers.newBuilder()
            .setHost(spec.host())
            .addAllTypes(spec.types())
            .addAllExpect(Parts.write(spec.expect()))
            .setDnssec(DNSSEC.write(spec.dnssec()))
            .setTimeoutNs(Times.nanos(spec.timeout()));
    spec.expiry().map(ZoneWire::expiry).ifPresent(out::setExpiry);
    spec.pace().map(Times::nanos).ifPresent(out::setPaceNs);
    return out.build();
  }

  private static Assigned.NameServers.SignatureExpiry expiry(ZoneSpec.SignatureExpiry expiry) {
    return Assigned.NameServers.SignatureExpiry.newBuilder()
        .setWarnNs(Times.nanos(expiry.warn()))
        .setFailNs(Times.nanos(expiry.fail()))
        .build();
  }

  static ZoneSpec.NameServers read(Assigned.NameServers in) {
    return new ZoneSpec.NameServers(
        Parts.text("host", in.getHost()),
        Parts.texts("types", in.getTypesList()),
        Parts.read(in.getExpectList()),
        Bounds.known("dnssec", DNSSEC.read(in.getDnssec())),
        in.hasExpiry() ? Optional.of(expiry(in.getExpiry())) : Optional.empty(),
        Parts.durationIf(in.hasPaceNs(), "pace", in.getPaceNs()),
        Times.duration("timeout", in.getTimeoutNs()));
  }

  private static ZoneSpec.SignatureExpiry expiry(Assigned.NameServers.SignatureExpiry in) {
    return new ZoneSpec.SignatureExpiry(
        Times.duration("warn", in.getWarnNs()), Times.duration("fail", in.getFailNs()));
  }
}
