package parallax.deploy.check.resolver;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parallax.config.check.ServerAddress;
import parallax.probe.dns.vantage.SideBySide;
import parallax.probe.dns.vantage.Vantage;
import parallax.probe.dns.vantage.line.ServerJudge;
import parallax.probe.tls.judge.TrustAnchors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The resolvers that somebody wants to see beside each other. */
public final class ResolverOptions {
  /** Resolvers that one look takes; this machine's own come on top. */
  static final int MAX_WRITTEN = 16;

  @Option(
      names = "--resolver",
      split = ",",
      paramLabel = "RESOLVER",
      description = {
        "Asked for the name beside this machine's resolvers and the name servers themselves:",
        "HOST[:PORT], tcp://HOST[:PORT], tls://HOST[:PORT] or https://HOST[:PORT][/PATH].",
        "The look itself goes through those that are HOST[:PORT], if there are any."
      })
  private List<String> written = new ArrayList<>();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  /** All of them, in the order written. */
  public List<SideBySide.Written> all() {
    if (written.size() > MAX_WRITTEN) {
      throw new ParameterException(
          spec.commandLine(), "--resolver: at most " + MAX_WRITTEN + ", not " + written.size());
    }
    return written.stream().map(this::parsed).toList();
  }

  /** Those that a configuration could name, which a target's name is looked up with. */
  public List<ServerAddress> plain() {
    return all().stream()
        .filter(one -> one.way() instanceof Vantage.Udp)
        .map(SideBySide.Written::server)
        .toList();
  }

  /** Whether any proves who it is. */
  public boolean speakTls() {
    return all().stream()
        .anyMatch(one -> one.way() instanceof Vantage.Tls || one.way() instanceof Vantage.Https);
  }

  private SideBySide.Written parsed(String text) {
    return switch (ResolverText.parse(text)) {
      case ResolverText.Good(SideBySide.Written resolver) -> resolver;
      case ResolverText.Bad(String why) ->
          throw new ParameterException(spec.commandLine(), "--resolver: " + why);
    };
  }

  /** Who vouches for resolvers that speak TLS: this machine's CAs, and those in {@code more}. */
  public TrustAnchors authorities(Optional<Path> more) {
    TrustAnchors machine = ServerJudge.machineAuthorities();
    return more.map(file -> machine.and(certificates(file))).orElse(machine);
  }

  private List<X509Certificate> certificates(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
          .filter(X509Certificate.class::isInstance)
          .map(X509Certificate.class::cast)
          .toList();
    } catch (IOException | CertificateException e) {
      throw new ParameterException(
          spec.commandLine(), "--ca: cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
