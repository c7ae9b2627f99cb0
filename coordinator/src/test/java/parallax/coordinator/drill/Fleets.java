package parallax.coordinator.drill;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parallax.config.Configuration;
import parallax.config.check.CheckKind;
import parallax.config.observation.Outcome;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Vantage;
import parallax.config.target.Region;
import parallax.config.target.Target;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.view.ProbeView;
import parallax.coordinator.view.Snapshot;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.view.UptimeHistory;

/** Six probes in three regions and networks that look at some shops. */
final class Fleets {
  static final List<String> REGIONS = List.of("tokyo", "frankfurt", "oregon");

  private Fleets() {}

  static List<Vantage> vantages() {
    List<Vantage> all = new ArrayList<>();
    for (int index = 0; index < 6; index++) {
      Region region = new Region(REGIONS.get(index / 2));
      all.add(new Vantage(new ProbeName("p" + index), region, Optional.of(64_500L + index)));
    }
    return all;
  }

  /** As it looks when all is well, but for {@code failing}. */
  static Snapshot snapshot(
      Configuration configuration, Optional<String> failing, List<Incident> open, Instant now) {
    List<TargetView> views = new ArrayList<>();
    for (Target target : configuration.targets()) {
      TargetView view =
          new TargetView(
              target,
              Examples.verdict(target.name().value(), TargetState.UP, now.minusSeconds(60)),
              List.of(),
              UptimeHistory.EMPTY,
              Optional.empty());
      boolean fails = failing.filter(target.name().value()::equals).isPresent();
      for (Vantage vantage : vantages()) {
        Outcome outcome = fails ? Examples.REFUSED : Outcome.up();
        view =
            view.seeing(
                new Evidence(
                    Examples.observation(
                        vantage, target.name().value(), CheckKind.HTTP, outcome, now),
                    now));
      }
      views.add(view);
    }
    List<ProbeView> probes =
        vantages().stream()
            .map(each -> new ProbeView(each, now, Optional.empty(), 1, 0, 0, 0))
            .toList();
    return new Snapshot(now, configuration, views, open, probes);
  }
}
