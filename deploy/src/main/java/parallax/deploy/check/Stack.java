package parallax.deploy.check;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import parallax.config.check.BgpSpec;
import parallax.config.check.CheckSpec;
import parallax.config.check.CheckSpec.ServiceSpec;
import parallax.config.check.DnsSpec;
import parallax.config.check.HttpSpec;
import parallax.config.check.RegistrationSpec;
import parallax.config.check.TcpSpec;
import parallax.config.check.TlsSpec;
import parallax.config.check.ZoneSpec;
import parallax.config.check.service.Security;
import parallax.config.observation.Facts;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Outcome;
import parallax.config.observation.Phase;
import parallax.config.observation.Timings;
import parallax.deploy.terminal.Times;
import parallax.probe.check.CheckResult;

/** Takes the result of a check apart into the layers it passed. */
final class Stack {
  private Stack() {}

  /** The layers that this check looks at, in causal order. */
  static List<Layer> layersOf(CheckSpec spec) {
    return switch (spec) {
      case RegistrationSpec _ -> List.of(Layer.REGISTRATION);
      case ZoneSpec.Delegation _ -> List.of(Layer.DELEGATION);
      case BgpSpec _ -> List.of(Layer.BGP);
      case ZoneSpec.NameServers _ -> List.of(Layer.DNS_AUTH);
      case DnsSpec _ -> List.of(Layer.DNS);
      case TcpSpec _ -> List.of(Layer.DNS, Layer.TCP);
      case TlsSpec _ -> List.of(Layer.DNS, Layer.TCP, Layer.TLS);
      case HttpSpec http when "https".equals(http.url().getScheme()) ->
          List.of(Layer.DNS, Layer.TCP, Layer.TLS, Layer.HTTP, Layer.CONTENT);
      case HttpSpec _ -> List.of(Layer.DNS, Layer.TCP, Layer.HTTP, Layer.CONTENT);
      case ServiceSpec service when service.security() == Security.CLEAR ->
          List.of(Layer.DNS, Layer.TCP, Layer.HTTP, Layer.CONTENT);
      case ServiceSpec _ -> List.of(Layer.DNS, Layer.TCP, Layer.TLS, Layer.HTTP, Layer.CONTENT);
    };
  }

  /**
   * One row for each layer of the check.
   *
   * @param now for the days a certificate has left
   */
  static List<LayerRow> rows(CheckSpec spec, CheckResult result, Instant now) {
    List<LayerRow> rows = new ArrayList<>();
    Duration start = Duration.ZERO;
    for (Layer layer : layersOf(spec)) {
      if (layer == Layer.TLS && staysInClear(spec, result)) {
        continue;
      }
      Duration time = time(layer, spec, result.timings());
      LayerRow.State state = state(layer, result);
      String seen = state == LayerRow.State.SKIPPED ? "" : seen(layer, spec, result.facts(), now);
      Optional<Finding> finding =
          layer == result.layer() ? result.outcome().why() : Optional.empty();
      rows.add(new LayerRow(layer, state, seen, finding, start, time));
      start = start.plus(time);
    }
    return rows;
  }

  /** Whether TLS was not come to, where only the dialogue decides about it. */
  private static boolean staysInClear(CheckSpec spec, CheckResult result) {
    return spec instanceof ServiceSpec service
        && service.security() != Security.TLS
        && result.layer() != Layer.TLS
        && result.facts().tlsVersion().isEmpty();
  }

  private static LayerRow.State state(Layer layer, CheckResult result) {
    boolean failed =
        switch (result.outcome()) {
          case Outcome.Up _, Outcome.Degraded _ -> false;
          case Outcome.Down _, Outcome.Inconclusive _ -> true;
        };
    if (layer == result.layer()) {
      return switch (result.outcome()) {
        case Outcome.Up _ -> LayerRow.State.UP;
        case Outcome.Degraded _ -> LayerRow.State.DEGRADED;
        case Outcome.Down _ -> LayerRow.State.DOWN;
        case Outcome.Inconclusive _ -> LayerRow.State.INCONCLUSIVE;
      };
    }
    return failed && result.layer().breaks(layer) ? LayerRow.State.SKIPPED : LayerRow.State.UP;
  }

  private static Duration time(Layer layer, CheckSpec spec, Timings timings) {
    Optional<Phase> phase =
        switch (layer) {
          case DNS -> Optional.of(spec instanceof DnsSpec ? Phase.FIRST_BYTE : Phase.RESOLVE);
          case TCP -> Optional.of(Phase.CONNECT);
          case TLS -> Optional.of(Phase.TLS);
          case HTTP -> Optional.of(Phase.FIRST_BYTE);
          case CONTENT -> Optional.of(Phase.TRANSFER);
          case DELEGATION, DNS_AUTH -> Optional.of(Phase.FIRST_BYTE);
          case REGISTRATION, BGP -> Optional.empty();
        };
    return phase.flatMap(timings::of).orElse(Duration.ZERO);
  }

  private static String seen(Layer layer, CheckSpec spec, Facts facts, Instant now) {
    boolean service = spec instanceof ServiceSpec;
    if (service && layer == Layer.HTTP) {
      return String.join(", ", facts.answers());
    }
    return switch (layer) {
      case DELEGATION, DNS_AUTH -> String.join(", ", facts.answers());
      case DNS -> service ? "" : String.join(", ", facts.answers());
      case TCP -> facts.address().orElse("");
      case TLS ->
          facts.tlsVersion().orElse("")
              + facts.certificateExpiry().map(end -> ", " + expiry(end, now)).orElse("");
      case HTTP ->
          facts.httpStatus().map(status -> "status " + status).orElse("")
              + facts.httpVersion().map(version -> ", HTTP/" + version).orElse("")
              + (facts.redirects() == 0 ? "" : ", redirects: " + facts.redirects());
      case CONTENT ->
          facts.bodyBytes().map(bytes -> String.format(Locale.ROOT, "%,d bytes", bytes)).orElse("");
      case REGISTRATION -> facts.registration().map(Stack::registration).orElse("");
      case BGP ->
          facts.routes().stream().map(Stack::route).distinct().collect(Collectors.joining(", "));
    };
  }

  private static String route(Facts.RouteSeen route) {
    String by =
        route.origins().stream().map(asn -> "AS" + asn).collect(Collectors.joining(" and "));
    return route.prefix() + (by.isEmpty() ? "" : " by " + by);
  }

  static String registration(Facts.RegistrationSeen seen) {
    String until =
        seen.expiry().map(end -> " until " + end.atOffset(ZoneOffset.UTC).toLocalDate()).orElse("");
    return seen.domain()
        + " registered"
        + until
        + seen.registrar().map(name -> ", registrar " + name).orElse("")
        + ", told by "
        + seen.registry();
  }

  private static String expiry(Instant end, Instant now) {
    String day = end.atOffset(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS).toLocalDate().toString();
    return end.isAfter(now)
        ? "certificate until " + day + " (" + Times.rough(Duration.between(now, end)) + ")"
        : "certificate until " + day + " (" + Times.rough(Duration.between(end, now)) + " ago)";
  }
}
