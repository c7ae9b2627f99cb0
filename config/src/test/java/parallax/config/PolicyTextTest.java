package parallax.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import parallax.config.access.Access;
import parallax.config.access.OidcProvider;
import parallax.config.policy.ApiToken;
import parallax.config.policy.Maintenance;
import parallax.config.secret.Secret;
import parallax.config.secret.SecretSource;

/** What is written about maintenance that comes once, and about who may use the API. */
class PolicyTextTest {
  private static Loaded load(String yaml, SecretSource secrets) {
    byte[] bytes = yaml.getBytes(StandardCharsets.UTF_8);
    return ConfigurationLoader.parse(Path.of("a.yaml"), bytes, secrets);
  }

  private static Configuration valid(Loaded loaded) {
    assertThat(loaded).isInstanceOf(Loaded.Valid.class);
    return ((Loaded.Valid) loaded).configuration();
  }

  @Test
  void maintenanceThatComesOnceComesInItsZone() {
    String yaml =
        """
        targets: [https://a.example.com/]
        maintenance:
          - {name: a, from: "2026-12-01T02:00", duration: 90m}
          - {name: b, from: 2026-12-01T02:00:00, until: 2026-12-01T05:30:00, zone: Asia/Tokyo}
          - {name: gap, from: 2026-03-29T02:30:00, duration: 1h, zone: Europe/Berlin}
          - {name: twice, from: 2026-10-25T02:30:00, duration: 1h, zone: Europe/Berlin}
        """;
    Configuration read = valid(load(yaml, SecretSource.ofMachine()));
    assertThat(read.maintenance())
        .extracting(Maintenance::times)
        .containsExactly(
            once("2026-12-01T02:00:00Z", "2026-12-01T03:30:00Z"),
            once("2026-11-30T17:00:00Z", "2026-11-30T20:30:00Z"),
            once("2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z"),
            once("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"));
    Maintenance first = read.maintenance().getFirst();
    Instant begin = Instant.parse("2026-12-01T02:00:00Z");
    assertThat(first.end(begin)).contains(Instant.parse("2026-12-01T03:30:00Z"));
    assertThat(first.covers(begin.minusMillis(1))).isFalse();
    assertThat(first.covers(begin.plusSeconds(90 * 60))).isFalse();
  }

  private static Maintenance.Once once(String from, String until) {
    return new Maintenance.Once(Instant.parse(from), Instant.parse(until));
  }

  @Test
  void whoSaysWhoPeopleAreIsReadWithTheRolesOfGroups() {
    String yaml =
        """
        targets: [https://a.example.com/]
        page: https://parallax.example.com
        api:
          oidc:
            issuer: http://127.0.0.1:8443/realms/Main/
            client_id: parallax
            client_secret: "${env:TOKEN}"
            roles: {claim: groups, map: {sre: operator, "on call": responder}}
          reading: anybody
          proxies: 192.0.2.10/32
        """;
    Access access = valid(load(yaml, new Fixed("s"))).access();
    assertThat(access.tellsApart()).isTrue();
    assertThat(access.readByAnybody()).isTrue();
    assertThat(access.proxies()).containsExactly("192.0.2.10/32");
    OidcProvider provider = access.oidc().orElseThrow();
    assertThat(provider.issuer()).hasToString("http://127.0.0.1:8443/realms/Main/");
    assertThat(provider.scopes()).isEqualTo(OidcProvider.USUAL_SCOPES);
    assertThat(provider.roles())
        .containsEntry("sre", ApiToken.Role.OPERATOR)
        .containsEntry("on call", ApiToken.Role.RESPONDER);
    assertThat(provider.toString()).doesNotContain("clientSecret=s,");
  }

  @Test
  void aTokenOfTheApiHasANameARoleAndIsHardToGuess() {
    String yaml =
        """
        targets: [https://a.example.com/]
        api: {tokens: [{name: oncall, token: "${env:TOKEN}", role: responder}]}
        """;
    assertThat(valid(load(yaml, new Fixed("0123456789abcdef"))).tokens())
        .containsExactly(
            new ApiToken("oncall", Secret.of("0123456789abcdef"), ApiToken.Role.RESPONDER));
    assertThat(load(yaml, new Fixed("0123456789abcde")))
        .isInstanceOfSatisfying(
            Loaded.Invalid.class,
            invalid ->
                assertThat(invalid.problems().getFirst().message())
                    .contains("must have at least 16 characters"));
  }

  @Test
  void twoTokensThatAreTheSameAreRefused() {
    String yaml =
        """
        targets: [https://a.example.com/]
        api:
          tokens:
            - {name: a, token: "${env:TOKEN}", role: responder}
            - {name: b, token: "${env:TOKEN}", role: admin}
        """;
    assertThat(load(yaml, new Fixed("0123456789abcdef"))).isInstanceOf(Loaded.Invalid.class);
  }

  /** The same secret by whatever name. */
  private record Fixed(String value) implements SecretSource {
    @Override
    public Answer variable(String name) {
      return new Answer.Known(Secret.of(value));
    }

    @Override
    public Answer file(Path path) {
      return new Answer.Known(Secret.of(value));
    }
  }
}
