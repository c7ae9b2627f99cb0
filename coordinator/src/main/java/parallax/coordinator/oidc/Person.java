package parallax.coordinator.oidc;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import parallax.config.access.OidcProvider;
import parallax.config.policy.ApiToken.Role;

/**
 * Somebody, as a provider knows them.
 *
 * @param subject at the provider
 * @param name as people know them
 * @param groups as the configured claim has them
 */
public record Person(String subject, String name, List<String> groups) {
  public Person {
    groups = List.copyOf(groups);
  }

  /** The highest role of their groups; empty when none of those has one. */
  public Optional<Role> role(OidcProvider provider) {
    return groups.stream()
        .flatMap(group -> Optional.ofNullable(provider.roles().get(group)).stream())
        .max(Comparator.naturalOrder());
  }
}
