package parallax.coordinator.drill.stage;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import parallax.config.check.CheckKind;
import parallax.config.check.CheckSpec.ServiceSpec;
import parallax.config.check.service.Security;
import parallax.config.observation.Layer;
import parallax.config.observation.Vantage;
import parallax.config.target.Target;
import parallax.coordinator.replay.scenario.Token;

/** What the faults of a drill make of looks. The same look is always hit alike. */
final class Overlay {
  private final List<Fault> faults;
  private final long leadInMs;
  private final Duration usual;

  /**
   * The faults.
   *
   * @param leadInMs from the beginning of the stage to that of the drill
   * @param usual how long a fault lasts that does not say it
   */
  Overlay(List<Fault> faults, long leadInMs, Duration usual) {
    this.faults = List.copyOf(faults);
    this.leadInMs = leadInMs;
    this.usual = usual;
  }

  /** What becomes of a look that is hit: nothing is heard of it, or a layer fails. */
  sealed interface Hit {
    record Silence() implements Hit {}

    record Sees(Token token) implements Hit {}
  }

  /** What becomes of a look; empty: it is as usual. Later faults win over earlier ones. */
  Optional<Hit> of(Copy copy, long atMs) {
    Optional<Hit> hit = Optional.empty();
    for (int index = 0; index < faults.size(); index++) {
      Fault fault = faults.get(index);
      boolean drawn = fault.share() >= 1 || draw(index, copy, atMs) < fault.share();
      if (isActive(fault, atMs) && selects(fault, copy) && drawn) {
        Optional<Hit> now = seen(fault, copy);
        hit = now.isPresent() ? now : hit;
      }
    }
    return hit;
  }

  /** Whether a probe says nothing at all, not even that it is alive. */
  boolean isSilent(Vantage vantage, long atMs) {
    return faults.stream()
        .filter(fault -> fault.seen() instanceof Fault.Seen.Silence)
        .filter(fault -> fault.whom().isOfProbes() && fault.share() >= 1)
        .anyMatch(fault -> isActive(fault, atMs) && fault.whom().selects(vantage));
  }

  /** When the last fault is over. */
  long endMs() {
    return faults.stream().mapToLong(this::endMs).max().orElse(leadInMs);
  }

  private long endMs(Fault fault) {
    return leadInMs + fault.after().plus(fault.length().orElse(usual)).toMillis();
  }

  private boolean isActive(Fault fault, long atMs) {
    return leadInMs + fault.after().toMillis() <= atMs && atMs < endMs(fault);
  }

  /** Whether a fault makes any difference to a check. */
  static boolean hits(Fault fault, Copy copy) {
    return selects(fault, copy) && seen(fault, copy).isPresent();
  }

  private static boolean selects(Fault fault, Copy copy) {
    return fault.whom().selects(copy.vantage()) && fault.whom().selects(copy.target());
  }

  private static double draw(int index, Copy copy, long atMs) {
    long key = 31L * (31L * copy.key().hashCode() + index) + atMs;
    return new SplittableRandom(key).nextDouble();
  }

  /** The first stage of the check that is bad. */
  private static Optional<Hit> seen(Fault fault, Copy copy) {
    CheckKind kind = copy.last().check();
    return switch (fault.seen()) {
      case Fault.Seen.Silence() -> Optional.of(new Hit.Silence());
      case Fault.Seen.Cut() -> cut(kind).map(layer -> new Hit.Sees(Token.timeout(layer)));
      case Fault.Seen.Tokens(List<Token> tokens) ->
          stages(kind, copy.target()).stream()
              .flatMap(stage -> tokens.stream().filter(token -> token.layer() == stage))
              .filter(token -> !token.isFine(List.of()))
              .findFirst()
              .map(Hit.Sees::new);
    };
  }

  /** Where a check fails that reaches nothing. */
  private static Optional<Layer> cut(CheckKind kind) {
    return switch (kind) {
      case TCP, TLS, HTTP, ICMP, UDP, NTP, SERVICE, JOURNEY, OPENID, PAGE -> Optional.of(Layer.TCP);
      case REGISTRATION -> Optional.of(Layer.REGISTRATION);
      case DELEGATION -> Optional.of(Layer.DELEGATION);
      case DNS_AUTH -> Optional.of(Layer.DNS_AUTH);
      case DNS -> Optional.of(Layer.DNS);
      case BGP -> Optional.empty();
    };
  }

  /** The layers that a check looks at, in their order. */
  private static List<Layer> stages(CheckKind kind, Target target) {
    return switch (kind) {
      case REGISTRATION -> List.of(Layer.REGISTRATION);
      case DELEGATION -> List.of(Layer.DELEGATION);
      case BGP -> List.of();
      case DNS_AUTH -> List.of(Layer.DNS_AUTH);
      case DNS -> List.of(Layer.DNS);
      case TCP, ICMP -> List.of(Layer.DNS, Layer.TCP);
      case UDP -> List.of(Layer.DNS, Layer.TCP, Layer.CONTENT);
      case NTP -> List.of(Layer.DNS, Layer.TCP, Layer.HTTP);
      case TLS -> List.of(Layer.DNS, Layer.TCP, Layer.TLS);
      case HTTP, SERVICE, JOURNEY, OPENID, PAGE ->
          isPlain(target)
              ? List.of(Layer.DNS, Layer.TCP, Layer.HTTP, Layer.CONTENT)
              : List.of(Layer.DNS, Layer.TCP, Layer.TLS, Layer.HTTP, Layer.CONTENT);
    };
  }

  private static boolean isPlain(Target target) {
    return target.url().filter(url -> "http".equalsIgnoreCase(url.getScheme())).isPresent()
        || target
            .check(CheckKind.SERVICE)
            .filter(check -> check instanceof ServiceSpec of && of.security() == Security.CLEAR)
            .isPresent();
  }

  /** The layer that a success of a check speaks about, as far as its kind tells. */
  static Layer deepest(CheckKind kind) {
    return switch (kind) {
      case REGISTRATION -> Layer.REGISTRATION;
      case DELEGATION -> Layer.DELEGATION;
      case BGP -> Layer.BGP;
      case DNS_AUTH -> Layer.DNS_AUTH;
      case DNS -> Layer.DNS;
      case TCP, ICMP, UDP -> Layer.TCP;
      case TLS -> Layer.TLS;
      case HTTP, NTP, SERVICE, JOURNEY, OPENID, PAGE -> Layer.HTTP;
    };
  }
}
