package parallax.deploy.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parallax.config.check.RegistrationSpec;
import parallax.config.check.RegistrationSpec.RegistrationPolicy;
import parallax.config.observation.Reason;
import parallax.probe.registration.Contact;
import parallax.probe.registration.check.RegistrationLook;
import parallax.probe.registration.judge.Delegated;
import parallax.probe.registration.judge.Demand;
import parallax.probe.registration.judge.Knowledge;
import parallax.probe.registration.keep.PublicLists;
import parallax.probe.registration.whois.WhoisReader;
import parallax.probe.registration.whois.table.WhoisTables;

final class RegistrationPartTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final RegistrationSpec SPEC =
      new RegistrationSpec("www.shop.or.jp", RegistrationPolicy.DEFAULT, Duration.ofSeconds(20));
  private static final Demand DEMAND =
      new Demand("shop.or.jp", "or.jp", RegistrationPolicy.DEFAULT);

  @Test
  void aRegistrationIsShownWithWhoToldItAndWhen() {
    RegistrationPart part = part(told("Connected (2026/11/30)", NOW.minusSeconds(7_200)));
    assertThat(part.row().state()).isEqualTo(LayerRow.State.UP);
    assertThat(part.row().seen())
        .isEqualTo("shop.or.jp registered until 2026-11-29, told by whois.jprs.jp");
    assertThat(part.detail().lines())
        .containsExactly(
            "    told by whois.jprs.jp 2 hours ago",
            "    registry's expiry: 2026-11-30",
            "    registrar's expiry: not published",
            "    statuses: Connected",
            "    name servers: ns1.example.net",
            "    locks: none",
            "    contact: https://jprs.jp/");
    assertThat(part.detail().json().getBoolean("registered")).isTrue();
    assertThat(part.detail().json().getJsonArray("nameServers")).hasSize(1);
  }

  @Test
  void aSuspensionIsDown() {
    RegistrationPart part = part(told("Suspended", NOW));
    assertThat(part.row().state()).isEqualTo(LayerRow.State.DOWN);
    assertThat(part.row().finding().orElseThrow().reason())
        .isEqualTo(Reason.REGISTRATION_SUSPENDED);
    assertThat(part.detail().lines()).contains("    statuses: Suspended");
  }

  @Test
  void whatCannotBeToldIsSaidAndIsNoExpiry() {
    RegistrationPart limited =
        part(Knowledge.NONE.without(Reason.REGISTRATION_RATE_LIMITED, "whois.jprs.jp: later"));
    assertThat(limited.row().state()).isEqualTo(LayerRow.State.INCONCLUSIVE);
    assertThat(limited.row().finding().orElseThrow().words()).contains("later");
    assertThat(limited.detail().json().getString("trouble")).contains("later");

    RegistrationPart nobodys = RegistrationPart.of(SPEC, Optional.empty(), List.of(), NOW);
    assertThat(nobodys.row().finding().orElseThrow().reason())
        .isEqualTo(Reason.REGISTRATION_TLD_UNSUPPORTED);
    assertThat(nobodys.detail().lines()).isEmpty();
  }

  @Test
  void listsThatAreOldAreToldWithTheirAge() {
    Optional<Instant> lately = Optional.of(NOW.minusSeconds(3_600));
    Optional<Instant> longAgo = Optional.of(NOW.minus(Duration.ofDays(61)));
    RegistrationPart part =
        RegistrationPart.of(
            SPEC,
            Optional.empty(),
            List.of(
                new PublicLists.Dated("new.dat", lately, false, false),
                new PublicLists.Dated("old.json", longAgo, false, true),
                new PublicLists.Dated("shipped.dat", Optional.empty(), true, true)),
            NOW);
    assertThat(part.detail().lines())
        .containsExactly(
            "    old.json: 61 days old, as downloaded last",
            "    shipped.dat: of unknown age, as shipped");
    assertThat(part.detail().json().getJsonArray("lists")).hasSize(3);
  }

  private static Knowledge told(String state, Instant at) {
    String answer =
        """
        Domain Information:
        a. [Domain Name]                SHOP.OR.JP
        p. [Name Server]                ns1.example.net
        [State]                         %s
        [Registered Date]               2001/09/01
        [Connected Date]                2001/09/02
        [Last Update]                   2025/12/01 01:05:08 (JST)
        """
            .formatted(state);
    return Knowledge.NONE.after(
        new WhoisReader(WhoisTables.shipped())
            .read(answer.getBytes(StandardCharsets.UTF_8), "or.jp"),
        "whois.jprs.jp",
        Contact.of(Optional.of("https://jprs.jp/"), Optional.empty()),
        at);
  }

  private static RegistrationPart part(Knowledge known) {
    RegistrationLook look = new RegistrationLook(DEMAND, known, Delegated.NOT_TOLD, NOW);
    return RegistrationPart.of(SPEC, Optional.of(look), List.of(), NOW);
  }
}
