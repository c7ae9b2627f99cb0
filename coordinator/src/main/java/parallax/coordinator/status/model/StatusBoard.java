package parallax.coordinator.status.model;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that the public is shown, as of one instant.
 *
 * @param url where the public finds the page
 * @param reports whether anybody may say that something is down for them
 * @param open what lasts, the newest first
 * @param past what is over, the newest first
 * @param windows maintenance that goes on or is near, the next first
 */
public record StatusBoard(
    Instant at,
    String title,
    Optional<URI> url,
    boolean reports,
    List<Group> groups,
    List<PublicIncident> open,
    List<PublicIncident> past,
    List<PublicWindow> windows) {

  public StatusBoard {
    groups = List.copyOf(groups);
    open = List.copyOf(open);
    past = List.copyOf(past);
    windows = List.copyOf(windows);
  }

  /** Some services under a heading. */
  public record Group(String name, List<ServiceView> services) {
    public Group {
      services = List.copyOf(services);
    }
  }

  /** All services, in the order in which they are shown. */
  public Stream<ServiceView> services() {
    return groups.stream().flatMap(group -> group.services().stream());
  }

  /** The service of this name, if there is one. */
  public Optional<ServiceView> service(String name) {
    return services().filter(service -> service.name().equals(name)).findFirst();
  }

  /** All incidents, those that last first. */
  public List<PublicIncident> incidents() {
    return Stream.concat(open.stream(), past.stream()).toList();
  }

  /** How all of it is: as bad as its worst service. */
  public ServiceState overall() {
    List<ServiceState> states = services().map(ServiceView::state).distinct().toList();
    return Stream.of(
            ServiceState.DOWN,
            ServiceState.DEGRADED,
            ServiceState.UNKNOWN,
            ServiceState.MAINTENANCE,
            ServiceState.UP)
        .filter(states::contains)
        .findFirst()
        .orElse(ServiceState.UNKNOWN);
  }
}
