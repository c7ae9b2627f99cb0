package parallax.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.config.check.BgpSpec;
import parallax.config.check.CheckKind;
import parallax.config.check.CheckSpec;
import parallax.config.check.ServerAddress;
import parallax.config.problem.Problem;
import parallax.config.routes.Document;
import parallax.config.routes.RouteLimits;
import parallax.config.routes.RouteWatching;
import parallax.config.routes.SourceSpec;

class RoutesReadingTest {
  private static final String HEARD = "bgp: {sources: [{ris-live: {}}]}\n";

  @Test
  void nobodyIsListenedToUnlessAsked() {
    Configuration plain = read("targets: ['https://example.com/']").configuration();
    assertThat(plain.routing()).isEqualTo(RouteWatching.NONE);
    assertThat(plain.routing().on()).isFalse();
    assertThat(plain.targets().getFirst().check(CheckKind.BGP)).isEmpty();
  }

  @Test
  void withASourceEveryHostIsWatchedAfterItsDelegation() {
    Configuration heard = read(HEARD + "targets: ['https://example.com/']").configuration();
    assertThat(heard.targets().getFirst().checks().stream().map(CheckSpec::kind))
        .containsExactly(
            CheckKind.REGISTRATION,
            CheckKind.DELEGATION,
            CheckKind.BGP,
            CheckKind.DNS_AUTH,
            CheckKind.DNS,
            CheckKind.HTTP);
    assertThat(only(HEARD + "targets: ['https://192.0.2.7/']").orElseThrow().host())
        .isEqualTo("192.0.2.7");
    assertThat(only(HEARD + "targets: ['dns://ns1.example.com/example.com']").orElseThrow().host())
        .isEqualTo("ns1.example.com");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "targets: [{url: 'https://example.com/', bgp: {watch: off}}]",
        "{defaults: {bgp: {watch: off}}, targets: ['https://example.com/']}",
      })
  void aTargetCanDoWithout(String yaml) {
    String sources = "bgp: {sources: {ris-live: {}}}";
    String whole =
        yaml.startsWith("{") ? yaml.replaceFirst("\\{", "{" + sources + ", ") : HEARD + yaml;
    assertThat(only(whole)).isEmpty();
  }

  @Test
  void whatIsDemandedIsLaidOverTheDefaults() {
    BgpSpec spec =
        only(HEARD
                + """
                defaults: {bgp: {origins: 64500}}
                targets: [{url: 'https://example.com/', bgp: {prefixes: 192.0.2.0/24}}]
                """)
            .orElseThrow();
    assertThat(spec.policy().origins()).containsExactly(64500L);
    assertThat(spec.policy().prefixes()).containsExactly("192.0.2.0/24");
  }

  @Test
  void aDemandThatNobodyHearsIsToldOf() {
    Loaded.Valid loaded = read("targets: [{url: 'https://example.com/', bgp: {origins: 64500}}]");
    assertThat(loaded.warnings().stream().map(Problem::message))
        .containsExactly("'bgp' has no effect here: without 'bgp: sources' no routes are heard");
  }

  @Test
  void everythingThatCanBeSaidIsRead() {
    RouteWatching routing =
        ((Loaded.Valid)
                ConfigurationLoader.load(
                    Path.of("src/test/resources/parallax/config/good/routes.yaml"),
                    Fixtures.SECRETS))
            .configuration()
            .routing();
    assertThat(routing.sources())
        .containsExactly(
            SourceSpec.RisLive.USUAL,
            new SourceSpec.BmpStation(
                new ServerAddress("127.0.0.1", 11019), List.of("192.0.2.0/24")),
            new SourceSpec.BgpSession(
                new ServerAddress("127.0.0.1", 1790),
                65000,
                "192.0.2.1",
                List.of(new SourceSpec.Neighbour("192.0.2.2", 64501))));
    Path folder = Path.of("src/test/resources/parallax/config/good");
    assertThat(routing.tables())
        .containsExactly(
            new Document.InFile(folder.resolve("tables/rrc00.bview.gz")),
            new Document.AtUrl(URI.create("https://data.example/rrc24.bview.gz")));
    assertThat(routing.rpki())
        .isEqualTo(
            new RouteWatching.Rpki(
                Optional.of(new Document.AtUrl(URI.create("https://rpki.example/vrps.json"))),
                Optional.empty(),
                Optional.of(folder.resolve("exceptions.json"))));
    RouteLimits usual = RouteLimits.USUAL;
    assertThat(routing.limits().visible()).isEqualTo(0.85);
    assertThat(routing.limits().partialFor()).isEqualTo(Duration.ofMinutes(1));
    assertThat(routing.limits().minVoters()).isEqualTo(3);
    assertThat(routing.limits().minCollectors()).isEqualTo(1);
    assertThat(routing.limits().start()).isEqualTo(new RouteLimits.Start(1, usual.start().after()));
    assertThat(routing.limits().origin()).isEqualTo(usual.origin());
    assertThat(routing.canaries()).containsExactly("198.51.100.0/24");
  }

  private static Loaded.Valid read(String yaml) {
    return (Loaded.Valid)
        ConfigurationLoader.parse(
            Path.of("test.yaml"), yaml.getBytes(StandardCharsets.UTF_8), Fixtures.SECRETS);
  }

  private static Optional<BgpSpec> only(String yaml) {
    return read(yaml)
        .configuration()
        .targets()
        .getFirst()
        .check(CheckKind.BGP)
        .map(BgpSpec.class::cast);
  }
}
