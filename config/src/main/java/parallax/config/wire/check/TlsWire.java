package parallax.config.wire.check;

import java.nio.file.Path;
import java.util.Optional;
import parallax.config.check.TlsPolicy;
import parallax.config.check.TlsSpec;
import parallax.config.wire.field.Bounds;
import parallax.config.wire.field.EnumWords;
import parallax.config.wire.field.Times;
import parallax.uplink.v1.Assigned;

/** What is asked of a TLS server. */
final class TlsWire {
  private static final EnumWords<TlsPolicy.TlsVersion, Assigned.TlsPolicy.TlsVersion> VERSIONS =
      new EnumWords<>(
          TlsPolicy.TlsVersion.class, Assigned.TlsPolicy.TlsVersion.class, "TLS_VERSION_");

  private TlsWire() {}

  static Assigned.Tls write(TlsSpec spec) {
    return Assigned.Tls.newBuilder()
        .setServer(Parts.write(spec.server()))
        .setPolicy(write(spec.policy()))
        .setNaming(Parts.write(spec.naming()))
        .setTimeoutNs(Times.nanos(spec.timeout()))
        .build();
  }

  static TlsSpec read(Assigned.Tls in) {
    return new TlsSpec(
        Parts.read(in.getServer()),
        read(in.getPolicy()),
        Parts.read(in.getNaming()),
        Times.duration("timeout", in.getTimeoutNs()));
  }

  static Assigned.TlsPolicy write(TlsPolicy policy) {
    Assigned.TlsPolicy.Builder out =
        Assigned.TlsPolicy.newBuilder()
            .setExpiryWarnNs(Times.nanos(policy.expiryWarn()))
            .setExpiryFailNs(Times.nanos(policy.expiryFail()))
            .setMinimum(VERSIONS.write(policy.minimum()));
    policy.authorities().ifPresent(file -> out.setAuthorities(file.toString()));
    policy
        .clientCertificate()
        .ifPresent(
            files ->
                out.getClientCertificateBuilder()
                    .setChain(files.chain().toString())
                    .setKey(files.key().toString()));
    policy.serverName().ifPresent(out::setServerName);
    return out.build();
  }

  static TlsPolicy read(Assigned.TlsPolicy in) {
    return new TlsPolicy(
        Times.duration("expiry_warn", in.getExpiryWarnNs()),
        Times.duration("expiry_fail", in.getExpiryFailNs()),
        Parts.textIf(in.hasAuthorities(), "authorities", in.getAuthorities()).map(Path::of),
        in.hasClientCertificate() ? Optional.of(read(in.getClientCertificate())) : Optional.empty(),
        Parts.textIf(in.hasServerName(), "server_name", in.getServerName()),
        Bounds.known("minimum", VERSIONS.read(in.getMinimum())));
  }

  private static TlsPolicy.ClientCertificate read(Assigned.TlsPolicy.ClientCertificate in) {
    return new TlsPolicy.ClientCertificate(
        Path.of(Parts.text("chain", in.getChain())), Path.of(Parts.text("key", in.getKey())));
  }
}
