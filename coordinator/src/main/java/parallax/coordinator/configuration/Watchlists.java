package parallax.coordinator.configuration;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import parallax.config.Configuration;
import parallax.config.check.CheckSpec;
import parallax.config.target.Target;
import parallax.config.text.HostText;
import parallax.coordinator.core.watch.Cadence;
import parallax.coordinator.core.watch.Dependencies;
import parallax.coordinator.core.watch.Dependency;
import parallax.coordinator.core.watch.DependencyKind;
import parallax.coordinator.core.watch.QuietTimes;
import parallax.coordinator.core.watch.Watched;
import parallax.coordinator.core.watch.Watchlist;
import parallax.coordinator.silence.Silence;

/** From what users wrote to what the core watches. */
public final class Watchlists {
  /** Labels of a target that say who runs it. */
  private static final List<String> OPERATOR_LABELS = List.of("operator", "service");

  private Watchlists() {}

  /** What the core watches: all that is looked at. */
  public static Watchlist of(Configuration configuration) {
    Watchlist all = of(configuration, List.of());
    List<Watched> looked = all.targets().stream().filter(each -> !each.checks().isEmpty()).toList();
    return new Watchlist(looked, all.rules());
  }

  /** Also jobs, which have no checks, and with nobody told of what is silenced. */
  public static Watchlist of(Configuration configuration, List<Silence> silences) {
    return new Watchlist(
        configuration.targets().stream()
            .map(target -> watched(configuration, silences, target))
            .toList(),
        configuration.rules());
  }

  private static Watched watched(
      Configuration configuration, List<Silence> silences, Target target) {
    return new Watched(
        target.name(),
        target.from(),
        target.checks().stream()
            .map(spec -> new Cadence(spec.kind(), spec.interval(target.interval()), spec.timeout()))
            .toList(),
        dependencies(target),
        quiet(configuration, silences, target),
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

  private static List<QuietTimes> quiet(
      Configuration configuration, List<Silence> silences, Target target) {
    Stream<QuietTimes> maintained =
        configuration.maintenance().stream()
            .filter(maintenance -> maintenance.matches(target.labels()))
            .map(MaintenanceTimes::new);
    Stream<QuietTimes> silenced =
        silences.stream()
            .filter(silence -> silence.matches(target.name(), target.labels()))
            .filter(silence -> silence.from().isBefore(silence.end()))
            .map(silence -> new QuietTimes.Window(silence.from(), silence.end()));
    return Stream.concat(maintained, silenced).toList();
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
}
