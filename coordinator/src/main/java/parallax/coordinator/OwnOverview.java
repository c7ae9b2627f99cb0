package parallax.coordinator;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import parallax.coordinator.view.ConfigurationStatus;
import parallax.coordinator.view.Overview;
import parallax.coordinator.view.ProbeConnection;
import parallax.coordinator.view.Snapshot;
import parallax.coordinator.view.Standing;

/**
 * What a coordinator shows of itself.
 *
 * @param closing whether it is about to end
 */
record OwnOverview(
    Supplier<Optional<Term>> term,
    Supplier<ConfigurationStatus> status,
    Supplier<Standing> standing,
    BooleanSupplier closing,
    Peering peering,
    InstantSource clock,
    String version)
    implements Overview {

  @Override
  public Snapshot snapshot() {
    return term.get().map(Term::snapshot).orElseGet(() -> Snapshot.empty(clock.instant()));
  }

  @Override
  public ConfigurationStatus configuration() {
    return status.get();
  }

  @Override
  public List<ProbeConnection> connections() {
    return peering.connections().get();
  }

  @Override
  public List<String> notReady() {
    List<String> reasons = new ArrayList<>(notAlive());
    reasons.addAll(closing.getAsBoolean() ? List.of("closing") : List.of());
    reasons.addAll(peering.trouble().get());
    if (standing.get() instanceof Standing.Waits(String why)) {
      reasons.add("no coordinator leads: " + why);
    }
    term.get().ifPresent(leading -> reasons.addAll(leading.notReady()));
    return List.copyOf(reasons);
  }

  @Override
  public List<String> notAlive() {
    return term.get().flatMap(Term::notDeciding).stream().toList();
  }
}
