package parallax.coordinator.configuration;

import java.util.List;
import java.util.TreeSet;
import parallax.config.Configuration;
import parallax.config.check.CheckSpec;
import parallax.config.policy.Receiver;
import parallax.config.policy.Route;
import parallax.config.target.Target;
import parallax.config.text.HostText;
import parallax.coordinator.core.watch.Cadence;
import parallax.coordinator.core.watch.Dependencies;
import parallax.coordinator.core.watch.Dependency;
import parallax.coordinator.core.watch.DependencyKind;
import parallax.coordinator.core.watch.QuietTimes;
import parallax.coordinator.core.watch.Watched;
import parallax.coordinator.core.watch.Watchlist;

/** From what users wrote to what the core watches. */
public final class Watchlists {
  /** Labels of a target that say who runs it. */
  private static final List<String> OPERATOR_LABELS = List.of("operator", "service");

  private Watchlists() {}

  public static Watchlist of(Configuration configuration) {
    return new Watchlist(
        configuration.targets().stream().map(target -> watched(configuration, target)).toList(),
        ourReceivers(configuration));
  }

  private static Watched watched(Configuration configuration, Target target) {
    return new Watched(
        target.name(),
        target.from(),
        target.checks().stream()
            .map(spec -> new Cadence(spec.kind(), spec.interval(target.interval()), spec.timeout()))
            .toList(),
        dependencies(target),
        quiet(configuration, target),
        configuration.receiversFor(target).stream().map(Receiver::name).toList(),
        version(target));
  }

  /** Differs when a check looks at something else; the interval is not part of it. */
  private static int version(Target target) {
    StringBuilder text = new StringBuilder(target.url().map(Object::toString).orElse(""));
    for (CheckSpec spec : target.checks()) {
      text.append('\n').append(spec);
    }
    return text.toString().hashCode();
  }

  private static List<QuietTimes> quiet(Configuration configuration, Target target) {
    return configuration.maintenance().stream()
        .filter(maintenance -> maintenance.matches(target.labels()))
        .<QuietTimes>map(MaintenanceTimes::new)
        .toList();
  }

  private static Dependencies dependencies(Target target) {
    TreeSet<Dependency> shared = new TreeSet<>();
    target
        .url()
        .map(url -> url.getHost())
        .flatMap(HostText::name)
        .filter(host -> host.contains("."))
        .map(host -> host.substring(host.lastIndexOf('.') + 1))
        .ifPresent(tld -> shared.add(new Dependency(DependencyKind.TLD, tld)));
    for (String label : OPERATOR_LABELS) {
      if (target.labels().containsKey(label)) {
        shared.add(new Dependency(DependencyKind.OPERATOR, target.labels().get(label)));
        break;
      }
    }
    return new Dependencies(List.copyOf(shared), List.of());
  }

  /** Who hears of trouble on our own side: those who hear of whatever has no route of its own. */
  private static List<String> ourReceivers(Configuration configuration) {
    List<String> general =
        configuration.routes().stream()
            .filter(route -> route.match().isEmpty())
            .map(Route::to)
            .flatMap(List::stream)
            .distinct()
            .toList();
    return general.isEmpty()
        ? configuration.receivers().stream().map(Receiver::name).toList()
        : general;
  }
}
