package parallax.probe.dns.walk;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;
import parallax.probe.dns.delegation.Delegation;
import parallax.probe.dns.delegation.Step;
import parallax.probe.dns.delegation.Visit;
import parallax.probe.dns.delegation.Walk;
import parallax.probe.dns.wire.Question;

/**
 * Other names below the same parent zone, to be walked to when a walk fails: whether they fail too
 * tells trouble of the parent from trouble of the zone. Pure.
 */
public final class ControlNames {
  /** Two can tell, a third settles it. */
  public static final int MAX_NAMES = 3;

  private static final String REGISTRY = "nic";

  private ControlNames() {}

  /**
   * Names below the zone that {@code walk} found above its own, which are or lie in others' zones:
   * those that are given, else those of servers on the way, else the registry's own (nic.TLD). To
   * be walked to with {@link #question}.
   *
   * @param given by whoever knows stable names there; those elsewhere do not count
   * @return at most {@link #MAX_NAMES}, without the walk's own zone
   */
  public static List<Name> of(Walk walk, List<Name> given) {
    return walk.parent()
        .map(Step::zone)
        .map(
            parent ->
                Stream.of(given.stream(), hosts(walk), registry(parent))
                    .flatMap(Function.identity())
                    .filter(name -> name.subdomain(parent) && !name.equals(parent))
                    .filter(name -> !name.subdomain(walk.zone()) && !walk.zone().subdomain(name))
                    .distinct()
                    .limit(MAX_NAMES)
                    .toList())
        .orElse(List.of());
  }

  /** What to ask for on the way to {@code name}: every one of them has an address. */
  public static Question question(Name name) {
    return new Question(name, Type.A);
  }

  private static Stream<Name> hosts(Walk walk) {
    Stream<Name> asked =
        walk.steps().stream()
            .flatMap(step -> step.visits().stream())
            .map(Visit::server)
            .map(server -> server.host());
    Stream<Name> named =
        walk.delegation().stream().map(Delegation::servers).flatMap(Collection::stream);
    return Stream.concat(named, asked);
  }

  private static Stream<Name> registry(Name parent) {
    return Question.nameOf(REGISTRY + "." + parent).stream();
  }
}
