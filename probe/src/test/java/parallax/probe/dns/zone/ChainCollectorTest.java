package parallax.probe.dns.zone;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;
import parallax.probe.dns.delegation.Walk;
import parallax.probe.dns.dnssec.material.Chain;
import parallax.probe.dns.wire.Question;
import parallax.probe.dns.zone.Loopback.Asked;

/** Whom the material of a chain is asked from, and whether it makes one. */
final class ChainCollectorTest {
  private static final Name ZONE = Name.fromConstantString("example.test.");
  private static final Question SOA = new Question(ZONE, Type.SOA);

  @Test
  void everyZoneGivesItsKeysAndEveryParentTheTieToItsChild() {
    try (Loopback names = new Loopback()) {
      Chain chain = collect(names, SOA).orElseThrow();
      assertThat(chain.zones())
          .extracting(material -> material.zone().toString())
          .containsExactly(".", "test.", "example.test.");
      assertThat(chain.zones().getFirst().delegation()).isEmpty();
      assertThat(chain.zones())
          .allSatisfy(material -> assertThat(material.keys()).hasSize(2))
          .element(2)
          .satisfies(material -> assertThat(material.delegation()).hasSize(2));
      assertThat(chain.answers()).hasSize(2);
    }
  }

  @Test
  void aFewServersSpeakForAZoneAboveAndAllForTheZoneItself() {
    try (Loopback names = new Loopback()) {
      collect(names, SOA);
      assertThat(names.asked("2."))
          .containsExactlyInAnyOrder(
              new Asked("2.1", "test.", "DNSKEY"),
              new Asked("2.2", "test.", "DNSKEY"),
              new Asked("2.1", "example.test.", "DS"),
              new Asked("2.2", "example.test.", "DS"));
      assertThat(names.asked("3."))
          .containsExactlyInAnyOrder(
              new Asked("3.1", "example.test.", "DNSKEY"),
              new Asked("3.2", "example.test.", "DNSKEY"),
              new Asked("3.1", "example.test.", "SOA"),
              new Asked("3.2", "example.test.", "SOA"));
    }
  }

  @Test
  void whoDidNotAnswerTheWalkIsNotAskedAgain() {
    try (Loopback names = new Loopback("2.1", "3.1")) {
      Chain chain = collect(names, SOA).orElseThrow();
      assertThat(names.asked("2.1")).isEmpty();
      assertThat(names.asked("3.1")).isEmpty();
      assertThat(names.asked("2.2")).isNotEmpty();
      assertThat(names.asked("2.3")).isNotEmpty();
      assertThat(chain.answers()).hasSize(1);
    }
  }

  @Test
  void thereIsNoChainToWhereTheWalkDidNotGet() {
    try (Loopback names = new Loopback("3.1", "3.2")) {
      assertThat(collect(names, SOA)).isEmpty();
      assertThat(names.asked("")).isEmpty();
    }
  }

  @Test
  void thereIsNoChainToANameOfAnotherZone() {
    try (Loopback names = new Loopback()) {
      Name elsewhere = Name.fromConstantString("www.other.test.");
      assertThat(collect(names, new Question(elsewhere, Type.A))).isEmpty();
    }
  }

  private static Optional<Chain> collect(Loopback names, Question question) {
    Walk walk = names.on(_ -> names.walk().walk(ZONE, SOA, Loopback.usual()));
    names.forget();
    ChainCollector collector = new ChainCollector(names.exchange, names.port());
    return names
        .on(_ -> collector.collect(walk, List.of(question), Loopback.within(Duration.ofSeconds(8))))
        .about(question);
  }
}
