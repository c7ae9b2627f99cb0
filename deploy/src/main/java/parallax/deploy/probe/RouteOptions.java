package parallax.deploy.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parallax.config.check.ServerAddress;
import parallax.config.routes.SourceSpec;
import parallax.config.text.HostText;
import parallax.deploy.command.Listen;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Where this machine listens to routers. No coordinator can say that: it could open a port on a
 * machine that is not its own.
 */
final class RouteOptions {
  private static final long MAX_ASN = 0xFFFF_FFFFL;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--bmp-listen",
      paramLabel = "HOST:PORT",
      description = "Where routers report to by BMP (RFC 7854), for checks of routes.")
  private @Nullable String bmp;

  @Option(
      names = "--bmp-from",
      split = ",",
      paramLabel = "CIDR",
      description = "Networks that may report there. Default: this machine alone.")
  private List<String> reporters = new ArrayList<>();

  @Option(
      names = "--bgp-listen",
      paramLabel = "HOST:PORT",
      description = "Where routers open BGP sessions, to which nothing is ever announced.")
  private @Nullable String bgp;

  @Option(
      names = "--bgp-asn",
      paramLabel = "N",
      description = "The autonomous system that is told to them.")
  private long asn;

  @Option(
      names = "--bgp-id",
      paramLabel = "IPV4",
      description = "The BGP identifier that is told to them.")
  private String id = "";

  @Option(
      names = "--bgp-neighbour",
      split = ",",
      paramLabel = "ADDRESS=ASN",
      description = "A router that may open a session. Several are allowed.")
  private List<String> neighbours = new ArrayList<>();

  /** Whom this machine listens to. */
  List<SourceSpec> sources() {
    List<SourceSpec> sources = new ArrayList<>();
    if (bmp != null) {
      reporters.stream()
          .filter(network -> !HostText.isPrefix(network))
          .findFirst()
          .ifPresent(network -> refuse("--bmp-from", "is no network: " + network));
      sources.add(new SourceSpec.BmpStation(place("--bmp-listen", bmp), reporters));
    } else if (!reporters.isEmpty()) {
      refuse("--bmp-from", "needs --bmp-listen");
    }
    session().ifPresent(sources::add);
    return sources;
  }

  private Optional<SourceSpec> session() {
    if (bgp == null) {
      if (!neighbours.isEmpty() || !id.isEmpty() || asn != 0) {
        refuse("--bgp-neighbour, --bgp-asn and --bgp-id", "need --bgp-listen");
      }
      return Optional.empty();
    }
    if (asn < 1 || asn > MAX_ASN) {
      refuse("--bgp-asn", "must be a number from 1 to " + MAX_ASN);
    }
    if (!HostText.isIpv4(id)) {
      refuse("--bgp-id", "must be an IPv4 address, such as 192.0.2.1");
    }
    if (neighbours.isEmpty()) {
      refuse("--bgp-listen", "needs --bgp-neighbour: nobody else may open a session");
    }
    return Optional.of(
        new SourceSpec.BgpSession(
            place("--bgp-listen", bgp),
            asn,
            id,
            neighbours.stream().map(this::neighbour).toList()));
  }

  private SourceSpec.Neighbour neighbour(String written) {
    int sign = written.indexOf('=');
    String address = written.substring(0, Math.max(0, sign));
    try {
      long number = Long.parseLong(written.substring(sign + 1));
      if (HostText.isAddress(address) && number > 0 && number <= MAX_ASN) {
        return new SourceSpec.Neighbour(address, number);
      }
    } catch (NumberFormatException e) {
      throw wrong("--bgp-neighbour", "must be ADDRESS=ASN: " + written);
    }
    throw wrong("--bgp-neighbour", "must be ADDRESS=ASN: " + written);
  }

  private ServerAddress place(String option, String written) {
    Listen listen = Listen.parse(spec, option, written);
    if (!HostText.isAddress(listen.host())) {
      refuse(option, "must be an address of this machine and a port: " + written);
    }
    return new ServerAddress(listen.host(), listen.port());
  }

  private void refuse(String option, String why) {
    throw wrong(option, why);
  }

  private ParameterException wrong(String option, String why) {
    return new ParameterException(spec.commandLine(), option + " " + why);
  }
}
