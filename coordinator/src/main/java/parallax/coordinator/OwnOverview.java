package parallax.coordinator;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
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
 * @param port at which it listens
 */
record OwnOverview(
    Supplier<Optional<Term>> term,
    Supplier<ConfigurationStatus> status,
    Supplier<Standing> standing,
    BooleanSupplier closing,
    CoordinatorNode.Settings settings,
    IntSupplier port)
    implements Overview {
  /** Addresses to listen at that nobody can be sent to. */
  private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "::", "0:0:0:0:0:0:0:0");

  @Override
  public Snapshot snapshot() {
    return term.get()
        .map(Term::snapshot)
        .orElseGet(() -> Snapshot.empty(settings.clock().instant()));
  }

  @Override
  public ConfigurationStatus configuration() {
    return status.get();
  }

  @Override
  public List<ProbeConnection> connections() {
    return settings.peering().connections().get();
  }

  @Override
  public List<Member> members() {
    List<Member> known = settings.peering().members().get();
    return known.isEmpty() && !EVERYWHERE.contains(settings.host()) ? List.of(alone()) : known;
  }

  private Member alone() {
    String host = settings.host();
    String server = host.indexOf(':') < 0 ? host : "[" + host + "]";
    boolean leads = standing.get() instanceof Standing.Leads;
    URI page = URI.create("http://" + server + ":" + port.getAsInt() + "/");
    return new Member(settings.peering().name(), page, settings.version(), leads);
  }

  @Override
  public String version() {
    return settings.version();
  }

  @Override
  public List<String> notReady() {
    List<String> reasons = new ArrayList<>(notAlive());
    reasons.addAll(closing.getAsBoolean() ? List.of("closing") : List.of());
    reasons.addAll(settings.peering().trouble().get());
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
