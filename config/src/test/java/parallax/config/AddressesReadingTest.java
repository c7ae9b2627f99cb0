package parallax.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.config.check.CheckSpec;
import parallax.config.check.HttpSpec;
import parallax.config.check.Naming;
import parallax.config.check.TcpSpec;

/** Which addresses are looked at, where a target says so itself and where the defaults do. */
final class AddressesReadingTest {
  private static Set<Naming.Choice> choices(String target) {
    String yaml = "defaults: {addresses: each}\ntargets:\n  - " + target + "\n";
    Loaded loaded =
        ConfigurationLoader.parse(
            Path.of("test.yaml"), yaml.getBytes(StandardCharsets.UTF_8), Fixtures.SECRETS);
    assertThat(loaded).isInstanceOf(Loaded.Valid.class);
    List<CheckSpec> checks = ((Loaded.Valid) loaded).configuration().targets().getFirst().checks();
    return checks.stream()
        .map(AddressesReadingTest::naming)
        .flatMap(java.util.Optional::stream)
        .map(Naming::choice)
        .collect(Collectors.toSet());
  }

  private static java.util.Optional<Naming> naming(CheckSpec spec) {
    return java.util.Optional.ofNullable(
        switch (spec) {
          case HttpSpec http -> http.naming();
          case TcpSpec tcp -> tcp.naming();
          case HttpSpec.Journey journey -> journey.naming();
          case HttpSpec.Openid openid -> openid.naming();
          case CheckSpec.PacketSpec packets -> packets.naming();
          default -> null;
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'https://shop.example.com/'",
        "{name: shop, url: 'https://shop.example.com/'}",
        "{name: db, url: 'tcp://db.example.com:5432'}",
        "{name: edge, url: 'icmp://edge.example.com'}"
      })
  void whatTheDefaultsSayHoldsWhereNothingElseIsSaid(String target) {
    assertThat(choices(target)).containsExactly(new Naming.Choice.Each());
  }

  @Test
  void aTargetSaysOtherwise() {
    assertThat(choices("{name: shop, url: 'https://shop.example.com/', addresses: first}"))
        .containsExactly(new Naming.Choice.First());
  }

  /** As a default it is no mistake there, which it is at the target itself. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{name: a, url: 'https://a.example.com/', http: {proxy: {url:"
            + " 'http://p.example.com:3128'}}}",
        "{name: b, steps: [{url: 'https://b.example.com/'}]}",
        "{name: c, url: 'openid://id.example.com'}"
      })
  void itHasNoMeaningWhereSomebodyElseChooses(String target) {
    assertThat(choices(target)).containsExactly(new Naming.Choice.First());
  }

  @Test
  void aNameServerIsAskedAsEver() {
    assertThat(choices("{name: ns, url: 'dns://192.0.2.53/example.com'}")).isEmpty();
  }
}
