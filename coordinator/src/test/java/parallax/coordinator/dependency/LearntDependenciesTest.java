package parallax.coordinator.dependency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parallax.config.Configuration;
import parallax.config.ConfigurationLoader;
import parallax.config.Loaded;
import parallax.config.check.CheckKind;
import parallax.config.observation.Facts;
import parallax.config.observation.Layer;
import parallax.config.observation.Observation;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.config.secret.SecretSource;
import parallax.config.target.TargetName;
import parallax.coordinator.core.watch.Dependencies;
import parallax.coordinator.core.watch.Dependency;
import parallax.coordinator.core.watch.DependencyKind;
import parallax.coordinator.core.watch.RouteDependency;
import parallax.coordinator.testing.Examples;

final class LearntDependenciesTest {
  private static final Facts SEEN =
      Facts.NONE
          .withAddress("192.0.2.7")
          .withIssuer("Let's Encrypt")
          .withCanonicalNames(List.of("www.example.net", "n.sni.global.fastly.net"));

  private final LearntDependencies learnt = new LearntDependencies();
  private Instant now = Examples.NOON;

  private List<TargetName> configure(String yaml) {
    return learnt.configured(configuration(yaml));
  }

  private static Configuration configuration(String yaml) {
    Loaded loaded =
        ConfigurationLoader.parse(
            Path.of("test.yaml"), yaml.getBytes(StandardCharsets.UTF_8), SecretSource.ofMachine());
    return ((Loaded.Valid) loaded).configuration();
  }

  private void configureShop() {
    configure("targets: [{name: shop, url: https://shop.example.com/}]");
  }

  private Optional<List<String>> see(Outcome outcome, Facts facts) {
    Observation observation = Examples.observation("shop", outcome, now);
    return learnt
        .saw(
            new Observation(
                observation.id(),
                observation.vantage(),
                observation.target(),
                CheckKind.HTTP,
                observation.layer(),
                observation.scheduled(),
                observation.started(),
                observation.duration(),
                outcome,
                observation.timings(),
                facts),
            now)
        .map(Dependencies::shared)
        .map(shared -> shared.stream().map(Dependency::toString).toList());
  }

  private Optional<List<String>> see(Facts facts) {
    return see(Outcome.up(), facts);
  }

  @Test
  void learnsFromWhatWorks() {
    configureShop();
    assertThat(see(SEEN))
        .contains(List.of("cdn:fastly", "prefix:192.0.2.7/32", "ca:Let's Encrypt"));
    assertThat(see(Facts.NONE.withAddress("2001:db8::1")))
        .contains(
            List.of(
                "cdn:fastly", "prefix:192.0.2.7/32", "prefix:2001:db8::1/128", "ca:Let's Encrypt"));
    assertThat(see(Outcome.degraded(Reason.HTTP_SLOW, "2 s"), Facts.NONE.withIssuer("Own")))
        .hasValueSatisfying(all -> assertThat(all).contains("ca:Own"));
  }

  @Test
  void saysOnlyWhatChanged() {
    configureShop();
    assertThat(see(SEEN)).isPresent();
    assertThat(see(SEEN)).isEmpty();
    assertThat(see(Facts.NONE)).isEmpty();
  }

  @Test
  void aTargetThatFailsKeepsWhatWasKnown() {
    configureShop();
    see(SEEN);
    now = now.plus(LearntDependencies.FORGET_AFTER).plus(Duration.ofDays(1));
    Facts parked = Facts.NONE.withAddress("203.0.113.1").withIssuer("Parking");
    assertThat(see(Examples.REFUSED, parked)).isEmpty();
    assertThat(see(Outcome.inconclusive(Reason.PROBE_OVERLOADED, ""), parked)).isEmpty();
  }

  @Test
  void learnsWhoseNameServersAnswer() {
    configureShop();
    Facts answers =
        Facts.NONE.withAnswers(
            List.of("NS-1.awsdns-00.com.", "10 mx.fastly.net.", "\"x.fastly.net.\"", "192.0.2.1"));
    assertThat(see(answers)).contains(List.of("dns:route53"));
  }

  @Test
  void loopbackIsSharedWithNobody() {
    configureShop();
    assertThat(see(Facts.NONE.withAddress("127.0.0.1"))).isEmpty();
    assertThat(see(Facts.NONE.withAddress("::1"))).isEmpty();
  }

