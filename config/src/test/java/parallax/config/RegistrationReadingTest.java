package parallax.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.config.check.CheckKind;
import parallax.config.check.RegistrationSpec;
import parallax.config.check.RegistrationSpec.RegistrationPolicy;
import parallax.config.check.ServerAddress;

class RegistrationReadingTest {
  @Test
  void isLookedUpWithoutBeingAskedFor() {
    RegistrationSpec spec = only("targets: ['https://www.example.com/x']").orElseThrow();
    assertThat(spec.host()).isEqualTo("www.example.com");
    assertThat(spec.policy()).isEqualTo(RegistrationPolicy.DEFAULT);
    assertThat(spec.interval(Duration.ofSeconds(10))).isEqualTo(RegistrationSpec.INTERVAL);
    assertThat(spec.interval(Duration.ofHours(6))).isEqualTo(Duration.ofHours(6));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "targets: ['http://127.0.0.1/']",
        "targets: ['http://localhost:8080/']",
        "targets: ['http://shop.internal/']",
        "targets: [{url: 'https://example.com/', registration: {watch: off}}]",
        "{defaults: {registration: {watch: off}}, targets: ['https://example.com/']}",
      })
  void isNotLookedUpWhereThereIsNoneOrNobodyWants(String yaml) {
    assertThat(only(yaml)).isEmpty();
  }

  @Test
  void takesEverythingThatCanBeSaid() {
    RegistrationPolicy policy =
        only("""
        defaults: {registration: {expiry: {warn: 60d}, expect: {locks: serverDeleteProhibited}}}
        targets:
          - url: https://shop.or.jp/
            registration:
              expiry: {fail: 10d}
              expires: 2027-03-31
              provisional_until: 2026-09-20
              expect: {locks: [client transfer prohibited], statuses: [inactive]}
              rdap: https://rdap.example/base/
              whois: 192.0.2.43:4343
        """)
            .orElseThrow()
            .policy();
    assertThat(policy.expiryWarn()).isEqualTo(Duration.ofDays(60));
    assertThat(policy.expiryFail()).isEqualTo(Duration.ofDays(10));
    assertThat(policy.expires()).contains(LocalDate.of(2027, 3, 31));
    assertThat(policy.provisionalUntil()).contains(LocalDate.of(2026, 9, 20));
    assertThat(policy.locks()).containsExactly("client transfer prohibited");
    assertThat(policy.statuses()).containsExactly("inactive");
    assertThat(policy.rdap()).contains(URI.create("https://rdap.example/base/"));
    assertThat(policy.whois()).contains(new ServerAddress("192.0.2.43", 4343));
  }

  private static Optional<RegistrationSpec> only(String yaml) {
    Loaded loaded =
        ConfigurationLoader.parse(
            Path.of("test.yaml"), yaml.getBytes(StandardCharsets.UTF_8), Fixtures.SECRETS);
    assertThat(loaded).isInstanceOf(Loaded.Valid.class);
    return ((Loaded.Valid) loaded)
        .configuration()
        .targets()
        .getFirst()
        .check(CheckKind.REGISTRATION)
        .map(RegistrationSpec.class::cast);
  }
}
