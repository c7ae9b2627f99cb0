package parallax.config.publicpage;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the public may see. Whatever is not named here is shown to nobody.
 *
 * @param title whose page it is
 * @param url where the public finds the page, for links in feeds and notices; empty: nobody told
 * @param groups in the order in which they are shown; names of services are unique among all
 */
public record StatusPage(String title, Optional<URI> url, List<Group> groups) {
  /** The most groups. */
  public static final int MAX_GROUPS = 20;

  /** The most services of one group. */
  public static final int MAX_SERVICES = 50;

  /** The longest title or name, in UTF-16 code units. */
  public static final int MAX_NAME = 60;

  /** The longest description, in UTF-16 code units. */
  public static final int MAX_DESCRIPTION = 300;

  /** What is shown where nothing is configured. */
  public static final StatusPage NONE = new StatusPage("Status", Optional.empty(), List.of());

  public StatusPage {
    groups = List.copyOf(groups);
  }

  /** Some services under a heading. */
  public record Group(String name, List<Service> services) {
    public Group {
      services = List.copyOf(services);
    }
  }

  /** All services, in the order in which they are shown. */
  public Stream<Service> services() {
    return groups.stream().flatMap(group -> group.services().stream());
  }

  /** The service of this name, if there is one. */
  public Optional<Service> service(String name) {
    return services().filter(service -> service.name().equals(name)).findFirst();
  }
}