  @Test
  void keepsTheNewestOfChangingAddresses() {
    configureShop();
    Optional<List<String>> last = Optional.empty();
    for (int address = 1; address <= 20; address++) {
      now = now.plusSeconds(30);
      last = see(Facts.NONE.withAddress("192.0.2." + address));
    }
    assertThat(last.orElseThrow())
        .hasSize(LearntDependencies.MAX_OF_KIND)
        .contains("prefix:192.0.2.13/32", "prefix:192.0.2.20/32");
    now = now.plusSeconds(30);
    assertThat(see(Facts.NONE.withAddress("192.0.2.13"))).isEmpty();
    now = now.plusSeconds(30);
    assertThat(see(Facts.NONE.withAddress("192.0.2.21")).orElseThrow())
        .contains("prefix:192.0.2.13/32")
        .doesNotContain("prefix:192.0.2.14/32");
  }

  @Test
  void forgetsWhatNobodySeesAnyMore() {
    configureShop();
    see(SEEN);
    now = now.plus(LearntDependencies.FORGET_AFTER).minusNanos(1);
    assertThat(see(Facts.NONE.withIssuer("Let's Encrypt"))).isEmpty();
    now = now.plusNanos(1);
    assertThat(see(Facts.NONE.withIssuer("Let's Encrypt"))).contains(List.of("ca:Let's Encrypt"));
  }

  @Test
  void knowsNothingOfATargetThatLeadsElsewhereNow() {
    configureShop();
    see(SEEN);
    assertThat(configure("targets: [{name: shop, url: https://shop.example.com/}]")).isEmpty();
    assertThat(configure("targets: [{name: shop, url: https://other.example.com/}]"))
        .containsExactly(new TargetName("shop"));
    assertThat(see(Facts.NONE.withIssuer("Own"))).contains(List.of("ca:Own"));
  }

  @Test
  void forgetsTargetsThatNobodyWatches() {
    configureShop();
    see(SEEN);
    configure("targets: [https://other.example.com/]");
    assertThat(see(SEEN)).isEmpty();
    configureShop();
    assertThat(see(SEEN)).isPresent();
  }

  @Test
  void learnsProvidersAnewWhenTheyChange() {
    configureShop();
    see(SEEN);
    List<TargetName> moved =
        configure(
            """
            targets: [{name: shop, url: https://shop.example.com/}]
            providers: [{name: our-edge, match: {cname: www.example.net}}]
            """);
    assertThat(moved).isEmpty();
    assertThat(see(SEEN))
        .contains(List.of("cdn:fastly", "cdn:our-edge", "prefix:192.0.2.7/32", "ca:Let's Encrypt"));
    configureShop();
    assertThat(see(SEEN))
        .contains(List.of("cdn:fastly", "prefix:192.0.2.7/32", "ca:Let's Encrypt"));
  }

  @Test
  void learnsTheRoutesAndWhoseNetworksTheyLeadTo() {
    configureShop();
    Facts routes =
        Facts.NONE.withRoutes(
            List.of(
                route("198.51.100.0/24", Facts.RouteRole.NAME_SERVERS, 64_501),
                route("192.0.2.0/24", Facts.RouteRole.SERVERS, 64_500)));
    Dependencies known = sawRoutes(Outcome.degraded(Reason.ROUTE_PARTIAL, ""), routes);
    assertThat(known.shared())
        .contains(
            new Dependency(DependencyKind.NAME_SERVER_ASN, "64501"),
            new Dependency(DependencyKind.SERVER_ASN, "64500"));
    assertThat(known.routes())
        .extracting(RouteDependency::prefix, RouteDependency::role)
        .containsExactly(
            tuple("198.51.100.0/24", RouteDependency.Role.NAME_SERVERS),
            tuple("192.0.2.0/24", RouteDependency.Role.SERVERS));
    assertThat(see(SEEN)).isPresent();
    assertThat(sawRoutes(Outcome.inconclusive(Reason.PROBE_ROUTES_UNHEARD, ""), routes).routes())
        .hasSize(2);
  }

  private static Facts.RouteSeen route(String prefix, Facts.RouteRole role, long origin) {
    return new Facts.RouteSeen(prefix, List.of(origin), role, List.of(), Optional.empty());
  }

  private Dependencies sawRoutes(Outcome outcome, Facts facts) {
    now = now.plus(LearntDependencies.FORGET_AFTER);
    Observation observation = Examples.observation("shop", Outcome.up(), now);
    return learnt
        .saw(
            new Observation(
                observation.id(),
                observation.vantage(),
                observation.target(),
                CheckKind.BGP,
                Layer.BGP,
                observation.scheduled(),
                observation.started(),
                observation.duration(),
                outcome,
                observation.timings(),
                facts),
            now)
        .orElseThrow();
  }
}
