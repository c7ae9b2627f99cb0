package parallax.deploy.audit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parallax.config.policy.Provider;
import parallax.coordinator.core.watch.Dependency;
import parallax.coordinator.dependency.ProviderIndex;
import parallax.probe.audit.gather.Providers;

/** The providers of a configuration, as the coordinator knows them. */
final class KnownProviders implements Providers {
  private final ProviderIndex byName;
  private final Map<Long, String> bySystem = new HashMap<>();

  /**
   * @param providers of several that match, the first counts
   */
  KnownProviders(List<Provider> providers) {
    this.byName = new ProviderIndex(providers);
    providers.forEach(
        provider -> provider.asns().forEach(asn -> bySystem.putIfAbsent(asn, provider.name())));
  }

  @Override
  public Optional<String> ofName(String name) {
    return byName.find(name).map(Dependency::name);
  }

  @Override
  public Optional<String> ofSystem(long number) {
    return Optional.ofNullable(bySystem.get(number));
  }
}
