package parallax.probe.audit.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.probe.audit.facts.DomainFacts.Lock;
import parallax.probe.audit.facts.Voice;
import parallax.probe.audit.facts.ZoneFacts.SignatureEnd;

final class AuditJudgeTest {
  private static final Instant FAR = Worlds.NOW.plus(Duration.ofDays(400));
  private static final String[] APART = {
    "ns1.one.net 192.0.2.1/64500 2001:db8:1::1/64500",
    "ns2.two.org 198.51.100.1/64501 2001:db8:2::1/64501"
  };

  private static List<String> kinds(Worlds worlds) {
    return worlds.judged().concerns().stream()
        .map(concern -> concern.severity().label() + " " + concern.kind().label())
        .toList();
  }

  @ParameterizedTest(name = "{0} | {1}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          ns1.a.net 192.0.2.1/1 2001:db8:1::1/1; ns2.b.org 198.51.100.1/2 2001:db8:2::1/2 |
          ns1.a.net 192.0.2.1/1 2001:db8:1::1/1; ns2.b.org 198.51.100.1/1 2001:db8:2::1/1 | warning name-servers-one-as
          ns1.a.net 192.0.2.1/1 2001:db8:1::1/1; ns2.b.org 198.51.100.1/1 2001:db8:2::1/0 |
          ns1.a.net 192.0.2.1/1 2001:db8:1::1/1; ns2.b.org 192.0.2.9/1 2001:db8:1::9/1 | critical name-servers-one-prefix
          ns1.a.net 192.0.2.1/1 2001:db8:1::1/1; ns2.b.org 192.0.2.9/1 2001:db8:2::9/2 |
          ns1.a.net 192.0.2.1/1 2001:db8:1::1/1; ns2.b.org 192.0.2.1/1 2001:db8:1::1/1 | critical name-servers-one
          ns1.a.net 192.0.2.1/1; ns2.b.org 198.51.100.1/2 | notice name-servers-one-family
          ns1.a.net 2001:db8:1::1/1; ns2.b.org 2001:db8:2::1/2 | warning name-servers-one-family
          ns1.a.net 192.0.2.1/1 2001:db8:1::1/1; ns2.a.net 198.51.100.1/2 2001:db8:2::1/2 | notice name-servers-one-provider, notice name-servers-one-tld
          ns1.a.net 192.0.2.1/1 2001:db8:1::1/1; ns2.b.net 198.51.100.1/2 2001:db8:2::1/2 | notice name-servers-one-tld
          ns1.a.net 192.0.2.1/1 2001:db8:1::1/1 | critical name-servers-one, notice name-servers-one-provider, notice name-servers-one-tld
          """)
  void nameServersAreFoundWhereverTheyAreTogether(String servers, String expected) {
    Worlds worlds = new Worlds().target("www.example.com").zone("example.com", servers.split("; "));
    List<String> wanted =
        Optional.ofNullable(expected)
            .map(text -> Arrays.asList(text.split(", ")))
            .orElse(List.of());
    assertThat(kinds(worlds)).containsExactlyElementsOf(wanted);
  }

  @Test
  void aZoneThatNoTargetLiesInIsNobodysAffair() {
    assertThat(kinds(new Worlds().target("www.example.com").zone("other.com", "ns1.a.net")))
        .isEmpty();
  }

  @Test
  void targetsOfSeveralHostsShareTheNarrowestThing() {
    assertThat(
            kinds(
                new Worlds()
                    .target("www.one.com", "192.0.2.1/64500")
                    .target("www.two.com", "192.0.2.1/64500")))
        .containsExactly("warning targets-one-address");
    assertThat(
            kinds(
                new Worlds()
                    .target("www.one.com", "192.0.2.1/64500")
                    .target("www.two.com", "192.0.2.2/64500")
                    .target("www.three.com", "198.51.100.1/64500")))
        .containsExactly("warning targets-one-prefix", "notice targets-one-as");
  }

  @Test
  void oneHostOfManyTargetsSharesNothingThatIsNotItself() {
    Worlds worlds = new Worlds().target("www.one.com", "192.0.2.1/64500");
    worlds.target("www.one.com", "192.0.2.1/64500");
    assertThat(kinds(worlds)).isEmpty();
  }

  @Test
  void oneAuthorityOrRegistrarOfSeveralIsNoticed() {
    assertThat(
            kinds(
                new Worlds()
                    .certified("www.one.com", "Example CA", FAR)
                    .certified("www.two.com", "Example CA", FAR)
                    .domain("one.com", "Example Names", Lock.LOCKED, FAR)
                    .domain("two.com", "Example Names", Lock.LOCKED, FAR)))
        .containsExactly("notice targets-one-registrar", "notice targets-one-authority");
  }

  @Test
  void aStatusPageUnderTheSameDomainFallsWithIt() {
    Worlds worlds =
        new Worlds()
            .target("www.one.com", "192.0.2.1/64500")
            .zone("one.com", APART)
            .host("status.one.com", "203.0.113.1/64502")
            .voice(
                Voice.Kind.STATUS_PAGE,
                "https://status.one.com/",
                List.of("status.one.com"),
                "www.one.com");
    assertThat(worlds.judged().concerns())
        .singleElement()
        .satisfies(
            concern -> {
              assertThat(concern.severity()).isEqualTo(Severity.CRITICAL);
              assertThat(concern.subjects()).containsExactly("www.one.com");
              assertThat(concern.evidence())
                  .containsExactly("domain one.com: status.one.com and www.one.com");
            });
  }

  @Test
  void aStatusPageElsewhereUnderOtherNamesIsFine() {
    assertThat(
            kinds(
                new Worlds()
                    .target("www.one.com", "192.0.2.1/64500")
                    .host("status.two.org", "203.0.113.1/64502")
                    .voice(
                        Voice.Kind.STATUS_PAGE, "page", List.of("status.two.org"), "www.one.com")))
        .isEmpty();
  }

  @Test
  void theSystemOfTheNameServersCountsAsMuchAsThatOfTheHost() {
    assertThat(
            kinds(
                new Worlds()
                    .target("www.one.com", "192.0.2.1/64500")
                    .host("hooks.two.org", "203.0.113.1/64502")
                    .zone("two.org", "ns1.a.net 198.51.100.1/64500", "ns2.b.org 203.0.113.9/64500")
                    .voice(Voice.Kind.RECEIVER, "hook", List.of("hooks.two.org"), "www.one.com")))
        .containsExactly("warning receiver-same-fate");
  }

  @Test
  void aReceiverMattersLessWhereAnotherOneStaysUp() {
    Worlds alone =
        new Worlds()
            .target("www.one.com", "192.0.2.1/64500")
            .host("hooks.one.com", "203.0.113.1/64502")
            .voice(Voice.Kind.RECEIVER, "hook", List.of("hooks.one.com"), "www.one.com");
    assertThat(kinds(alone)).containsExactly("critical receiver-same-fate");
    alone
        .host("hooks.two.org", "198.51.100.1/64503")
        .voice(Voice.Kind.RECEIVER, "other", List.of("hooks.two.org"), "www.one.com");
    assertThat(kinds(alone)).containsExactly("warning receiver-same-fate");
  }

  @Test
  void mailFallsOnlyWithWhatAllItsExchangersStandOn() {
    Worlds spread =
        new Worlds()
            .target("www.one.com", "192.0.2.1/64500")
            .host("@desk.org")
            .host("mx1.a.net", "192.0.2.5/64500")
            .host("mx2.b.org", "198.51.100.5/64501")
            .voice(
                Voice.Kind.MAIL,
                "desk",
                List.of("@desk.org", "mx1.a.net mx2.b.org"),
                "www.one.com");
    assertThat(kinds(spread)).isEmpty();
    Worlds single =
        new Worlds()
            .target("www.one.com", "192.0.2.1/64500")
            .host("@desk.org")
            .host("mx1.a.net", "192.0.2.5/64500")
            .voice(Voice.Kind.MAIL, "desk", List.of("@desk.org", "mx1.a.net"), "www.one.com");
    assertThat(kinds(single)).containsExactly("critical mail-same-fate");
  }

  @Test
  void anUnlockedDomainIsToldAndAnUntoldLockIsNot() {
    assertThat(kinds(new Worlds().target("www.one.com").domain("one.com", "Names", Lock.OPEN, FAR)))
        .containsExactly("warning domain-without-lock");
    assertThat(
            kinds(new Worlds().target("www.one.de").domain("one.de", "Names", Lock.NOT_TOLD, FAR)))
        .isEmpty();
  }

  @Test
  void whatEndsIsInTheCalendarAndAConcernWhenSoon() {
    Instant soon = Worlds.NOW.plus(Duration.ofDays(10));
    Instant past = Worlds.NOW.minus(Duration.ofDays(2));
    Worlds worlds =
        new Worlds()
            .certified("www.one.com", "CA", soon)
            .domain("one.com", "Names", Lock.LOCKED, FAR)
            .zone(
                "one.com",
                Optional.of(
                    new SignatureEnd("one.com SOA", Worlds.NOW.plus(Duration.ofDays(1)), true)),
                APART)
            .certified("www.two.com", "Another CA", past);
    AuditJudge.Judgement judgement = worlds.judged();
    assertThat(judgement.calendar().stream().map(Ending::what))
        .containsExactly("www.two.com:443", "one.com SOA", "www.one.com:443", "one.com");
    assertThat(judgement.concerns().stream().map(Concern::shared))
        .containsExactly(
            "the certificate of www.two.com:443 ended 2 days ago",
            "the signature of one.com SOA ends in 1 day",
            "the certificate of www.one.com:443 ends in 10 days");
  }
}
