package parallax.deploy.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parallax.config.check.ServerAddress;
import parallax.config.read.check.UrlKinds;
import parallax.probe.dns.dnssec.material.TrustAnchors;
import parallax.probe.dns.walk.RootHints;
import parallax.probe.dns.zone.NameSystem;
import parallax.probe.registration.lookup.RegistrationLookup.Registries;
import parallax.probe.registration.lookup.line.WhoisClient;
import parallax.probe.registration.rdap.RdapBootstrap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The name system whose delegations are walked and the registries that are asked: the internet's,
 * or those of a laboratory.
 */
public final class NameOptions {
  @Option(
      names = "--root-hints",
      paramLabel = "FILE",
      description = "Addresses of the root's name servers, instead of the internet's.")
  private @Nullable Path rootHints;

  @Option(
      names = "--trust-anchors",
      paramLabel = "FILE",
      description = {
        "DS or DNSKEY records of the root, one a line, instead of the internet's.",
        "With --root-hints alone signatures are not judged."
      })
  private @Nullable Path trustAnchors;

  @Option(
      names = "--dns-port",
      paramLabel = "N",
      description = "Where all name servers on the way listen. Default: 53.")
  private @Nullable Integer port;

  @Option(
      names = "--rdap-bootstrap",
      paramLabel = "FILE",
      description = {
        "RDAP servers by suffix (RFC 9224), instead of the internet's.",
        "With --root-hints alone no registry is asked."
      })
  private @Nullable Path rdapBootstrap;

  @Option(
      names = "--whois",
      paramLabel = "HOST[:PORT]",
      description = "Asked in place of every WHOIS server. Default port: 43.")
  private @Nullable String whois;

  @Option(
      names = "--no-list-updates",
      description = {
        "Do not download newer public lists (of suffixes, of RDAP servers).",
        "A laboratory never does."
      })
  private boolean asTheyAre;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  /** As the options say. */
  public NameSystem system() {
    NameSystem usual = NameSystem.ofInternet();
    Optional<RootHints> roots = Optional.ofNullable(rootHints).map(this::hints);
    TrustAnchors anchors =
        Optional.ofNullable(trustAnchors)
            .map(this::anchors)
            .orElse(roots.isPresent() ? NameSystem.NO_ANCHORS : usual.anchors());
    int listening = Optional.ofNullable(port).orElse(usual.port());
    try {
      return new NameSystem(roots.orElse(usual.roots()), anchors, listening);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--dns-port: " + e.getMessage(), e);
    }
  }

  /** Who is asked who holds a domain. A laboratory's names are none of the world's registries'. */
  public Registries registries() {
    Optional<RdapBootstrap> bootstrap = Optional.ofNullable(rdapBootstrap).map(this::bootstrap);
    Optional<ServerAddress> server = Optional.ofNullable(whois).map(this::whoisServer);
    boolean laboratory = rootHints != null || bootstrap.isPresent() || server.isPresent();
    if (laboratory) {
      return new Registries.Laboratory(bootstrap, server);
    }
    return asTheyAre ? Registries.WITHOUT_DOWNLOADS : Registries.OF_WORLD;
  }

  /**
   * Where public lists are kept below {@code data}; a laboratory goes by those that are shipped.
   */
  public Optional<Path> lists(Path data) {
    return switch (registries()) {
      case Registries.World _ -> Optional.of(data.resolve("lists"));
      case Registries.Laboratory _ -> Optional.empty();
    };
  }

  /** Whether it is another name system than the internet's. */
  public boolean isLaboratory() {
    return rootHints != null;
  }

  private RdapBootstrap bootstrap(Path file) {
    try {
      return RdapBootstrap.readShort(Files.readAllBytes(file))
          .orElseThrow(
              () ->
                  new ParameterException(
                      spec.commandLine(), "--rdap-bootstrap: names no server: " + file));
    } catch (IOException e) {
      throw unreadable("--rdap-bootstrap", file, e);
    }
  }

  private ServerAddress whoisServer(String written) {
    return UrlKinds.server(written, WhoisClient.PORT)
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(), "--whois: write host or host:port, not " + written));
  }

  private RootHints hints(Path file) {
    try {
      return RootHints.in(file);
    } catch (IOException e) {
      throw unreadable("--root-hints", file, e);
    }
  }

  private TrustAnchors anchors(Path file) {
    try {
      return switch (TrustAnchors.parse(Files.readString(file))) {
        case TrustAnchors.Anchors(TrustAnchors anchors) -> anchors;
        case TrustAnchors.Unreadable(int line, String detail) ->
            throw new ParameterException(
                spec.commandLine(), "--trust-anchors: " + file + ":" + line + ": " + detail);
      };
    } catch (IOException e) {
      throw unreadable("--trust-anchors", file, e);
    }
  }

  private ParameterException unreadable(String option, Path file, IOException why) {
    return new ParameterException(
        spec.commandLine(), option + ": cannot read " + file + ": " + why.getMessage(), why);
  }
}
