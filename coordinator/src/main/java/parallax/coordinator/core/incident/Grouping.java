package parallax.coordinator.core.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import parallax.config.observation.Layer;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Why.Rival;
import parallax.coordinator.core.watch.Dependency;
import parallax.coordinator.core.watch.DependencyKind;

/**
 * Which shared dependency explains best that several targets fail at about the same time: the one
 * with the greatest gain in likelihood over chance,
 *
 * <pre>
 * gain = max over p1 of k ln(p1/p0) + (n-k) ln((1-p1)/(1-p0))
 * </pre>
 *
 * where k of its n dependants fail and p0 is how often others do; a little more for the kind that
 * is natural for the layer, a little less the further apart the troubles began.
 */
public final class Grouping {
  /** Less gain than this could be chance. */
  public static final double LEAST_GAIN = 3;

  /**
   * Troubles that began further apart than this are grouped only with an incident that is known.
   */
  public static final Duration WINDOW = Duration.ofMinutes(4);

  /** More members than this are not looked through. */
  static final int MAX_LOOKED_THROUGH = 256;

  /** Two that began further apart than this may have nothing in common but chance. */
  static final Duration PAIR_WINDOW = Duration.ofSeconds(90);

  private static final double[] FAILING_SHARES = {.95, .6, .3};

  /** While the others have not been looked at yet only few of them are known to fail. */
  private static final double EARLY_SHARE = .1;

  private static final int LEAST_EARLY = 3;
  private static final double LEAST_CHANCE = 0.005;
  private static final double APART = 1.5;
  private static final double OTHER_LAYER = 0.5;

  private Grouping() {}

  /** A dependency and how well it explains. */
  public record Found(Dependency dependency, int failing, int dependants, double gain) {
    public Rival rival() {
      return new Rival(dependency.toString(), failing, dependants, gain);
    }
  }

  /** Those who fail besides a member. */
  public interface Others {
    /** How many. */
    int size();

    /** All that stand on it, and perhaps more, in any order. */
    List<Member> mayHave(Dependency dependency);

    /** Just these. */
    static Others of(List<Member> all) {
      return new Others() {
        @Override
        public int size() {
          return all.size();
        }

        @Override
        public List<Member> mayHave(Dependency dependency) {
          return all;
        }
      };
    }
  }

  /**
   * The dependencies of {@code member} that explain its failing together with others', best first.
   */
  public static List<Found> of(Member member, Others others, Dependants dependants) {
    List<Found> found = new ArrayList<>();
    for (Dependency dependency : new TreeSet<>(member.dependencies())) {
      if (canCause(dependency.kind(), member.ruling().cause())) {
        found(dependency, member, others, dependants).ifPresent(found::add);
      }
    }
    found.sort(Comparator.comparingDouble(Found::gain).reversed().thenComparing(Found::dependency));
    return found;
  }

  /** How well a dependency of {@code member} explains its failing together with others'. */
  public static Optional<Found> of(
      Dependency dependency, Member member, Others others, Dependants dependants) {
    return canCause(dependency.kind(), member.ruling().cause())
        ? found(dependency, member, others, dependants)
        : Optional.empty();
  }

  private static boolean has(Member member, Dependency dependency) {
    for (Dependency one : member.dependencies()) {
      if (one.kind() == dependency.kind() && one.name().equals(dependency.name())) {
        return true;
      }
    }
    return false;
  }

  private static Optional<Found> found(
      Dependency dependency, Member member, Others others, Dependants dependants) {
    int failing = 1;
    int sameLayer = 0;
    Instant first = member.onset();
    Instant last = member.onset();
    for (Member other : others.mayHave(dependency)) {
      if (has(other, dependency) && canCause(dependency.kind(), other.ruling().cause())) {
        failing++;
        first = other.onset().isBefore(first) ? other.onset() : first;
        last = other.onset().isAfter(last) ? other.onset() : last;
        sameLayer += layer(other).equals(layer(member)) ? 1 : 0;
      }
    }
    int failingElsewhere = others.size() + 1 - failing;
    int all = Math.max(dependants.count(dependency), failing);
    boolean far = failing == 2 && Duration.between(first, last).compareTo(PAIR_WINDOW) > 0;
    if (failing < 2 || far) {
      return Optional.empty();
    }
    int elsewhere = Math.max(1, dependants.targets() - all);
    double chance = Math.max(LEAST_CHANCE, (double) failingElsewhere / elsewhere);
    double gain = gain(failing, all, Math.min(chance, .5)) + natural(dependency.kind(), member);
    double apart =
        (double) Duration.between(first, last).toMillis() / WINDOW.toMillis() / (failing - 1);
    gain -= APART * Math.min(1, apart);
    gain -= sameLayer == 0 ? OTHER_LAYER : 0;
    return Optional.of(new Found(dependency, failing, all, gain));
  }

  private static Optional<Layer> layer(Member member) {
    return member.ruling().cause().flatMap(Cause::layer);
  }

  static double gain(int failing, int all, double chance) {
    double best = Double.NEGATIVE_INFINITY;
    for (double share : FAILING_SHARES) {
      best = Math.max(best, gain(failing, all, chance, share));
    }
    return failing < LEAST_EARLY ? best : Math.max(best, gain(failing, all, chance, EARLY_SHARE));
  }

  private static double gain(int failing, int all, double chance, double share) {
    return failing * Math.log(share / chance)
        + (all - failing) * (Math.log1p(-share) - Math.log1p(-chance));
  }

  /** Whether trouble of such a dependency can show as that of a target. */
  public static boolean causes(DependencyKind kind, Member member) {
    return canCause(kind, member.ruling().cause());
  }

  /** Whether trouble of such a dependency can show as this cause. */
  static boolean canCause(DependencyKind kind, Optional<Cause> cause) {
    return canCause(kind, cause.flatMap(Cause::layer).orElse(Layer.HTTP));
  }

  /** Whether trouble of such a dependency can show at this layer. */
  public static boolean canCause(DependencyKind kind, Layer layer) {
    return switch (kind) {
      case REGISTRY, REGISTRAR, TLD -> layer == Layer.REGISTRATION || layer == Layer.DELEGATION;
      case NAME_SERVERS -> layer == Layer.DNS_AUTH || layer == Layer.DNS || layer == Layer.BGP;
      case NAME_SERVER_ASN -> layer == Layer.DNS_AUTH || layer == Layer.BGP || layer == Layer.DNS;
      case CDN, CLOUD, SERVER_ASN, PREFIX -> !layer.breaks(Layer.TCP) || layer == Layer.BGP;
      case CA -> layer == Layer.TLS;
      case OPERATOR -> layer != Layer.REGISTRATION;
    };
  }

  private static double natural(DependencyKind kind, Member member) {
    Layer layer = layer(member).orElse(Layer.HTTP);
    return switch (kind) {
      case NAME_SERVERS -> layer == Layer.BGP ? 0.1 : 0.3;
      case TLD -> 0.3;
      case REGISTRY -> 0.2;
      case REGISTRAR -> layer == Layer.REGISTRATION ? 0.25 : 0.1;
      case CDN -> 0.3;
      case CLOUD -> 0.25;
      case SERVER_ASN -> 0.2;
      case NAME_SERVER_ASN -> layer == Layer.BGP ? 0.3 : 0.15;
      case CA -> 0.3;
      case OPERATOR -> 0.2;
      case PREFIX -> 0.05;
    };
  }
}
