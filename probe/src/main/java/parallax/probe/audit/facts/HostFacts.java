package parallax.probe.audit.facts;

import java.util.List;
import java.util.Optional;

/**
 * What is known of a host.
 *
 * @param name as configured, or as mail or name servers are called; in lower case without last dot
 * @param domain the registrable name that it lies in; empty for addresses and private names
 * @param places every address that it has; empty also when that could not be told
 * @param providers who stands before it, by its canonical names and its routes
 */
public record HostFacts(
    String name, Optional<String> domain, List<Place> places, List<String> providers) {
  public HostFacts {
    places = List.copyOf(places);
    providers = List.copyOf(providers);
  }
}
