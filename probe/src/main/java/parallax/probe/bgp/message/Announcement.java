package parallax.probe.bgp.message;

import java.util.List;
import parallax.probe.bgp.route.PathAttributes;

/** Routes that share one way. */
public record Announcement(PathAttributes attributes, List<Route> routes) {
  public Announcement {
    routes = List.copyOf(routes);
  }
}
